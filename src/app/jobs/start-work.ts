import { AccessGone } from '../github/app-access.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Job, JobKind } from '../queue/jobs.ts';
import type { Attempt } from '../queue/open-queue.ts';
import { answerMergeGroup } from './answer-merge-group.ts';
import type { JobContext } from './context.ts';
import type { JobOutcome } from './job-outcome.ts';
import { judgePullRequest } from './judge-pull-request.ts';
import { judgeTests } from './judge-tests.ts';
import { recoverDeliveries } from './recover-deliveries.ts';
import { startWeeklyRound } from './start-weekly-round.ts';
import { syncInstallation } from './sync-installation.ts';
import { syncInstallations } from './sync-installations.ts';
import { writeWeeklyIssue } from './write-weekly-issue.ts';

export type Work = {
  readonly [K in JobKind]: (
    job: Extract<Job, { kind: K }>,
    context: JobContext,
    attempt: Attempt,
  ) => Promise<JobOutcome>;
};

/** What each kind of job does. */
export const usualWork: Work = {
  judge: judgePullRequest,
  'coverage-run': judgeTests,
  'merge-group': answerMergeGroup,
  installation: syncInstallation,
  installations: (_job, context) => syncInstallations(context),
  weekly: writeWeeklyIssue,
  'weekly-round': (_job, context) => startWeeklyRound(context),
  deliveries: (_job, context) => recoverDeliveries(context, Date.now()),
};

export interface WorkOptions {
  readonly work: Work;
  readonly context: JobContext;
  /** Pull requests judged side by side; everything else runs one at a time. */
  readonly concurrency: number;
  readonly metrics: Metrics;
}

/**
 * Starts taking jobs, and sets the clocks: lost deliveries at start and every ten minutes, installations at start and every
 * day, the weekly round on Mondays.
 */
export async function startWork({ work, context, concurrency, metrics }: WorkOptions): Promise<void> {
  const { queue, log } = context;
  async function take<K extends JobKind>(kind: K, side: number): Promise<void> {
    await queue.work(kind, side, (job, attempt) =>
      timed(kind, job, attempt, {
        log,
        metrics,
        run: () => work[kind](job, context, attempt),
        gone: () => resync(job),
      }),
    );
  }
  /** Access that is gone tells of an uninstall, a suspension or a move whose event may never come. */
  async function resync(job: Job): Promise<void> {
    if ('installation' in job && job.kind !== 'installation') {
      await queue.send({ kind: 'installation', installation: job.installation });
    }
  }
  await take('judge', concurrency);
  await take('coverage-run', 1);
  await take('merge-group', 1);
  await take('installation', 1);
  await take('installations', 1);
  await take('weekly', 1);
  await take('weekly-round', 1);
  await take('deliveries', 1);
  await queue.schedule({ job: { kind: 'deliveries' }, cron: '*/10 * * * *' });
  await queue.send({ kind: 'deliveries' });
  await queue.schedule({ job: { kind: 'installations' }, cron: '0 5 * * *' });
  await queue.send({ kind: 'installations' });
  await queue.schedule({ job: { kind: 'weekly-round' }, cron: '0 7 * * 1' });
}

interface Run {
  readonly log: Log;
  readonly metrics: Metrics;
  run(): Promise<JobOutcome>;
  gone(): Promise<void>;
}

/** Runs one attempt, counts it and writes its line. An error goes on to the queue, which tries again. */
async function timed(
  kind: JobKind,
  job: Job,
  attempt: Attempt,
  { log, metrics, run, gone }: Run,
): Promise<void> {
  const startedAt = performance.now();
  const fields = () => ({
    ...Object.fromEntries(Object.entries(job).filter(([name]) => name !== 'kind')),
    queue: kind,
    job: attempt.id,
    retries: attempt.retries,
    seconds: Number(((performance.now() - startedAt) / 1000).toFixed(2)),
  });
  const ended = (result: 'done' | 'skipped' | 'failed') =>
    metrics.job(kind, result, (performance.now() - startedAt) / 1000);
  try {
    const outcome = await run();
    ended(outcome.kind);
    if (outcome.kind === 'done') log.info('job done', { ...fields(), what: outcome.what });
    else log.info('job had nothing to do', { ...fields(), why: outcome.why });
  } catch (error) {
    if (error instanceof AccessGone) {
      ended('skipped');
      log.info('job had nothing to do', { ...fields(), why: error.message });
      await gone();
      return;
    }
    ended('failed');
    log.error('job failed and is tried again', { ...fields(), reason: reasonOf(error) });
    throw error instanceof Error ? error : new Error(String(error));
  }
}
