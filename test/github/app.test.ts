import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { clientOf } from './client.ts';
import { sampleScenario } from './sample-scenario.ts';
import { type GitHub, startGitHub } from './start-github.ts';

interface Received {
  readonly guid: string;
  readonly event: string;
  readonly signature: string;
  readonly body: string;
}

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const received: Received[] = [];
let status = 202;
let receiver: Server;
let github: GitHub;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const header = (name: string) => String(request.headers[name]);
      received.push({
        guid: header('x-github-delivery'),
        event: header('x-github-event'),
        signature: header('x-hub-signature-256'),
        body,
      });
      response.writeHead(status).end('ok');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  github = await startGitHub({
    ...sampleScenario,
    apps: [
      {
        id: 7,
        slug: 'review-vitals',
        publicKey,
        webhookUrl: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
        webhookSecret: 'secret',
        permissions: { contents: 'read', pull_requests: 'write' },
        events: ['pull_request', 'issue_comment'],
        installations: [{ id: 70, account: 'acme' }],
      },
    ],
  });
});
afterAll(async () => {
  await github.stop();
  receiver.close();
});
afterEach(async () => expect(await github.violations()).toEqual([]));

function jwt(seconds = 300, key = privateKey): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now - 30, exp: now + seconds, iss: 7 })}`;
  return `${text}.${createSign('sha256').update(text).sign(key, 'base64url')}`;
}

test('nothing is told of what was there at the start', () => {
  expect(received).toEqual([]);
});

test('a change is told to the app, signed, once per subscribed event', async () => {
  await github.apply({
    repositories: [
      {
        name: 'acme/shop',
        pullRequests: [
          {
            number: 1,
            comments: [{ by: 'bob', body: 'Hello.' }],
            reviews: [{ by: 'bob', state: 'APPROVED' }],
          },
        ],
      },
    ],
  });
  await github.settle();
  expect(received.map(({ event }) => event)).toEqual(['issue_comment']);
  const [first] = received;
  expect(first?.signature).toBe(
    `sha256=${createHmac('sha256', 'secret')
      .update(first?.body ?? '')
      .digest('hex')}`,
  );
  expect(JSON.parse(first?.body ?? '')).toMatchObject({
    action: 'created',
    comment: { body: 'Hello.' },
    installation: { id: 70 },
  });
});

test('a failed delivery is listed and sent again under its GUID', async () => {
  status = 500;
  await github.apply({
    repositories: [{ name: 'acme/shop', pullRequests: [{ number: 1, title: 'New title' }] }],
  });
  await github.settle();
  status = 202;
  const app = clientOf(github, jwt());
  const { body } = await app.rest('GET /app/hook/deliveries?status=failure');
  expect(body).toMatchObject([
    { event: 'pull_request', action: 'edited', status_code: 500, redelivery: false },
  ]);
  expect((await app.rest(`POST /app/hook/deliveries/${body[0].id}/attempts`)).status).toBe(202);
  await github.settle();
  expect(received.at(-1)?.guid).toBe(body[0].guid);
  const all = await app.rest('GET /app/hook/deliveries?per_page=1');
  expect(all.body).toMatchObject([{ guid: body[0].guid, redelivery: true, status_code: 202 }]);
  expect(all.headers.get('link')).toContain('rel="next"');
  expect((await app.rest(`GET /app/hook/deliveries/${body[0].id}`)).body.request.payload.action).toBe(
    'edited',
  );
});

test('held deliveries are sent by hand, in any order and more than once', async () => {
  await github.holdDeliveries(true);
  const say = (body: string) =>
    github.apply({
      repositories: [{ name: 'acme/shop', pullRequests: [{ number: 1, comments: [{ by: 'bob', body }] }] }],
    });
  await say('one');
  await say('two');
  await github.holdDeliveries(false);
  const [one, two] = (await github.deliveries()).slice(-2);
  const before = received.length;
  for (const delivery of [two, one, two]) {
    await github.redeliver(delivery?.id ?? 0);
    await github.settle();
  }
  expect(received.slice(before).map(({ body }) => JSON.parse(body).comment.body)).toEqual([
    'two',
    'one',
    'two',
  ]);
});

test('an installation event can be told by hand', async () => {
  await github.deliver({ appId: 7, event: 'installation', action: 'created', installationId: 70 });
  await github.settle();
  expect(JSON.parse(received.at(-1)?.body ?? '')).toMatchObject({
    action: 'created',
    installation: { id: 70, account: { login: 'acme' } },
    repositories: [{ full_name: 'acme/shop' }],
  });
});

test('a JWT gives a token for the installation, which acts as the app’s bot', async () => {
  const app = clientOf(github, jwt());
  expect((await app.rest('GET /app')).body.slug).toBe('review-vitals');
  expect((await app.rest('GET /app/installations')).body).toMatchObject([
    { id: 70, repository_selection: 'all' },
  ]);
  expect((await app.rest('GET /repos/acme/shop/installation')).body.id).toBe(70);
  const { status: made, body } = await app.rest('POST /app/installations/70/access_tokens', {});
  expect(made).toBe(201);
  const bot = clientOf(github, body.token);
  expect((await bot.rest('GET /installation/repositories')).body).toMatchObject({
    total_count: 1,
    repositories: [{ full_name: 'acme/shop' }],
  });
  const { body: comment } = await bot.rest('POST /repos/acme/shop/issues/1/comments', { body: 'Hello.' });
  expect(comment.user).toMatchObject({ login: 'review-vitals[bot]', type: 'Bot' });
  const asked = await app.rest('POST /app/installations/70/access_tokens', {
    permissions: { contents: 'write' },
  });
  expect(asked.status).toBe(422);
});

test('a JWT that is too old, too long or not the app’s is refused', async () => {
  const other = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  for (const token of [jwt(-10), jwt(3600), jwt(300, other.privateKey)]) {
    expect((await clientOf(github, token).rest('GET /app')).status).toBe(401);
  }
});
