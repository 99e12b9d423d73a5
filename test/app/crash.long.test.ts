import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/app/log.ts';
import { permissions } from '../../src/app/set-up/manifest.ts';
import { openEmbedded } from '../../src/app/storage/open-embedded.ts';
import { openPostgres } from '../../src/app/storage/open-postgres.ts';
import type { Storage } from '../../src/app/storage/storage.ts';
import { type GitHub, startGitHub } from '../github/start-github.ts';
import { blockingMigration } from '../support/end-to-end.ts';
import { type AppProcess, entries, eventually, startAppProcess } from './support/app-process.ts';
import { type BuiltApp, buildApp } from './support/built-app.ts';
import { makeDataFolder } from './support/data-folder.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';
import { startRecorder } from './support/recorder.ts';
import { appId, credentials, publicKey, pullRequestEvent, sendWebhook } from './support/webhook.ts';

const leastDeliveries = 500;
/** Every other one adds a migration that is commented on. */
const pullRequests = 24;
const pushesEachRound = 8;
/** Kills that hit at least one running job. */
const wantedKills = 10;
const mostRounds = 30;

const repository = 'acme/shop';
const silent = createLog('error', () => undefined);
let postgres: Postgres;
let built: BuiltApp;

beforeAll(async () => {
  [postgres, built] = await Promise.all([startPostgres(), buildApp()]);
});

afterAll(async () => {
  built?.remove();
  await postgres?.stop();
});

interface Place {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  open(): Promise<Storage>;
}

const places: Readonly<Record<string, () => Promise<Place>>> = {
  'the embedded database': async () => {
    const folder = await makeDataFolder();
    return { folder, environment: {}, open: () => openEmbedded(folder, silent) };
  },
  PostgreSQL: async () => {
    const url = await postgres.database('crash');
    return {
      folder: mkdtempSync(join(tmpdir(), 'review-vitals-crash-test-')),
      environment: { DATABASE_URL: url },
      open: () => openPostgres(url, silent),
    };
  },
};

