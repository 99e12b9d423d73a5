import { describe, expect, it } from 'vitest';
import { readReviews } from '../../../src/collect/court/read-reviews.ts';
import { apiError } from '../../../src/collect/github/api-error.ts';
import type { ApiResult, GitHubClient, PartialAnswer } from '../../../src/collect/github/create-client.ts';
import { pullsByNumberQuery } from '../../../src/collect/history/merged-pulls-query.ts';
import { createPeople } from '../../../src/collect/people.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import { connection, errorsOf, execute, gitHubSchema } from '../github/graphql-server.ts';

const schema = gitHubSchema();
const address = { owner: 'acme', name: 'shop' };
const user = (login: string) => ({ __typename: 'User', login });

function pull(number: number) {
  const day = String((number % 28) + 1).padStart(2, '0');
  return {
    __typename: 'PullRequest',
    id: `PR_${number}`,
    number,
    title: `Change ${number}`,
    body: 'Because of the audit.',
    headRefName: 'work',
    baseRefName: 'main',
    headRefOid: 'b'.repeat(40),
    createdAt: `2026-03-${day}T09:00:00Z`,
    mergedAt: `2026-03-${day}T15:00:00Z`,
    updatedAt: `2026-03-${day}T15:00:00Z`,
    additions: 10,
    deletions: 2,
    changedFiles: 3,
    mergeCommit: { oid: 'd'.repeat(40) },
    author: user('octo-ada'),
    mergedBy: user('octo-ada'),
    labels: { nodes: [{ name: 'backport' }] },
    reviews: connection([
      {
        id: 'R_1',
        state: 'APPROVED',
        body: 'Fine',
        submittedAt: `2026-03-${day}T11:00:00Z`,
        author: user('octo-mira'),
        commit: { oid: 'a'.repeat(40) },
        comments: { totalCount: 0 },
      },
    ]),
    commits: connection([]),
    timelineItems: connection([]),
  };
}

/** A client that executes every query on GitHub's schema in this process; `failing` counts requests from 0. */
function clientOf(known: readonly number[], failing?: number) {
  const repository = {
    pullRequestTemplates: [{ body: 'Why?' }],
    pullRequest: ({ number }: { readonly number: number }) => (known.includes(number) ? pull(number) : null),
  };
  let requests = 0;
  async function graphqlPartial<T>(query: string, variables = {}): Promise<ApiResult<PartialAnswer<T>>> {
    requests += 1;
    if (requests - 1 === failing) {
      const request = { method: 'POST', path: '/graphql', host: 'api.github.com', hasToken: true };
      return { ok: false, error: apiError(request, { status: 403, message: 'Forbidden', headers: {} }) };
    }
    const { data } = await execute(schema, { repository }, JSON.stringify({ query, variables }));
    return { ok: true, status: 200, headers: {}, data: { data: data as T, errors: [] } };
  }
  const client: GitHubClient = {
    hasToken: true,
    graphqlPartial,
    graphql: () => Promise.reject(new Error('not used')),
    rest: () => Promise.reject(new Error('not used')),
  };
  return { client, requests: () => requests };
}

const numbers = Array.from({ length: 45 }, (_, n) => n + 1);

async function reviewsOf(client: GitHubClient, asked: readonly number[] = numbers) {
  const read = await readReviews({ client, address }, asked, createPeople('salt'), 180);
  if (isUnavailable(read)) throw new Error(read.unavailable);
  return read;
}

describe('reviews of past pull requests', () => {
  it('are asked for in a query that GitHub’s schema knows', () => {
    expect(errorsOf(schema, pullsByNumberQuery([1, 2]))).toEqual([]);
  });

  it('come twenty a request, with what was usual when each was merged', async () => {
    const { client, requests } = clientOf(numbers);
    const read = await reviewsOf(client);
    expect(requests()).toBe(3);
    expect(read.size).toBe(45);
    const { pullRequest, review } = read.get(27) ?? {};
    if (!review || isUnavailable(review)) throw new Error('there is no review');
    expect(review.size).toEqual({ lines: 12, files: 3 });
    expect(review.reviews.map(({ state }) => state)).toEqual(['approved']);
    expect(pullRequest).toMatchObject({
      number: 27,
      state: 'merged',
      body: 'Because of the audit.',
      labels: ['backport'],
      templates: ['Why?'],
    });
    // All but itself: nothing else was merged on the 28th.
    expect(review.baseline).toMatchObject({ n: 44, until: '2026-03-28T00:00:00Z' });
  });

  it('hold no login', async () => {
    const read = await reviewsOf(clientOf(numbers).client);
    expect(JSON.stringify([...read])).not.toContain('octo');
  });

  it('leave out a number that GitHub does not know', async () => {
    const read = await reviewsOf(clientOf([1, 3]).client, [1, 2, 3]);
    expect([...read.keys()]).toEqual([1, 3]);
  });

  it('that fail halfway are those read before; at once, the reason', async () => {
    expect((await reviewsOf(clientOf(numbers, 1).client)).size).toBe(20);
    const none = await readReviews(
      { client: clientOf(numbers, 0).client, address },
      numbers,
      createPeople('s'),
      180,
    );
    expect(isUnavailable(none) && none.unavailable).toContain('403');
  });
});
