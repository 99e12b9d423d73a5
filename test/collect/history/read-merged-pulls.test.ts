import { describe, expect, test } from 'vitest';
import { apiError, type GraphqlError } from '../../../src/collect/github/api-error.ts';
import {
  type ApiResult,
  createClient,
  type GitHubClient,
  type Parameters,
  type PartialAnswer,
} from '../../../src/collect/github/create-client.ts';
import {
  descriptionsQuery,
  mergedPullsQuery,
  restOfPullsQuery,
} from '../../../src/collect/history/merged-pulls-query.ts';
import { readMergedPulls } from '../../../src/collect/history/read-merged-pulls.ts';
import { createPeople } from '../../../src/collect/people.ts';
import type { MergedPull } from '../../../src/core/health-facts.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import { connection, errorsOf, execute, gitHubSchema } from '../github/graphql-server.ts';

const schema = gitHubSchema();
const address = { owner: 'acme', name: 'shop' };
const since = '2026-05-25T00:00:00.000Z';
const user = (login: string) => ({ __typename: 'User', login });
const day = 24 * 60 * 60 * 1000;
const newest = Date.parse('2026-11-20T12:00:00Z');

function review(n: number, login = 'mira') {
  return {
    id: `R_${n}`,
    state: 'COMMENTED',
    body: 'A word',
    submittedAt: new Date(newest - day + n * 1000).toISOString(),
    author: user(login),
    commit: { oid: 'a'.repeat(40) },
    comments: { totalCount: 0 },
  };
}

function commit(n: number, ...logins: readonly string[]) {
  const authors = connection(logins.map((login) => ({ email: `${login}@example.test`, user: user(login) })));
  return {
    commit: { __typename: 'Commit', oid: String(n).padStart(40, 'c'), parents: { totalCount: 1 }, authors },
  };
}

/** The `n`th newest pull request; four are merged a day. */
function pull(n: number, over: Readonly<Record<string, unknown>> = {}) {
  const mergedAt = new Date(newest - n * 0.25 * day).toISOString();
  return {
    __typename: 'PullRequest',
    id: `PR_${n}`,
    number: 1000 - n,
    title: 'Change it',
    headRefName: 'work',
    baseRefName: 'main',
    headRefOid: 'b'.repeat(40),
    createdAt: new Date(newest - n * 0.25 * day - day).toISOString(),
    mergedAt,
    updatedAt: mergedAt,
    additions: 10,
    deletions: 2,
    mergeCommit: { oid: 'd'.repeat(40) },
    author: user('ada'),
    mergedBy: user('ada'),
    reviews: connection([review(1)]),
    commits: connection([commit(1, 'ada')]),
    timelineItems: connection([]),
    ...over,
  };
}

type Pull = ReturnType<typeof pull>;

interface Trouble {
  readonly status: number;
  readonly message: string;
}

type Answer = { readonly data?: unknown; readonly errors?: readonly GraphqlError[] };

/**
 * A client that executes every query on GitHub's schema in this process: the real one spaces its requests by a second,
 * and is tested by itself.
 */
function serve(
  pulls: readonly Pull[],
  before: (query: string, n: number, page: number) => Trouble | Answer | undefined = () => undefined,
) {
  const byId = new Map(pulls.map((one) => [one.id, one]));
  const root = {
    repository: { defaultBranchRef: { name: 'main' }, pullRequests: connection(pulls) },
    node: ({ id }: { readonly id: string }) => byId.get(id) ?? null,
  };
  const pages: number[] = [];
  async function graphqlPartial<T>(
    query: string,
    variables: Parameters = {},
  ): Promise<ApiResult<PartialAnswer<T>>> {
    const page = Number(variables.page);
    pages.push(page);
    const instead = before(query, pages.length - 1, page);
    if (instead && 'status' in instead) {
      const request = { method: 'POST', path: '/graphql', host: 'api.github.com', hasToken: true };
      return { ok: false, error: apiError(request, { ...instead, headers: {} }) };
    }
    const answer = instead ?? (await execute(schema, root, JSON.stringify({ query, variables })));
    const errors = (answer.errors ?? []).map(({ message, path }) => ({
      message,
      ...(path && { path: [...path] }),
    }));
    const data = { data: answer.data as T, errors: instead ? ((instead as Answer).errors ?? []) : errors };
    return { ok: true, status: 200, headers: {}, data };
  }
  const client: GitHubClient = {
    hasToken: true,
    graphqlPartial,
    graphql: () => Promise.reject(new Error('not used')),
    rest: () => Promise.reject(new Error('not used')),
  };
  return { pages, read: () => readMergedPulls(client, address, since, createPeople('salt')) };
}

