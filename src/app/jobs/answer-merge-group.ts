import { checkRunName } from '../../core/check-run-name.ts';
import { writeCheckRun } from '../../publish/write-check-run.ts';
import { actionSpeaks } from '../github/action-speaks.ts';
import { readRepository } from '../github/repository.ts';
import type { MergeGroupJob } from '../queue/jobs.ts';
import type { Attempt } from '../queue/open-queue.ts';
import type { JobContext } from './context.ts';
import { done, type JobOutcome, skipped } from './job-outcome.ts';
import { watchFailures } from './watch-failures.ts';

const instance = 'default';

/**
 * Answers a merge queue: a repository that requires our check would wait for ever without it. The pull request was
 * judged before it was queued, and nothing is said a second time.
 */
export async function answerMergeGroup(
  job: MergeGroupJob,
  { access }: JobContext,
  attempt: Attempt,
): Promise<JobOutcome> {
  const { client, failure } = watchFailures((await access.inRepository(job, attempt.retries > 0)).client);
  const { owner, name } = await readRepository(client, job.repository);
  const { head, number } = job;
  const speaker = await actionSpeaks({
    client,
    owner,
    name,
    head,
    base: head,
    appId: access.appId,
    instance,
  });
  if (speaker !== undefined) return skipped(speaker);
  const written = await writeCheckRun(
    {
      conclusion: 'success',
      title: 'Judged on the pull request',
      summary: `What ${checkRunName(instance)} has to say about ${number > 0 ? `#${number}` : 'this change'} stands on the pull request; the merge queue is not held up.`,
      text: '',
    },
    { client, owner, name, instance, head, number },
  );
  const failed = failure();
  if (failed !== undefined) throw new Error(`The merge group ${head} was not answered: ${failed}`);
  return written.done !== undefined ? done(written.done) : skipped(written.problem ?? 'nothing was written');
}
