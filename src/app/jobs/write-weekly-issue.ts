import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptRemote } from '../../collect/git/open-repository.ts';
import { workflowSpeaks } from '../github/action-speaks.ts';
import { readRepository } from '../github/repository.ts';
import type { WeeklyJob } from '../queue/jobs.ts';
import type { Attempt } from '../queue/open-queue.ts';
import { storedHealthChain } from '../storage/stored-health-chain.ts';
import type { JobContext } from './context.ts';
import { done, type JobOutcome, skipped } from './job-outcome.ts';
import { watchFailures } from './watch-failures.ts';

const instance = 'default';

/** Writes this week's repo-health issue of a repository, and keeps what it learned in the database. */
export async function writeWeeklyIssue(
  job: WeeklyJob,
  { access, clones, log, scratchFolder, storage }: JobContext,
  { retries }: Attempt,
): Promise<JobOutcome> {
  const { token, client: plain } = await access.inRepository(job, retries > 0);
  const { client, failure } = watchFailures(plain);
  const { owner, name, defaultBranch } = await readRepository(client, job.repository);
  const speaker = await workflowSpeaks({ client, owner, name, base: `refs/heads/${defaultBranch}` });
  if (speaker !== undefined) return skipped(speaker);

  const folder = await mkdtemp(join(scratchFolder, 'weekly-'));
  const clone = clones.of(job);
  try {
    const url = `${access.place.webUrl}/${owner}/${name}`;
    const remote: KeptRemote = { url: `${url}.git`, token, ...(clone && { kept: clone }) };
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
        chain: storedHealthChain(storage, job),
      },
      { client, owner, name, instance },
    );
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
