import { findPullRequests } from '../../collect/artifact/find-pull-request.ts';
import type { WorkflowRun } from '../../collect/artifact/workflow-run.ts';
import { isOfDefaultBranch } from '../../collect/coverage-history/of-default-branch.ts';
import type { GitHubClient } from '../../collect/github/create-client.ts';
import { type FoundRepository, readRepository } from '../github/repository.ts';
import { readWorkflowRun } from '../github/workflow-run.ts';
import type { CoverageRunJob } from '../queue/jobs.ts';
import type { Attempt, Queue } from '../queue/open-queue.ts';
import type { JobContext } from './context.ts';
import { done, type JobOutcome, skipped } from './job-outcome.ts';
import { recordCoverage } from './record-coverage.ts';
import { watchFailures } from './watch-failures.ts';

/**
 * The tests of a commit are done: what they left of the default branch is stored, and the pull requests whose head it is
 * are judged with it.
 */
export async function judgeTests(
  job: CoverageRunJob,
  context: JobContext,
  { retries }: Attempt,
): Promise<JobOutcome> {
  const access = await context.access.inRepository(job, retries > 0);
  const { client, failure } = watchFailures(access.client);
  const repository = await readRepository(client, job.repository);
  const run = await readWorkflowRun(client, repository, job.run);
  if (!run) return skipped(`workflow run ${job.run} is gone, may not be read, or runs again`);
  const outcome = isOfDefaultBranch(run, repository)
    ? await recordCoverage(job, { run, ...repository, client, access }, context, { retries })
    : await judgeTested(job, { run, repository, client, queue: context.queue });
  const failed = failure();
  if (failed !== undefined) throw new Error(`What run ${job.run} has tested was not looked up: ${failed}`);
  return outcome;
}

interface TestedPullRequests {
  readonly run: WorkflowRun;
  readonly repository: FoundRepository;
  readonly client: GitHubClient;
  readonly queue: Queue;
}

/** They are judged in their own queue, so that no two jobs write one conversation. */
async function judgeTested(
  { installation, repository: id, run: number }: CoverageRunJob,
  { run, repository, client, queue }: TestedPullRequests,
): Promise<JobOutcome> {
  const { tested, why } = await findPullRequests(client, repository, run);
  if (tested.length === 0) return skipped(why);
  for (const pull of tested) {
    await queue.send({ kind: 'judge', installation, repository: id, number: pull.number, run: number });
  }
  return done(
    `pull requests to judge with what the tests left: ${tested.map((one) => one.number).join(', ')}`,
  );
}
