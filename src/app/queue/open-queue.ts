import type { Transaction } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import { groupBy } from '../../core/group-by.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Storage } from '../storage/storage.ts';
import type { Tables } from '../storage/tables.ts';
import { type Job, type JobKind, jobKey } from './jobs.ts';
import { jobKinds, type QueueTiming, queueOptions } from './queues.ts';

export interface QueueCount {
  readonly kind: JobKind;
  readonly waiting: number;
  readonly active: number;
  readonly failed: number;
}

export interface Schedule {
  readonly job: Job;
  /** Five fields, UTC. */
  readonly cron: string;
}

/** The durable queue. A job is there when the transaction it was sent in is, and is done at least once. */
export interface Queue {
  /** False: one just like it waits already and stands for this one too. */
  send(job: Job, options?: SendOptions): Promise<boolean>;
  /** Starts taking jobs of a kind, `concurrency` at a time. A handler that throws is tried again later. */
  work<K extends JobKind>(kind: K, concurrency: number, handle: JobHandler<K>): Promise<void>;
  /** Sends a job again and again; what came due while nobody ran is sent once. */
  schedule(schedule: Schedule): Promise<void>;
  /** Drops the waiting jobs of an installation. */
  forget(installation: number): Promise<void>;
  counts(): Promise<readonly QueueCount[]>;
  /** Lets running jobs finish for so long, then hands them back: another process, or the next start, does them. */
  stop(seconds: number): Promise<void>;
}

export interface SendOptions {
  /** Writes the job in this transaction. */
  readonly transaction?: Transaction<Tables>;
  readonly startAfterSeconds?: number;
}

export type JobHandler<K extends JobKind> = (
  job: Extract<Job, { kind: K }>,
  attempt: Attempt,
) => Promise<void>;

export interface Attempt {
  readonly id: string;
  /** 0 for the first one. */
  readonly retries: number;
  /** Aborted when the job has run too long or was handed back. */
  readonly signal: AbortSignal;
}

/**
 * Starts the queue on an open database and makes its queues. Where this process is alone, jobs that a killed process
 * left active are handed back at once; elsewhere the missing heartbeat tells.
 */
export async function openQueue(storage: Storage, timing: QueueTiming, log: Log): Promise<Queue> {
  const boss = new PgBoss({
    ...storage.queueConnection,
    application_name: 'review-vitals-queue',
    useListenNotify: true,
    superviseIntervalSeconds: timing.supervise,
    monitorIntervalSeconds: timing.supervise,
    // The embedded database is one connection, and nothing in it runs beside it.
    ...(storage.isAlone && { reindex: false, monitorVacuum: false, registerInstance: false }),
  });
  const sparingly = onceInAWhile();
  boss.on('error', (error) => {
    // Which of the workers met it does not matter: they share the connection.
    const reason = reasonOf(error).replace(/ \(Queue: [^()]*\)$/, '');
    if (sparingly(reason)) log.error('the queue met an error', { reason });
  });
  boss.on('warning', ({ message }) => log.warn('the queue warns', { reason: message }));
  await boss.start();
  for (const kind of jobKinds) {
    const options = { ...queueOptions(kind, timing), notify: true };
    await boss.createQueue(kind, { ...options, policy: 'stately' });
    await boss.updateQueue(kind, options);
  }
  if (storage.isAlone) await handBackActive(boss);

  return {
    async send(job, { transaction, startAfterSeconds } = {}) {
      const id = await boss.send(job.kind, job, {
        singletonKey: jobKey(job),
        ...(startAfterSeconds !== undefined && { startAfter: startAfterSeconds }),
        ...(transaction && { db: fromKysely(transaction) }),
      });
      return id !== null;
    },
    async work(kind, concurrency, handle) {
      // One job a fetch: a batch is settled together, so a slow pull request would hold quick ones.
      const options = {
        localConcurrency: concurrency,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 1,
      };
      await boss.work<Extract<Job, { kind: typeof kind }>>(kind, options, async ([job]) => {
        if (job) await handle(job.data, { id: job.id, retries: job.retryCount, signal: job.signal });
      });
    },
    async schedule({ job, cron }) {
      await boss.schedule(job.kind, cron, job, { singletonKey: jobKey(job), missed: 'once' });
    },
    async forget(installation) {
      for (const kind of jobKinds) {
        // The list comes in pages of a thousand; what is deleted makes room for the next one.
        for (;;) {
          const jobs = await boss.findJobs(kind, { data: { installation }, queued: true });
          if (jobs.length === 0) break;
          await boss.deleteJob(
            kind,
            jobs.map(({ id }) => id),
          );
        }
      }
    },
    async counts() {
      const rows = await boss.getDb().executeSql(countJobs);
      return jobKinds.map((kind) => countOf(kind, rows.rows as readonly StateCount[]));
    },
    stop: (seconds) => boss.stop({ graceful: true, timeout: seconds * 1000 }),
  };
}

/** Seconds in which the same words are logged once: without the database, each worker fails each second. */
const whileSeconds = 30;

/** True for a text that was not seen for a while. */
function onceInAWhile(): (text: string) => boolean {
  const seen = new Map<string, number>();
  return (text) => {
    const now = performance.now();
    for (const [old, at] of seen) if (now - at > whileSeconds * 1000) seen.delete(old);
    if (seen.has(text)) return false;
    seen.set(text, now);
    return true;
  };
}

/**
 * A job that fails while another one like it waits to be tried again makes way for that one: it has tries left, and
 * nothing was lost by it.
 */
const countJobs = `SELECT name, state::text, count(*)::int AS jobs FROM pgboss.job
  WHERE state <> 'completed' AND NOT (state = 'failed' AND retry_count < retry_limit) GROUP BY 1, 2`;

interface StateCount {
  readonly name: string;
  readonly state: string;
  readonly jobs: number;
}

function countOf(kind: JobKind, rows: readonly StateCount[]): QueueCount {
  const of = (...states: readonly string[]): number =>
    rows
      .filter(({ name, state }) => name === kind && states.includes(state))
      .reduce((sum, { jobs }) => sum + jobs, 0);
  return { kind, waiting: of('created', 'retry'), active: of('active'), failed: of('failed') };
}

async function handBackActive(boss: PgBoss): Promise<void> {
  const left = await boss.getDb().executeSql(`SELECT name, id FROM pgboss.job WHERE state = 'active'`);
  const jobs = left.rows as readonly { readonly name: string; readonly id: string }[];
  for (const [name, of] of groupBy(jobs, (job) => job.name)) {
    await boss.fail(
      name,
      of.map(({ id }) => id),
      { message: 'the process that ran it ended' },
    );
  }
}
