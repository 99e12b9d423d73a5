import { afterEach, describe, expect, test } from 'vitest';
import { createClient } from '../../../src/collect/github/create-client.ts';
import { type Responder, startServer, type TestServer } from './graphql-server.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** A run that asks for ten things one after the other, with all times a twentieth of the real ones. */
async function run(respond: Responder) {
  const server = await startServer(respond);
  servers.push(server);
  const api = createClient({
    token: 'ghs_test',
    apiUrl: server.url,
    secondLasts: 50,
    attemptTimeout: 1500,
    patience: 1000,
  });
  const startedAt = performance.now();
  const errors: { readonly message: string; readonly mayHaveHappened: boolean }[] = [];
  for (let n = 0; n < 10; n += 1) {
    const answer = await api.rest(`GET /repos/acme/shop/pulls/${n}`);
    if (!answer.ok) errors.push(answer.error);
  }
  const written = await api.rest('POST /repos/acme/shop/check-runs', {});
  return {
    milliseconds: performance.now() - startedAt,
    errors,
    written: written.ok ? undefined : written.error,
    requests: server.requests.length,
  };
}

describe('a run through an outage', () => {
  test.each<[string, Responder]>([
    ['in which every answer is 502', () => ({ status: 502, body: { message: 'Bad Gateway' } })],
    ['in which nothing is answered', () => new Promise(() => {})],
  ])('%s ends soon after the patience does, and what was not sent has not happened', async (_, respond) => {
    const { milliseconds, errors, written, requests } = await run(respond);
    expect(errors).toHaveLength(10);
    expect(errors.at(-1)?.message).toMatch(
      /^no answer from 127\.0\.0\.1:\d+ \(it has not answered for 1 s, so this was not asked\)$/,
    );
    expect(written).toMatchObject({ status: 0, mayHaveHappened: false });
    // 30 s are 1,500 in this measure; the rest is what the requests themselves take.
    expect(milliseconds).toBeLessThan(2000);
    expect(requests).toBeLessThan(16);
  });

  test('that ends half-way gives everything after it', async () => {
    let asked = 0;
    const { errors, written } = await run(() =>
      asked++ < 5 ? { status: 502, body: { message: 'Bad Gateway' } } : { status: 200, body: { fine: true } },
    );
    expect(errors).toHaveLength(1);
    expect(written).toBeUndefined();
  });
});

test('what failed before does not make the waits of later requests longer', async () => {
  const seen: number[] = [];
  const server = await startServer(() => {
    seen.push(performance.now());
    return { status: 502, body: { message: 'Bad Gateway' } };
  });
  servers.push(server);
  const api = createClient({ token: 'ghs_test', apiUrl: server.url, secondLasts: 50 });
  for (let n = 0; n < 3; n += 1) await api.rest(`GET /repos/acme/shop/pulls/${n}`);
  expect(seen).toHaveLength(9);
  // Each request waits 50 and 200 ms; with a count that is shared the second one would wait 800 and 1,250.
  expect((seen[8] ?? 0) - (seen[0] ?? 0)).toBeLessThan(1800);
});
