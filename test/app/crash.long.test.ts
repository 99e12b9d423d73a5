import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/app/log.ts';
import { openEmbedded } from '../../src/app/storage/open-embedded.ts';
import { openPostgres } from '../../src/app/storage/open-postgres.ts';
import type { Storage } from '../../src/app/storage/storage.ts';
import { type AppProcess, entries, eventually, startAppProcess } from './support/app-process.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';
import { type Recorder, startRecorder } from './support/recorder.ts';
import { credentials, pullRequestEvent, sendWebhook } from './support/webhook.ts';

const leastDeliveries = 500;
const pullRequests = 25;
/** Kills that hit at least one running job. */
const wantedKills = 12;
const mostRounds = 40;

const silent = createLog('error', () => undefined);
let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(async () => {
  await postgres?.stop();
});

interface Place {
  readonly environment: Readonly<Record<string, string>>;
  open(): Promise<Storage>;
}

const places: Readonly<Record<string, (folder: string) => Promise<Place>>> = {
  'the embedded database': async (folder) => ({ environment: {}, open: () => openEmbedded(folder, silent) }),
  PostgreSQL: async () => {
    const url = await postgres.database('crash');
    return { environment: { DATABASE_URL: url }, open: () => openPostgres(url, silent) };
  },
};

/** A job that failed with tries left made way for another one of its pull request, which was waiting to be tried again. */
const isUnfinished = sql`state <> 'completed' AND NOT (state = 'failed' AND retry_count < retry_limit)`;

interface Planned {
  readonly id: string;
  readonly number: number;
  pushed: boolean;
  answered: boolean;
}

