import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProcess, entries, eventually, startAppProcess } from './support/app-process.ts';
import { makeDataFolder } from './support/data-folder.ts';
import { type Recorder, startRecorder } from './support/recorder.ts';
import {
  credentials,
  privateKey,
  pullRequestEvent,
  sendWebhook,
  sign,
  webhookSecret,
} from './support/webhook.ts';

let folder: string;
let recorder: Recorder;
let app: AppProcess;

function start(): Promise<AppProcess> {
  return startAppProcess({
    entry: entries.recording,
    environment: { ...credentials, RECORDER: recorder.url, REVIEW_VITALS_DATA: folder, LOG_LEVEL: 'debug' },
  });
}

async function metric(line: string): Promise<number> {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  const found = text.split('\n').find((one) => one.startsWith(`${line} `));
  return Number(found?.slice(line.length + 1) ?? 0);
}

beforeAll(async () => {
  folder = await makeDataFolder();
  recorder = await startRecorder();
  app = await start();
});

afterAll(async () => {
  await app?.kill();
  await recorder?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a webhook', () => {
  it('is answered 202 and leads to its job', async () => {
    const answer = await sendWebhook(app.url, { event: 'pull_request', payload: pullRequestEvent(1) });
    expect([answer.status, await answer.text()]).toEqual([202, 'Taken.\n']);
    await eventually(() => recorder.pull('1/1').judged || undefined, 'the job of pull request 1');
    expect(recorder.pull('1/1')).toMatchObject({ judged: 1, comments: 1 });
  });

  it('that was taken before does nothing', async () => {
    const sent = {
      event: 'pull_request',
      payload: pullRequestEvent(2),
      id: 'dddddddd-0000-4000-8000-000000000002',
    };
    await sendWebhook(app.url, sent);
    await eventually(() => recorder.pull('1/2').judged || undefined, 'the job of pull request 2');
    const again = await sendWebhook(app.url, sent);
    expect([again.status, await again.text()]).toEqual([202, 'Taken before.\n']);
    // A job that was made by mistake would run before this one: jobs are taken in the order they came.
    await sendWebhook(app.url, { event: 'pull_request', payload: pullRequestEvent(3) });
    await eventually(() => recorder.pull('1/3').judged || undefined, 'the job of pull request 3');
    expect(recorder.pull('1/2').judged).toBe(1);
  });

  it.each([
    ['with the signature of another secret', sign(JSON.stringify(pullRequestEvent(4)), 'another secret')],
    ['with the old signature alone', undefined],
    ['with a signature that is none', 'sha256=zz'],
  ])('%s is refused with 400 and leaves nothing', async (_case, signature) => {
    const before = await metric('review_vitals_deliveries_total{result="refused"}');
    const answer = await sendWebhook(app.url, {
      event: 'pull_request',
      payload: pullRequestEvent(4),
      signature,
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toBe(
      'The signature does not match the payload and the secret of the webhook.\n',
    );
    expect(await metric('review_vitals_deliveries_total{result="refused"}')).toBe(before + 1);
    expect(recorder.keys()).not.toContain('1/4');
  });

  it('without a GUID is refused', async () => {
    const answer = await sendWebhook(app.url, { event: 'pull_request', payload: {}, id: 'no guid at all' });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      'This is no delivery of GitHub: x-github-event or x-github-delivery is missing.\n',
    ]);
  });

  it.each(['[]', 'null', '"text"', '{', ''])('whose signed payload is %j is refused', async (body) => {
    const answer = await fetch(`${app.url}/api/github/webhooks`, {
      method: 'POST',
      headers: {
        'x-github-event': 'pull_request',
        'x-github-delivery': 'dddddddd-0000-4000-8000-000000000005',
        'x-hub-signature-256': sign(body),
      },
      body,
    });
    expect(answer.status).toBe(400);
  });

  it('above 25 MB is refused with 413', async () => {
    const answer = await fetch(`${app.url}/api/github/webhooks`, {
      method: 'POST',
      headers: {
        'x-github-event': 'pull_request',
        'x-github-delivery': 'dddddddd-0000-4000-8000-000000000006',
        'x-hub-signature-256': sign(''),
      },
      body: Buffer.alloc(25 * 1024 * 1024 + 1),
    }).catch(() => undefined);
    // A client that is still sending may meet the closed connection before the answer.
    expect(answer?.status ?? 413).toBe(413);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  });

  it('of an event nobody asked for is answered and forgotten', async () => {
    const answer = await sendWebhook(app.url, { event: 'star', payload: pullRequestEvent(7, 'created') });
    expect([answer.status, await answer.text()]).toEqual([202, 'Nothing to do for this event.\n']);
  });
});

