import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/app/log.ts';
import { permissions } from '../../src/app/set-up/manifest.ts';
import { openPostgres } from '../../src/app/storage/open-postgres.ts';
import { storedChain } from '../../src/app/storage/stored-chain.ts';
import { isUnavailable } from '../../src/core/part.ts';
import { startGitHub } from '../github/start-github.ts';
import { blockingMigration, repository, scenarioOf } from '../support/end-to-end.ts';
import { type AppProcess, entries, eventually, freePort, startAppProcess } from './support/app-process.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';
import { type Recorder, startRecorder } from './support/recorder.ts';
import { appId, credentials, publicKey, pullRequestEvent, sendWebhook } from './support/webhook.ts';

let folder: string;
let postgres: Postgres;
let databaseUrl: string;
let recorder: Recorder;
let apps: readonly AppProcess[];

function start(entry = entries.recording, url = databaseUrl): Promise<AppProcess> {
  return startAppProcess({
    entry,
    environment: { ...credentials, RECORDER: recorder.url, REVIEW_VITALS_DATA: folder, DATABASE_URL: url },
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'review-vitals-two-test-'));
  recorder = await startRecorder();
  postgres = await startPostgres();
  databaseUrl = await postgres.database('two');
  // Together, on an empty database: they take turns in making the tables.
  apps = await Promise.all([start(), start()]);
});

afterAll(async () => {
  await Promise.all((apps ?? []).map((app) => app.kill()));
  await recorder?.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('two processes on one PostgreSQL', () => {
  it('make one comment on each pull request, whichever of them hears of it', async () => {
    recorder.slow(20);
    const [one, two] = apps;
    if (!one || !two) throw new Error('Two processes were to start.');
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        sendWebhook(index % 2 === 0 ? one.url : two.url, {
          event: 'pull_request',
          payload: pullRequestEvent(1 + (index % 6)),
        }),
      ),
    );
    await eventually(
      () => (recorder.keys().length === 6 && recorder.running() === 0 ? true : undefined),
      'all jobs',
    );
    await eventually(() => idle(one.url), 'an empty queue');
    expect(recorder.keys().map((key) => recorder.pull(key).comments)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(recorder.overlaps()).toBe(0);
  });

  it('take a delivery that reaches both of them once', async () => {
    const sent = {
      event: 'pull_request',
      payload: pullRequestEvent(50),
      id: 'eeeeeeee-0000-4000-8000-000000000050',
    };
    const answers = await Promise.all(
      apps.flatMap(({ url }) => [sendWebhook(url, sent), sendWebhook(url, sent)]),
    );
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(texts.toSorted()).toEqual(['Taken before.\n', 'Taken before.\n', 'Taken before.\n', 'Taken.\n']);
  });

  it('hold one conversation with a pull request on GitHub', async () => {
    const github = await startGitHub({
      ...scenarioOf({}, { 'db/migrations/0002_index.sql': blockingMigration }),
      apps: [
        {
          id: appId,
          slug: 'review-vitals-test',
          publicKey,
          permissions,
          installations: [{ id: 77, account: 'acme' }],
        },
      ],
    });
    const environment = {
      ...credentials,
      GHE_HOST: new URL(github.url).host,
      GHE_PROTOCOL: 'http',
      REVIEW_VITALS_DATA: folder,
      REVIEW_VITALS_CACHE: join(folder, 'cache'),
      DATABASE_URL: await postgres.database('conversation'),
    };
    const pair = await Promise.all([startAppProcess({ environment }), startAppProcess({ environment })]);
    const { payload } = await github.event('pull_request', { repository, number: 7, action: 'opened' });
    const sent = { event: 'pull_request', payload: { ...payload, installation: { id: 77 } } };
    for (let round = 0; round < 5; round += 1)
      await Promise.all(pair.map(({ url }) => sendWebhook(url, sent)));
    await eventually(
      () => idle(pair[0].url),
      'an empty queue',
      90,
      () => pair.map((app) => app.logText()).join('\n'),
    );
    const conversation = await github.snapshot(repository, 7);
    expect(conversation.match(/^#### `db\/migrations\/0002_index.sql`/gm)).toHaveLength(1);
    expect(conversation.match(/\*\*1 thing to look at\*\* in this change/g)).toHaveLength(1);
    expect((await github.state(repository)).checkRuns).toHaveLength(1);
    expect(await github.violations()).toEqual([]);
    await Promise.all(pair.map((app) => app.kill()));
    await github.stop();
  });

  it('keep and read back the stored coverage, byte for byte', async () => {
    const storage = await openPostgres(
      databaseUrl,
      createLog('error', () => undefined),
    );
    await storage.db.insertInto('installation').values({ id: 6, is_suspended: false }).execute();
    const chain = storedChain(storage, { installation: 6, repository: 60 }, 'coverage');
    const content = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(await chain.append({ message: 'one', files: [{ path: 'a', content }] }, undefined)).toBe(
      'written',
    );
    const entries = await chain.list(1);
    if (isUnavailable(entries)) throw new Error(entries.unavailable);
    const [entry] = entries;
    expect(entry).toMatchObject({ message: 'one', writtenAt: expect.stringMatching(/^20\d\d-.*Z$/) });
    const read = await chain.read([entry?.id ?? ''], { files: 1, fileBytes: 1000, allBytes: 1000 });
    if (isUnavailable(read)) throw new Error(read.unavailable);
    expect(read.get(entry?.id ?? '')?.map((file) => Uint8Array.from(file.content))).toEqual([content]);
    await storage.close();
  });

  it('end at once when they are told to while they wait for their database', async () => {
    const waiting = spawn(process.execPath, [entries.app], {
      env: { PORT: '0', DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/none` },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const exited = once(waiting, 'exit');
    await once(waiting.stderr, 'data');
    waiting.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });

  it('end with a sentence when the database refuses them, without its password', async () => {
    const wrong = databaseUrl.replace('only-for-tests', 'a-wrong-password');
    const ended = start(entries.app, wrong);
    await expect(ended).rejects.toThrow(
      /Review Vitals could not start: The database of DATABASE_URL could not be reached \(password authentication failed for user "postgres"\)\. Is it running, and is the address right\?/,
    );
    await expect(ended).rejects.not.toThrow('a-wrong-password');
  });
});

/** No pull request waits or is being judged. */
async function idle(url: string): Promise<true | undefined> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return /queue="judge",state="waiting"\} 0\n.*state="active"\} 0\n/.test(text) || undefined;
}