function numbersOf(reading: Awaited<ReturnType<typeof readMergedPulls>>): readonly number[] {
  if (isUnavailable(reading.pulls)) throw new Error(reading.pulls.unavailable);
  return reading.pulls.pulls.map(({ number }) => number);
}

function first(reading: Awaited<ReturnType<typeof readMergedPulls>>): MergedPull {
  if (isUnavailable(reading.pulls)) throw new Error(reading.pulls.unavailable);
  const [one] = reading.pulls.pulls;
  if (!one) throw new Error('there is no pull request');
  return one;
}

test.each([
  ['merged pull requests', mergedPullsQuery],
  ['the rest of ten', restOfPullsQuery(10)],
  ['descriptions', descriptionsQuery([1, 2])],
])('the query for %s is one that GitHub’s schema knows', (_, query) => {
  expect(errorsOf(schema, query)).toEqual([]);
});

describe('the list', () => {
  test('400 merged pull requests take at most 20 requests', async () => {
    const { read, pages } = serve(Array.from({ length: 400 }, (_, n) => pull(n)));
    expect(numbersOf(await read())).toHaveLength(400);
    expect(pages.length).toBeLessThanOrEqual(20);
  });

  test('reading stops at the first one that was last updated before the weeks in question', async () => {
    const { read, pages } = serve(Array.from({ length: 2000 }, (_, n) => pull(n)));
    const reading = await read();
    expect(reading.pulls).toMatchObject({ completeSince: since });
    expect(reading.remarks).toEqual([]);
    // 179.5 days lie between the two moments, and four are merged a day.
    expect(numbersOf(reading)).toHaveLength(719);
    expect(pages).toHaveLength(29);
  });

  test('one that was merged long ago and touched since is not of these weeks', async () => {
    const old = pull(0, { mergedAt: '2024-01-01T00:00:00Z' });
    const { read } = serve([old, pull(1)]);
    expect(numbersOf(await read())).toEqual([999]);
  });

  test('oldest merge first, whatever was touched last', async () => {
    const { read } = serve([pull(0, { mergedAt: '2026-11-01T00:00:00Z' }), pull(1), pull(2)]);
    expect(numbersOf(await read())).toEqual([1000, 998, 999]);
  });

  test('those that went into another branch are counted out, and it is said', async () => {
    const { read } = serve([pull(0), pull(1, { baseRefName: 'release' }), pull(2)]);
    const reading = await read();
    expect(numbersOf(reading)).toEqual([998, 1000]);
    expect(reading.remarks).toEqual([
      '1 of 3 merged pull requests went into other branches and are not counted',
    ]);
  });

  test('a repository with none has none', async () => {
    const { read } = serve([]);
    expect((await read()).pulls).toEqual({ completeSince: since, pulls: [] });
  });

  test('a page that GitHub cannot serve is asked for in half the size, then wider again', async () => {
    const { read, pages } = serve(
      Array.from({ length: 60 }, (_, n) => pull(n)),
      (_, n, page) => (page > 6 && n < 3 ? { status: 502, message: 'Bad gateway' } : undefined),
    );
    expect(numbersOf(await read())).toHaveLength(60);
    expect(pages).toEqual([25, 12, 6, 12, 24, 25]);
  });

  test('a pull request that GitHub leaves null costs only itself', async () => {
    const pulls = Array.from({ length: 30 }, (_, n) => pull(n));
    const holed = pulls.map((one, n) => (n === 7 ? null : one)) as readonly Pull[];
    const { read, pages } = serve(holed.map((one) => one ?? pull(7, { id: null })) as readonly Pull[]);
    const reading = await read();
    expect(numbersOf(reading)).toHaveLength(29);
    expect(reading.remarks).toEqual(['GitHub returned nothing for 1 merged pull requests']);
    expect(pages.length).toBeLessThanOrEqual(15);
  });

  test('when even one at a time fails nothing is read, and the reason is GitHub’s', async () => {
    const { read } = serve([pull(0)], () => ({ status: 502, message: 'Bad gateway' }));
    expect((await read()).pulls).toEqual({ unavailable: 'GitHub is having trouble (502: Bad gateway)' });
  });

  test('an end half-way says from when on the list is whole', async () => {
    const { read } = serve(
      Array.from({ length: 100 }, (_, n) => pull(n)),
      (_, n) => (n >= 2 ? { status: 500, message: 'Oops' } : undefined),
    );
    const reading = await read();
    expect(reading.pulls).toMatchObject({ completeSince: pull(49).updatedAt });
    expect(numbersOf(reading)).toHaveLength(50);
    expect(reading.remarks).toEqual([
      'pull requests merged before 2026-11-08 were not read: GitHub is having trouble (500: Oops)',
    ]);
  });

  test('a token that may not see pull requests is told the line to add, at once', async () => {
    const { read, pages } = serve([pull(0)], () => ({
      data: { repository: { defaultBranchRef: null, pullRequests: null } },
      errors: [
        {
          type: 'FORBIDDEN',
          message: 'Resource not accessible by integration',
          path: ['repository', 'pullRequests'],
        },
      ],
    }));
    expect((await read()).pulls).toEqual({
      unavailable: 'the token lacks pull-requests: read — add it under permissions:',
    });
    expect(pages).toHaveLength(1);
  });

  test('without a token nothing is asked', async () => {
    const client = createClient({ apiUrl: 'http://127.0.0.1:1' });
    expect((await readMergedPulls(client, address, since, createPeople('salt'))).pulls).toEqual({
      unavailable: 'there is no token (set GITHUB_TOKEN)',
    });
  });
});

