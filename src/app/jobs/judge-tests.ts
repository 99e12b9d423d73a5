import { findPullRequests } from '../../collect/artifact/find-pull-request.ts';
import { readRepository } from '../github/repository.ts';
import { readWorkflowRun } from '../github/workflow-run.ts';
import type { CoverageRunJob } from '../queue/jobs.ts';
import type { Attempt } from '../queue/open-queue.ts';
import type { JobContext } from './context.ts';
import { done, type JobOutcome, skipped } from './job-outcome.ts';
import { watchFailures } from './watch-failures.ts';

/**
 * The tests of a commit are done: the pull requests whose head it is are judged with what they left. They are judged in
 * their own queue, so that no two jobs write one conversation.
 */
export async function judgeTests(
  job: CoverageRunJob,
  { access, queue }: JobContext,
  { retries }: Attempt,
): Promise<JobOutcome> {
  const { client, failure } = watchFailures((await access.inRepository(job, retries > 0)).client);
  const repository = await readRepository(client, job.repository);
  const run = await readWorkflowRun(client, repository, job.run);
  if (!run) return skipped(`workflow run ${job.run} is gone, may not be read, or runs again`);
  const { tested, why } = await findPullRequests(client, repository, run);
  const failed = failure();
  if (failed !== undefined) throw new Error(`The pull requests of run ${job.run} were not found: ${failed}`);
  if (tested.length === 0) return skipped(why);
  const { installation, repository: id } = job;
  for (const { number } of tested) {
    await queue.send({ kind: 'judge', installation, repository: id, number, run: job.run });
  }
  return done(
    `pull requests to judge with what the tests left: ${tested.map(({ number }) => number).join(', ')}`,
  );
}
