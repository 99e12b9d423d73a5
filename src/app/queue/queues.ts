import type { QueueOptions } from 'pg-boss';
import type { JobKind } from './jobs.ts';

export interface QueueTiming {
  /** Seconds before the first new try of a failed job; each further one waits twice as long. */
  readonly retryDelay: number;
  /** A running job that has not been heard of for so long belongs to a process that ended. At least 10. */
  readonly heartbeat: number;
  /** Seconds between two looks for such jobs. */
  readonly supervise: number;
}

export const usualTiming: QueueTiming = { retryDelay: 3, heartbeat: 30, supervise: 10 };

interface QueueTraits {
  /** Longest a job may run, in seconds. */
  readonly seconds: number;
  /** Tries after the first. With the doubling delay 12 of them span about three hours, longer than a rate limit. */
  readonly retries: number;
}

const traits: Readonly<Record<JobKind, QueueTraits>> = {
  judge: { seconds: 900, retries: 12 },
  'coverage-run': { seconds: 300, retries: 12 },
  'merge-group': { seconds: 120, retries: 12 },
  installation: { seconds: 300, retries: 12 },
  installations: { seconds: 300, retries: 12 },
  weekly: { seconds: 1800, retries: 5 },
  'weekly-round': { seconds: 300, retries: 5 },
  deliveries: { seconds: 600, retries: 2 },
};

export const jobKinds = Object.keys(traits) as readonly JobKind[];

const longestDelay = 3600;
const keepDoneSeconds = 86_400;

export function queueOptions(kind: JobKind, timing: QueueTiming): QueueOptions {
  const { seconds, retries } = traits[kind];
  return {
    expireInSeconds: seconds,
    retryLimit: retries,
    retryDelay: timing.retryDelay,
    retryBackoff: true,
    retryDelayMax: longestDelay,
    heartbeatSeconds: timing.heartbeat,
    deleteAfterSeconds: keepDoneSeconds,
  };
}