describe('the lists of one', () => {
  test('what the first answer cut off is fetched afterwards, for all in batches of ten', async () => {
    const long = (n: number) =>
      pull(n, { reviews: connection(Array.from({ length: 130 }, (_, r) => review(r))) });
    const { read, pages } = serve(Array.from({ length: 12 }, (_, n) => long(n)));
    const reading = await read();
    expect(isUnavailable(reading.pulls)).toBe(false);
    const { review: facts } = first(reading);
    expect(isUnavailable(facts) ? 0 : facts.reviews.length).toBe(130);
    // One for the list; 110 reviews more each, 50 at a time, ten pull requests in a request.
    expect(pages).toHaveLength(1 + 3 * 2);
  });

  test('a commit with many co-authors has all of them, none of whom is a second pair of eyes', async () => {
    const authors = Array.from({ length: 30 }, (_, n) => `writer${n}`);
    const { read } = serve([pull(0, { commits: connection([commit(1, ...authors)]) })]);
    const { review: facts } = first(await read());
    expect(isUnavailable(facts) ? 0 : facts.commitAuthors.length).toBe(30);
  });

  test('a rest that cannot be had makes that review unread, and no other', async () => {
    const long = pull(0, { reviews: connection(Array.from({ length: 30 }, (_, r) => review(r))) });
    const { read } = serve([long, pull(1)], (query) =>
      query.includes('RestOfPulls') ? { status: 500, message: 'Oops' } : undefined,
    );
    const reading = await read();
    const { pulls } = reading.pulls as { pulls: readonly MergedPull[] };
    expect(pulls.map(({ number, review: facts }) => [number, isUnavailable(facts)])).toEqual([
      [999, false],
      [1000, true],
    ]);
    expect(reading.remarks).toEqual(['the reviews of 1 of 2 pull requests could not be read whole']);
  });
});

test.each([
  [{ title: 'Revert "Add prices"' }, true],
  [{ headRefName: 'revert-12-prices' }, true],
  [{ title: 'Revert "Revert "Add prices""' }, false],
  [{ title: 'Revert "Revert "Add prices""', headRefName: 'revert-13-revert-12-prices' }, false],
  [{ title: 'Reapply "Add prices"', headRefName: 'revert-13-revert-12-prices' }, false],
  [{ title: 'Revert the sign' }, false],
])('%j is a revert: %s', async (over, isRevert) => {
  const { read } = serve([pull(0, over)]);
  expect(first(await read()).isRevert).toBe(isRevert);
});

test('no login, address, title or branch leaves the reading', async () => {
  const planted = pull(0, {
    title: 'Thanks planted-title',
    headRefName: 'planted-branch',
    author: user('planted-author'),
    mergedBy: user('planted-merger'),
    reviews: connection([review(1, 'planted-reviewer')]),
    commits: connection([commit(1, 'planted-committer')]),
  });
  const { read } = serve([planted]);
  expect(JSON.stringify(await read())).not.toContain('planted');
});
