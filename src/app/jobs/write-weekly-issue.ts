import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openHealthChain } from '../../collect/history/health-chain.ts';
import { isUnavailable } from '../../core/part.ts';
import { remoteOf } from '../clones/remote-of.ts';
import { workflowSpeaks } from '../github/action-speaks.ts';
import { readRepository } from '../github/repository.ts';
import type { WeeklyJob } from '../queue/jobs.ts';
import type { Attempt } from '../queue/open-queue.ts';
import { storedChains } from '../storage/stored-chains.ts';
import type { JobContext } from './context.ts';
import { done, type JobOutcome, skipped } from './job-outcome.ts';
import { watchFailures } from './watch-failures.ts';

const instance = 'default';

/** Writes this week's repo-health issue of a repository, and keeps what it learned where the App may. */
export async function writeWeeklyIssue(
  job: WeeklyJob,
  { access, clones, log, scratchFolder, storage }: JobContext,
  { retries }: Attempt,
): Promise<JobOutcome> {
  const { token, client: plain, mayPush } = await access.inRepository(job, retries > 0);
  const { client, failure } = watchFailures(plain);
  const { owner, name, defaultBranch } = await readRepository(client, job.repository);
  const speaker = await workflowSpeaks({ client, owner, name, base: `refs/heads/${defaultBranch}` });
  if (speaker !== undefined) return skipped(speaker);

  const folder = await mkdtemp(join(scratchFolder, 'weekly-'));
  const clone = clones.of(job);
  try {
    const url = `${access.place.webUrl}/${owner}/${name}`;
    const remote = remoteOf(access.place, { owner, name }, token, clone);
    const stored = storedChains(storage, job);
    const chain = mayPush ? await openHealthChain({ remote, scratchFolder: folder }) : stored.health;
    // Like the other pipeline, loaded by the first job.
    const { judgeAndPublishWeek } = await import('../../weekly-pipeline.ts');
    const { published } = await judgeAndPublishWeek(
      {
        now: new Date().toISOString(),
        repository: { name: `${owner}/${name}`, url },
        remote,
        scratchFolder: folder,
        branch: defaultBranch,
        github: { client, address: { owner, name } },
        chain,
        ...(!mayPush && { coverage: stored.coverage }),
      },
      { client, owner, name, instance },
    );
    if (!isUnavailable(chain)) await chain.close();
    for (const problem of published.problems) {
      log.warn('something of the weekly issue could not be written', { ...job, problem });
    }
    const broken = clone?.isBroken() ? 'what was kept of its repository could not be read' : undefined;
    const passing = failure() ?? broken;
    if (passing !== undefined)
      throw new Error(`The weekly issue of ${owner}/${name} was written in part: ${passing}`);
    return done(published.written.join(', ') || 'nothing to write');
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
