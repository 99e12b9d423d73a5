import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redact } from '../../../src/collect/github/redact.ts';

test.each([
  [
    'clone https://x-access-token:ghs_16C7e42F292c6912E7@github.com/a/b failed',
    'clone https://***@github.com/a/b failed',
  ],
  ['token ghp_0123456789abcdefABCDEF0123456789abcd is bad', 'token *** is bad'],
  ['ghs_123456_eyJhbGciOi.eyJpc3MiOiIx.c2ln-_bmF0dXJl', '***'],
  ['github_pat_11ABCDEFG0abcdefghijkl_0123456789 expired', '*** expired'],
  ['jwt eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjF9.sig-nature_ refused', 'jwt *** refused'],
  ['v1.0123456789abcdef0123456789abcdef01234567', '***'],
  ['Authorization: Bearer abc.def', 'Authorization: Bearer ***'],
  [
    'http.extraheader=AUTHORIZATION: basic eC1hY2Nlc3MtdG9rZW46Z2hzX2FiYw==',
    'http.extraheader=AUTHORIZATION: basic ***',
  ],
  ['header eC1hY2Nlc3MtdG9rZW46Z2hzX2FiYw== seen', 'header *** seen'],
])('a credential disappears from %j', (text, expected) => {
  expect(redact(text)).toBe(expected);
});

test.each([
  'fatal: repository https://github.com/acme/shop not found',
  'the ghost of a token in src/ghs_.ts',
  'version v1.2.3 by someone@example.org',
])('a text without a credential stays as it is: %j', (text) => {
  expect(redact(text)).toBe(text);
});

test('a given secret disappears plain, URL-encoded and as base64, whatever its shape', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8, unit: 'grapheme-ascii' }), fc.string(), (secret, around) => {
      fc.pre(!around.includes(secret) && !'***'.includes(secret));
      const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
      for (const form of forms) expect(redact(`a ${form} b`, [secret])).not.toContain(form);
    }),
  );
});

/** Milliseconds of work, the least of some runs: what else the machine does meanwhile is not counted. */
function work(text: string): number {
  const times = Array.from({ length: 5 }, () => {
    const before = process.threadCpuUsage();
    redact(text);
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

test.each(['a://', 'authorization:', 'eyJ-', 'ghs_', 'x-access-token:', 'eyJaaaaaa.', 'github_pat_'])(
  'a long hostile text is read with work that grows with its length alone: %s',
  (part) => {
    const [once, eightfold] = [work(part.repeat(4_000)), work(part.repeat(32_000))];
    // Reading that goes back over the text for each of its parts would be 64 times the work.
    expect(eightfold).toBeLessThan(24 * Math.max(once, 2));
  },
);