interface Planned {
  readonly id: string;
  readonly event: string;
  readonly payload: object;
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

function startShop(): Promise<GitHub> {
  return startGitHub({
    limits: { contentPerMinute: 100_000 },
    apps: [
      {
        id: appId,
        slug: 'review-vitals-test',
        publicKey,
        permissions,
        installations: [{ id: 77, account: 'acme' }],
      },
    ],
    users: { acme: { type: 'Organization' } },
    repositories: [
      {
        name: repository,
        collaborators: { ada: 'write', mira: 'write' },
        git: [{ commit: 'Begin', by: 'ada', files: { 'README.md': '# Shop\n' } }],
        pullRequests: Array.from({ length: pullRequests }, (_, index) => ({
          number: index + 1,
          title: `Change ${index + 1}`,
          author: 'ada',
          authorAssociation: 'MEMBER' as const,
          head: `change-${index + 1}`,
          base: 'main',
          commits: [
            {
              commit: 'Change it',
              by: 'ada',
              files:
                index % 2 === 0
                  ? { [`db/migrations/00${index + 10}_index.sql`]: blockingMigration }
                  : { [`src/file-${index}.ts`]: 'export const a = 1;\n' },
            },
          ],
        })),
      },
    ],
  });
}

/** Somebody pushes to some of the pull requests. */
async function push(github: GitHub, numbers: readonly number[], round: number): Promise<void> {
  await github.apply({
    repositories: [
      {
        name: repository,
        pullRequests: numbers.map((number) => ({
          number,
          commits: [
            { commit: `Round ${round}`, by: 'ada', files: { [`docs/round-${round}.md`]: `${number}\n` } },
          ],
        })),
      },
    ],
  });
}

const events = [
  { event: 'pull_request', action: 'synchronize' },
  { event: 'pull_request', action: 'edited' },
  { event: 'pull_request_review', action: 'submitted' },
] as const;

/** Jobs that judge right now: each has a folder below that of its process, and those of killed processes are removed. */
function running(cache: string): number {
  if (!existsSync(cache)) return 0;
  return readdirSync(cache)
    .filter((name) => name.startsWith('process-'))
    .flatMap((name) => readdirSync(join(cache, name)))
    .filter((name) => name.startsWith('judge-')).length;
}

describe.each(Object.keys(places))('the server as it is shipped, killed again and again, on %s', (name) => {
  it('loses nothing and says nothing twice', { timeout: 600_000 }, async () => {
    const began = performance.now();
    const [place, github] = await Promise.all([places[name]?.(), startShop()]);
    if (!place) throw new Error(`There is no place ${name}.`);
    const cache = join(place.folder, 'cache');
    const { id } = await github.state(repository);
    const random = randomFrom(20_261_122);
    const plan: Planned[] = [];
    function planned(): Planned {
      const { event, action } = events[Math.floor(random() * events.length)] ?? events[0];
      const number = 1 + Math.floor(random() * pullRequests);
      return { id: randomUUID(), event, payload: pullRequestEvent(number, action, id), answered: false };
    }
    const start = (): Promise<AppProcess> =>
      startAppProcess({
        entry: built.entry,
        environment: {
          ...credentials,
          GHE_HOST: new URL(github.url).host,
          GHE_PROTOCOL: 'http',
          REVIEW_VITALS_DATA: place.folder,
          REVIEW_VITALS_CACHE: cache,
          ...place.environment,
        },
      });

    const counts = { kills: 0, duplicates: 0, unanswered: 0, judged: 0 };
    for (let round = 0; counts.kills < wantedKills; round += 1) {
      if (round === mostRounds) throw new Error(`Only ${counts.kills} of ${round} kills hit a running job.`);
      const pushed = Array.from({ length: pushesEachRound }, () => 1 + Math.floor(random() * pullRequests));
      await push(github, [...new Set(pushed)], round);
      const app = await start();
      const fresh = Array.from({ length: Math.ceil(leastDeliveries / wantedKills) }, planned);
      // What got no answer is sent again, as GitHub does when it is asked; some is sent again for no reason.
      const again = plan.filter(({ answered }) => !answered || random() < 0.1);
      const batch = shuffled([...fresh, ...again], random);
      plan.push(...fresh);
      const sending = sendAll(app, batch, () => random() * 250);
      await eventually(
        () => running(cache) > 0 || undefined,
        'a running job',
        60,
        () => app.logText().slice(-2000),
      );
      await pause(random() * 2000);
      const hit = running(cache) > 0;
      await app.kill();
      if (hit) counts.kills += 1;
      counts.judged += judgedIn(app);
      counts.duplicates += await sending;
      counts.unanswered += batch.filter(({ answered }) => !answered).length;
    }

    // Whatever was lost on the way is sent again, and one event tells of each head that nobody told of.
    await push(
      github,
      Array.from({ length: pullRequests }, (_, index) => index + 1),
      mostRounds,
    );
    const app = await start();
    plan.push(
      ...Array.from({ length: pullRequests }, (_, index) => ({
        id: randomUUID(),
        event: 'pull_request',
        payload: pullRequestEvent(index + 1, 'synchronize', id),
        answered: false,
      })),
    );
    await sendAll(
      app,
      plan.filter(({ answered }) => !answered),
    );
    await eventually(
      () => isIdle(app),
      'an empty queue',
      240,
      () => app.logText().slice(-3000),
    );
    counts.judged += judgedIn(app);
    expect(await app.stop()).toBe(0);

    // Nothing lost: every delivery is known, each once, and every pull request is judged at the head it has now.
    expect(plan.filter(({ answered }) => !answered)).toEqual([]);
    const storage = await place.open();
    const rows = await storage.db.selectFrom('delivery').select('id').execute();
    await storage.close();
    expect(rows).toHaveLength(plan.length);
    expect(new Set(rows.map(({ id: row }) => row))).toEqual(new Set(plan.map((one) => one.id)));
    expect(plan.length).toBeGreaterThanOrEqual(leastDeliveries);
    const { checkRuns } = await github.state(repository);
    const pulls = await Promise.all(
      Array.from({ length: pullRequests }, (_, index) => github.pull(repository, index + 1)),
    );
    expect(pulls.map(({ headSha }) => checkRuns.filter((run) => run.headSha === headSha).length)).toEqual(
      Array(pullRequests).fill(1),
    );
    // Nothing twice: one check run a head, also of those that are past, one summary, one comment on a place.
    const heads = checkRuns.map(({ headSha }) => headSha);
    expect(heads.length).toBe(new Set(heads).size);
    expect(checkRuns.filter(({ status }) => status !== 'completed')).toEqual([]);
    expect(pulls.map(({ comments }) => comments.length)).toEqual(each(1, 0));
    expect(pulls.map(({ threads }) => threads.map((thread) => thread.comments.length))).toEqual(
      each([1], []),
    );
    expect(pulls.map(({ reviews }) => reviews.filter(({ state }) => state === 'PENDING'))).toEqual(
      each([], []),
    );
    for (const { comments, headSha } of pulls) {
      for (const { body } of comments) expect(body).toContain(headSha.slice(0, 7));
    }
    expect(await github.violations()).toEqual([]);
    console.log(
      `${name}: ${plan.length} deliveries, ${counts.kills} kills with running jobs, ${counts.judged} jobs done, ${checkRuns.length} heads judged, ${counts.duplicates} duplicates answered, ${counts.unanswered} deliveries without an answer, ${Math.round((performance.now() - began) / 1000)} s`,
    );
    await github.stop();
    rmSync(place.folder, { recursive: true, force: true });
  });
});

/** One value for the pull requests with a migration, another for those between them. */
function each<T>(migration: T, other: T): readonly T[] {
  return Array.from({ length: pullRequests }, (_, index) => (index % 2 === 0 ? migration : other));
}

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

/** Eight at a time, until all are sent, whether the server is there or not; gives how many had been taken before. */
async function sendAll(
  app: AppProcess,
  batch: readonly Planned[],
  betweenMilliseconds = () => 0,
): Promise<number> {
  const queue = [...batch];
  let duplicates = 0;
  async function one(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const answer = await sendWebhook(app.url, next).catch(() => undefined);
      const text = await answer?.text().catch(() => undefined);
      if (answer?.status === 202) next.answered = true;
      if (text === 'Taken before.\n') duplicates += 1;
      await pause(betweenMilliseconds());
    }
  }
  await Promise.all(Array.from({ length: 8 }, one));
  return duplicates;
}

function judgedIn(app: AppProcess): number {
  return app.log().filter(({ queue, message }) => queue === 'judge' && message === 'job done').length;
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