/** Numbers from a seed, so that a failure can be had again; where the kills hit is the machine's own chance. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each(Object.keys(places))('kill -9 again and again, on %s', (name) => {
  it('loses nothing and does nothing twice', { timeout: 600_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'review-vitals-crash-test-'));
    const recorder = await startRecorder();
    recorder.slow(150);
    const place = await places[name]?.(folder);
    if (!place) throw new Error(`There is no place ${name}.`);
    const random = randomFrom(20_261_122);
    const plan: Planned[] = [];
    function planned(): Planned {
      const number = 1 + Math.floor(random() * pullRequests);
      return { id: randomUUID(), number, pushed: false, answered: false };
    }
    const start = (): Promise<AppProcess> =>
      startAppProcess({
        entry: entries.recording,
        environment: {
          ...credentials,
          RECORDER: recorder.url,
          REVIEW_VITALS_DATA: folder,
          ...place.environment,
        },
      });

    let kills = 0;
    let duplicates = 0;
    let unanswered = 0;
    for (let round = 0; kills < wantedKills; round += 1) {
      if (round === mostRounds) throw new Error(`Only ${kills} of ${round} kills hit a running job.`);
      const app = await start();
      const fresh = Array.from({ length: Math.ceil(leastDeliveries / wantedKills) }, planned);
      // What got no answer is sent again, as GitHub does when it is asked; some is sent again for no reason.
      const again = plan.filter(({ answered }) => !answered || random() < 0.1);
      const batch = shuffled([...fresh, ...again], random);
      plan.push(...fresh);
      const sending = sendAll(app, batch, recorder);
      // On PostgreSQL the jobs of the last process come back when their heartbeat is missed, after ten seconds or so.
      await eventually(
        () => recorder.running() > 0 || undefined,
        'a running job',
        60,
        () => app.logText(),
      );
      await pause(random() * 900);
      if (recorder.running() > 0) kills += 1;
      await app.kill();
      recorder.forget(app.pid);
      duplicates += await sending;
      unanswered += batch.filter(({ answered }) => !answered).length;
    }

    const app = await start();
    await sendAll(
      app,
      plan.filter(({ answered }) => !answered),
      recorder,
    );
    await eventually(() => isIdle(app), `an empty queue after ${app.logText().slice(-2000)}`, 180);
    expect(await app.stop()).toBe(0);

    // Nothing lost.
    expect(plan.filter(({ answered }) => !answered)).toEqual([]);
    const storage = await place.open();
    const rows = await storage.db.selectFrom('delivery').select('id').execute();
    const open = await sql`SELECT id, state FROM pgboss.job WHERE name = 'judge' AND ${isUnfinished}`.execute(
      storage.db,
    );
    await storage.close();
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(plan.map(({ id }) => id)));
    expect(open.rows).toEqual([]);
    for (const key of recorder.keys()) {
      expect([key, recorder.pull(key).judgedHead]).toEqual([key, recorder.pull(key).head]);
    }
    // Nothing twice.
    expect(rows).toHaveLength(plan.length);
    expect(plan.length).toBeGreaterThanOrEqual(leastDeliveries);
    expect(recorder.keys().map((key) => recorder.pull(key).comments)).toEqual(Array(pullRequests).fill(1));
    expect(recorder.overlaps()).toBe(0);
    console.log(
      `${name}: ${plan.length} deliveries, ${kills} kills with running jobs, ${duplicates} duplicates answered, ${unanswered} deliveries without an answer`,
    );
    await recorder.stop();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('a process that is told to end', () => {
  it('hands back what does not finish in twenty seconds', { timeout: 90_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'review-vitals-hand-back-test-'));
    const recorder = await startRecorder();
    const environment = { ...credentials, RECORDER: recorder.url, REVIEW_VITALS_DATA: folder };
    let app = await startAppProcess({ entry: entries.recording, environment });
    recorder.slow(120_000);
    await sendWebhook(app.url, { event: 'pull_request', payload: pullRequestEvent(51) });
    await eventually(() => recorder.running() || undefined, 'the job of pull request 51');
    const toldAt = Date.now();
    expect(await app.stop()).toBe(0);
    expect(Date.now() - toldAt).toBeLessThan(28_000);
    recorder.forget(app.pid);
    recorder.slow(5);
    app = await startAppProcess({ entry: entries.recording, environment });
    await eventually(() => recorder.pull('1/51').judged || undefined, 'the job that was handed back');
    await app.kill();
    await recorder.stop();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('a process that is killed', () => {
  it('has what it was doing done as soon as it starts again', { timeout: 90_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'review-vitals-killed-test-'));
    const recorder = await startRecorder();
    const environment = { ...credentials, RECORDER: recorder.url, REVIEW_VITALS_DATA: folder };
    let app = await startAppProcess({ entry: entries.recording, environment });
    recorder.hold();
    await sendWebhook(app.url, { event: 'pull_request', payload: pullRequestEvent(41) });
    await eventually(() => recorder.running() || undefined, 'the job of pull request 41');
    await app.kill();
    recorder.forget(app.pid);
    recorder.letGo();
    app = await startAppProcess({ entry: entries.recording, environment });
    await eventually(() => recorder.pull('1/41').judged || undefined, 'the job of the killed process');
    await app.kill();
    await recorder.stop();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('a process that is killed while another lives', () => {
  it('has its job taken over when its heartbeat stops', { timeout: 90_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'review-vitals-takeover-test-'));
    const recorder = await startRecorder();
    const url = await postgres.database('takeover');
    const start = (): Promise<AppProcess> =>
      startAppProcess({
        entry: entries.recording,
        environment: {
          ...credentials,
          RECORDER: recorder.url,
          REVIEW_VITALS_DATA: folder,
          DATABASE_URL: url,
        },
      });
    const apps = await Promise.all([start(), start()]);
    recorder.slow(120_000);
    await sendWebhook(apps[0].url, { event: 'pull_request', payload: pullRequestEvent(51) });
    const doing = await eventually(
      () => apps.find(({ pid }) => recorder.runs('1/51').includes(pid)),
      'the job of pull request 51',
    );
    await doing.kill();
    recorder.forget(doing.pid);
    recorder.slow(5);
    await eventually(() => recorder.pull('1/51').judged || undefined, 'the other process', 30);
    expect(recorder.pull('1/51')).toMatchObject({ judged: 1, comments: 1 });
    await Promise.all(apps.filter((app) => app !== doing).map((app) => app.stop()));
    await recorder.stop();
    rmSync(folder, { recursive: true, force: true });
  });
});

/** Eight at a time, until all are sent or the server is gone; gives how many had been taken before. */
async function sendAll(app: AppProcess, batch: readonly Planned[], recorder: Recorder): Promise<number> {
  const queue = [...batch];
  let duplicates = 0;
  async function one(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (!next.pushed) recorder.push(`1/${next.number}`);
      next.pushed = true;
      const sent = { event: 'pull_request', payload: pullRequestEvent(next.number), id: next.id };
      const answer = await sendWebhook(app.url, sent).catch(() => undefined);
      const text = await answer?.text().catch(() => undefined);
      if (answer?.status === 202) next.answered = true;
      if (text === 'Taken before.\n') duplicates += 1;
    }
  }
  await Promise.all(Array.from({ length: 8 }, one));
  return duplicates;
}

async function isIdle(app: AppProcess): Promise<true | undefined> {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  const open = [...text.matchAll(/queue="judge",state="(?:waiting|active)"\} (\d+)/g)];
  return open.length === 2 && open.every(([, count]) => count === '0') ? true : undefined;
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