describe('many webhooks for one pull request', () => {
  it('leave one job running and one waiting, which sees the last head', async () => {
    recorder.hold();
    await sendWebhook(app.url, { event: 'pull_request', payload: pullRequestEvent(20) });
    await eventually(() => recorder.running() || undefined, 'the first job of pull request 20');
    for (let push = 0; push < 20; push += 1) {
      recorder.push('1/20');
      await sendWebhook(app.url, { event: 'pull_request', payload: pullRequestEvent(20) });
    }
    expect(await metric('review_vitals_queue_jobs{queue="judge",state="waiting"}')).toBe(1);
    recorder.letGo();
    await eventually(
      () => (recorder.pull('1/20').judged >= 2 ? true : undefined),
      'the second job of pull request 20',
    );
    expect(recorder.pull('1/20')).toMatchObject({ judged: 2, judgedHead: 20, comments: 1 });
    expect(recorder.overlaps()).toBe(0);
  });
});

describe('a job that fails', () => {
  it('is tried again and ends well', async () => {
    recorder.fail(1);
    await sendWebhook(app.url, { event: 'pull_request', payload: pullRequestEvent(30) });
    await eventually(() => recorder.pull('1/30').judged || undefined, 'the second try');
    const line = app.log().find(({ number, level }) => number === 30 && level === 'error');
    expect(line).toMatchObject({
      level: 'error',
      message: 'job failed and is tried again',
      queue: 'judge',
      number: 30,
      retries: 0,
      reason: 'The recorder asked for a failure.',
    });
    expect(await metric('review_vitals_jobs_total{queue="judge",result="failed"}')).toBe(1);
  });
});

describe('the server', () => {
  it('says that it is alive, ready and what it counts', async () => {
    expect(await (await fetch(`${app.url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${app.url}/readyz`)).json()).toEqual({ status: 'ready' });
    expect(await metric('review_vitals_deliveries_total{result="duplicate"}')).toBe(1);
    expect((await fetch(`${app.url}/probot`)).status).toBe(404);
    expect((await fetch(`${app.url}/metrics`, { method: 'HEAD' })).status).toBe(200);
  });

  it('says in three lines what to do next', () => {
    expect(app.stdout().split('\n')).toEqual([
      `Review Vitals listens on ${app.url} and keeps its queue in ${folder}, for one process.`,
      'GitHub has to reach https://YOUR-HOST/api/github/webhooks.',
      `${app.url}/readyz says whether it can take deliveries; the log is on standard error.`,
      '',
    ]);
  });

  it('refuses a second process on its folder with a sentence', async () => {
    await expect(start()).rejects.toThrow(
      `Review Vitals could not start: Another process works in ${folder}. Stop it, name another folder with REVIEW_VITALS_DATA, or set DATABASE_URL: several processes need PostgreSQL.`,
    );
  });

  it('lets a running job finish when it is told to end, and takes up what waited when it starts again', async () => {
    recorder.hold();
    await sendWebhook(app.url, { event: 'pull_request', payload: pullRequestEvent(40) });
    await eventually(() => recorder.running() || undefined, 'the job of pull request 40');
    await sendWebhook(app.url, { event: 'pull_request', payload: pullRequestEvent(40) });
    const ended = app.stop();
    await eventually(() => app.log().find(({ message }) => message === 'ending'), 'the beginning of the end');
    recorder.letGo();
    expect(await ended).toBe(0);
    expect(recorder.pull('1/40').judged).toBe(1);
    expect(recorder.running()).toBe(0);
    app = await start();
    await eventually(() => (recorder.pull('1/40').judged === 2 ? true : undefined), 'the job that waited');
  });

  it('writes no secret into its log', () => {
    expect(app.logText()).not.toContain(webhookSecret);
    expect(app.logText()).not.toContain(privateKey.split('\n')[1]);
    expect(app.logText()).not.toContain('PRIVATE KEY');
  });
});
