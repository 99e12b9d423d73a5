import type { JobKind } from './queue/jobs.ts';
import type { QueueCount } from './queue/open-queue.ts';

export type DeliveryResult = 'accepted' | 'duplicate' | 'ignored' | 'refused' | 'failed';
export type JobResult = 'done' | 'skipped' | 'failed';

export interface Metrics {
  delivery(result: DeliveryResult): void;
  job(kind: JobKind, result: JobResult, seconds: number): void;
  /** In the text format of Prometheus. Names of accounts and repositories are no part of it. */
  text(queues: readonly QueueCount[]): string;
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Counts since the process started. */
export function createMetrics(): Metrics {
  const deliveries = new Map<DeliveryResult, number>();
  const jobs = new Map<string, Sample>();
  const seconds = new Map<string, Sample>();

  function add(to: Map<string, Sample>, labels: Readonly<Record<string, string>>, value: number): void {
    const key = JSON.stringify(labels);
    to.set(key, { labels, value: (to.get(key)?.value ?? 0) + value });
  }

  return {
    delivery: (result) => void deliveries.set(result, (deliveries.get(result) ?? 0) + 1),
    job(kind, result, took) {
      add(jobs, { queue: kind, result }, 1);
      add(seconds, { queue: kind }, took);
    },
    text: (queues) =>
      [
        family('deliveries_total', 'counter', 'Webhook deliveries, by what became of them.', [
          ...[...deliveries].map(([result, value]) => ({ labels: { result }, value })),
        ]),
        family('jobs_total', 'counter', 'Attempts of jobs that ended, by queue and result.', [
          ...jobs.values(),
        ]),
        family('job_seconds_total', 'counter', 'Time jobs ran, by queue.', [...seconds.values()]),
        family(
          'queue_jobs',
          'gauge',
          'Jobs by queue and state; failed ones have used up their tries.',
          queues.flatMap(({ kind, waiting, active, failed }) =>
            Object.entries({ waiting, active, failed }).map(([state, value]) => ({
              labels: { queue: kind, state },
              value,
            })),
          ),
        ),
        family('resident_bytes', 'gauge', 'Memory of this process.', [
          { labels: {}, value: process.memoryUsage.rss() },
        ]),
        family('uptime_seconds', 'gauge', 'Age of this process.', [
          { labels: {}, value: Math.round(process.uptime()) },
        ]),
      ].join(''),
  };
}

function family(name: string, type: 'counter' | 'gauge', help: string, samples: readonly Sample[]): string {
  const full = `review_vitals_${name}`;
  const lines = samples.map(({ labels, value }) => {
    const list = Object.entries(labels).map(([label, of]) => `${label}="${of}"`);
    return `${full}${list.length > 0 ? `{${list.join(',')}}` : ''} ${value}\n`;
  });
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.join('')}`;
}
