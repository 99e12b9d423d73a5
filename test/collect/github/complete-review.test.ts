import { afterEach, expect, test } from 'vitest';
import { completeReview } from '../../../src/collect/github/complete-review.ts';
import { createClient } from '../../../src/collect/github/create-client.ts';
import { createPeople } from '../../../src/collect/people.ts';
import type { PullRequest } from '../../../src/core/pull-request.ts';
import { reviewFacts } from '../../review/review-facts.ts';
import { usualBaseline } from '../../review/usual-baseline.ts';
import { change, person, pullRequest } from '../../support/facts.ts';
import { connection, execute, gitHubSchema, startServer, type TestServer } from './graphql-server.ts';

const schema = gitHubSchema();
const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function complete(over: Partial<PullRequest> = {}, baseline?: ReturnType<typeof usualBaseline>) {
  const server = await startServer(async (request) => ({
    status: 200,
    body: await execute(
      schema,
      { repository: { defaultBranchRef: { name: 'main' }, pullRequests: connection([]) } },
      request.body,
    ),
  }));
  servers.push(server);
  const review = await completeReview({
    review: reviewFacts([]),
    pullRequest: pullRequest(over),
    change: change(),
    repository: {
      readFile: async (_, path) =>
        path === '.gitattributes' ? new TextEncoder().encode('*.ts linguist-generated\n') : 'absent',
      changedTexts: async () => [
        {
          path: 'src/refund.ts',
          added: [{ line: 1, text: '  a = 1;' }],
          deleted: [{ line: 1, text: 'a = 1;' }],
        },
      ],
    },
    client: createClient({ token: 'ghp_test', apiUrl: server.url, secondLasts: 1 }),
    address: { owner: 'acme', name: 'shop' },
    people: createPeople('salt'),
    now: '2026-03-31T00:00:00Z',
    ...(baseline && { baseline }),
  });
  return { review, requests: server.requests.length };
}

test('attributes and what is usual are added to the review', async () => {
  const { review, requests } = await complete();
  expect(review.attributes).toEqual([{ path: 'src/refund.ts', is: 'generated' }]);
  expect(review.baseline).toMatchObject({ n: 0, until: '2026-03-31T00:00:00Z' });
  expect(requests).toBe(1);
});

test('lines that differ in white space alone are told apart', async () => {
  const { review } = await complete();
  expect(review.quietLines).toEqual([{ path: 'src/refund.ts', whitespace: 2, moved: 0 }]);
});

test('a baseline that the weekly run left is taken as it is', async () => {
  const { review, requests } = await complete({}, usualBaseline());
  expect(review.baseline).toEqual(usualBaseline());
  expect(requests).toBe(0);
});

test.each([
  ['a bot’s', { author: person('x', 'bot') }],
  ['a draft', { isDraft: true }],
  ['a revert', { title: 'Revert "Add orders"' }],
])('nothing is read for %s, which is compared with nothing', async (_, over) => {
  const { review, requests } = await complete(over);
  expect(review.baseline).toBeUndefined();
  expect(requests).toBe(0);
});
