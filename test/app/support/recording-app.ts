/**
 * The real server, whose jobs tell a recorder (`RECORDER`, an HTTP address) what they do instead of GitHub. Everything
 * up to the job is the real thing: signatures, transaction, queue, coalescing, retries, shutdown.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { done } from '../../../src/app/jobs/job-outcome.ts';
import { usualWork } from '../../../src/app/jobs/start-work.ts';
import { runApp } from '../../../src/app/run-app.ts';

const recorder = process.env.RECORDER ?? '';

async function tell(path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${recorder}${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`The recorder answered ${answer.status}.`);
  return (await answer.json()) as Record<string, unknown>;
}

process.exit(
  await runApp({
    environment: process.env,
    workingFolder: process.cwd(),
    parts: {
      timing: { retryDelay: 1, heartbeat: 10, supervise: 1 },
      work: {
        ...usualWork,
        // Nothing is asked of GitHub.
        deliveries: async () => done('nothing'),
        'weekly-round': async () => done('nothing'),
        async judge(job) {
          const key = `${job.repository}/${job.number}`;
          const run = randomUUID();
          const { head, takes, fails } = await tell('/begin', { key, run, pid: process.pid });
          await pause(Number(takes));
          if (fails) throw new Error('The recorder asked for a failure.');
          // As the real publisher does: look for our own comment, write one when there is none.
          const { comments } = await tell('/look', { key });
          if (comments === 0) await tell('/comment', { key });
          await tell('/end', { key, run, head });
          return done('told');
        },
      },
    },
  }),
);
