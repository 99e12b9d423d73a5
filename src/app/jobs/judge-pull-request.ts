import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CollectRequest } from '../../collect/collect-facts.ts';
import type { GitHubClient } from '../../collect/github/create-client.ts';
import type { CommitId } from '../../core/change.ts';
import { isUnavailable } from '../../core/part.ts';
import { findingsOf } from '../../core/report.ts';
import { remoteOf } from '../clones/remote-of.ts';
import { actionSpeaks } from '../github/action-speaks.ts';
import { readCurrentPullRequest } from '../github/current-pull-request.ts';
import { type RepositoryName, readRepository } from '../github/repository.ts';
import { readWorkflowRun } from '../github/workflow-run.ts';
import type { JudgeJob } from '../queue/jobs.ts';
import type { Attempt } from '../queue/open-queue.ts';
import { storedChains } from '../storage/stored-chains.ts';
import type { JobContext } from './context.ts';
import { done, type JobOutcome, skipped } from './job-outcome.ts';
import { watchFailures } from './watch-failures.ts';

const instance = 'default';
/** A history that cannot be read may be a broken connection or may stay so; after these tries it is taken to stay. */
const triesForUnread = 3;

/**
 * Judges a pull request as it is now and publishes the conversation: the same pipeline the Action runs. Everything is
 * asked anew, so an old event, a second delivery or a second try brings nothing back and writes nothing twice.
 */
export async function judgePullRequest(
  job: JudgeJob,
  { access, clones, log, scratchFolder, storage }: JobContext,
  { retries }: Attempt,
): Promise<JobOutcome> {
  const { token, client: plain, mayPush } = await access.inRepository(job, retries > 0);
  const { client, failure } = watchFailures(plain);
  const { owner, name } = await readRepository(client, job.repository);
  const pullRequest = await readCurrentPullRequest(client, { owner, name }, job.number);
  if (!pullRequest) return skipped(`${owner}/${name} has no pull request ${job.number}`);
  const { head, base } = pullRequest;
  const speaker = await actionSpeaks({ client, owner, name, head, base, appId: access.appId, instance });
  if (speaker !== undefined) return skipped(speaker);

  const folder = await mkdtemp(join(scratchFolder, 'judge-'));
  const clone = clones.of(job);
  try {
    const { webUrl } = access.place;
    const { facts, report, published } = await judgeAndPublish({
      source: {
        collect: {
          now: new Date().toISOString(),
          repository: { name: `${owner}/${name}`, url: `${webUrl}/${owner}/${name}` },
          // No tests run here: there is no workspace with coverage reports in it.
          checkout: folder,
          remote: remoteOf(access.place, { owner, name }, token, clone),
          ...(!mayPush && { chains: storedChains(storage, job) }),
          scratchFolder: folder,
          coverage: [],
          tests: await testsOf(client, { owner, name }, head, job),
          question: { kind: 'pull-request', ...pullRequest, owner, name, client, instance },
        },
      },
      publisher: { client, owner, name, instance },
    });
    for (const problem of published.problems) {
      log.warn('something could not be posted', {
        installation: job.installation,
        pullRequest: job.number,
        problem,
      });
    }
    // What is posted now says what could not be looked at; a later try may be able to.
    const unread =
      isUnavailable(facts.change) && retries < triesForUnread ? facts.change.unavailable : undefined;
    if (isUnavailable(facts.change)) await clone?.drop();
    const broken = clone?.isBroken() ? 'what was kept of its repository could not be read' : undefined;
    const passing = failure() ?? unread ?? broken;
    if (passing !== undefined)
      throw new Error(`${owner}/${name}#${job.number} was judged in part: ${passing}`);
    return done(
      `${findingsOf(report).length} findings; ${published.written.join(', ') || 'nothing to write'}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Coverage comes from what test jobs have left on this head: those of the run that led here and of the ones beside it. A
 * run of an older head says nothing about this one.
 */
async function testsOf(
  client: GitHubClient,
  repository: RepositoryName,
  head: CommitId,
  { run: id }: JudgeJob,
): Promise<NonNullable<CollectRequest['tests']>> {
  const run = id === undefined ? undefined : await readWorkflowRun(client, repository, id);
  return run?.head === head ? { run } : {};
}

interface Judgement {
  readonly source: Parameters<typeof import('../../pipeline.ts').judgeAndPublish>[0];
  readonly publisher: {
    readonly client: GitHubClient;
    readonly owner: string;
    readonly name: string;
    readonly instance: string;
  };
}

/** The pipeline with its parsers is loaded by the first job, not by the start of the server. */
async function judgeAndPublish({ source, publisher }: Judgement) {
  const pipeline = await import('../../pipeline.ts');
  return pipeline.judgeAndPublish(source, { comment: 'on-findings', failOn: 'never', instance }, publisher);
}
