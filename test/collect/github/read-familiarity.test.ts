import { afterEach, describe, expect, test } from 'vitest';
import { createClient } from '../../../src/collect/github/create-client.ts';
import { readFamiliarity } from '../../../src/collect/github/read-familiarity.ts';
import { createPeople } from '../../../src/collect/people.ts';
import type { ChangedFile } from '../../../src/core/change.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import { change, changedFile } from '../../support/facts.ts';
import {
  connection,
  errorsOf,
  execute,
  gitHubSchema,
  startServer,
  type TestServer,
} from './graphql-server.ts';

const schema = gitHubSchema();
const people = createPeople('salt');
const key = (login: string) => people({ login, type: 'User' }).key;
const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

interface Past {
  readonly by: readonly (string | { readonly email: string })[];
  readonly reviewers?: readonly string[];
  /** What GitHub leaves out of its answer without an error. */
  readonly hole?: 'pull requests' | 'pull request' | 'reviews' | 'review' | 'authors' | 'author';
}

/** A list as GitHub gives it where it does not tell one of its entries, or none. */
const holed = (nodes: readonly null[] | null) => () => ({
  totalCount: 1,
  pageInfo: { hasNextPage: false, endCursor: null },
  nodes,
});

const author = (one: Past['by'][number]) =>
  typeof one === 'string'
    ? { email: `${one}@acme.example`, user: { login: one } }
    : { email: one.email, user: null };

/** What GitHub answers about the files of a change, of which each has a past. */
async function knowledge(
  files: readonly (Partial<ChangedFile> & { readonly past?: readonly Past[] })[],
  codeOwners?: string,
) {
  const asked: unknown[] = [];
  const server = await startServer(async (request) => {
    expect(errorsOf(schema, JSON.parse(request.body).query)).toEqual([]);
    asked.push(JSON.parse(request.body).variables);
    const history = (args: { readonly path: string; readonly first: number }) => {
      const past = files.find((file) => (file.previousPath ?? file.path) === args.path)?.past ?? [];
      return connection(
        past.map(({ by, reviewers = [], hole }) => ({
          authors:
            hole === 'authors' ? holed(null) : hole === 'author' ? holed([null]) : connection(by.map(author)),
          associatedPullRequests:
            hole === 'pull requests'
              ? () => null
              : hole === 'pull request'
                ? holed([null])
                : connection([
                    {
                      reviews:
                        hole === 'reviews'
                          ? () => null
                          : hole === 'review'
                            ? holed([null])
                            : connection(
                                reviewers.map((login) => ({
                                  author: { __typename: login.endsWith('[bot]') ? 'Bot' : 'User', login },
                                })),
                              ),
                    },
                  ]),
        })),
      )(args);
    };
    return {
      status: 200,
      body: await execute(
        schema,
        { repository: { object: { __typename: 'Commit', history } } },
        request.body,
      ),
    };
  });
  servers.push(server);
  const result = await readFamiliarity({
    client: createClient({ token: 'ghp_test', apiUrl: server.url, secondLasts: 1 }),
    address: { owner: 'acme', name: 'shop' },
    repository: {
      readFile: async (_, path) =>
        path === '.github/CODEOWNERS' && codeOwners !== undefined
          ? new TextEncoder().encode(codeOwners)
          : 'absent',
    },
    change: change({ files: files.map(({ past: _, ...file }) => changedFile(file)) }),
    people,
    now: '2026-11-22T00:00:00Z',
  });
  if (isUnavailable(result)) throw new Error(result.unavailable);
  return { ...result, asked };
}

describe('who knows a file', () => {
  test('are those who wrote or reviewed changes to it, co-authors included, bots not', async () => {
    const found = await knowledge(
      [
        {
          path: 'src/a.ts',
          past: [
            { by: ['ada', 'grace'], reviewers: ['mira', 'helper[bot]'] },
            { by: [{ email: '41+renovate[bot]@users.noreply.github.com' }] },
          ],
        },
        { path: 'src/new.ts', status: 'added' },
      ],
      '* @acme/all\nsrc/ @acme/web @ada\n',
    );
    expect(found.since).toBe('2025-11-22T00:00:00.000Z');
    expect(found.files).toEqual([
      { path: 'src/a.ts', known: ['ada', 'grace', 'mira'].map(key), teams: ['@acme/web'] },
    ]);
    expect(found.asked).toEqual([
      {
        owner: 'acme',
        name: 'shop',
        oid: 'a'.repeat(40),
        since: '2025-11-22T00:00:00.000Z',
        p0: 'src/a.ts',
      },
    ]);
  });

  test('is asked of the file as it was called before', async () => {
    const { files, asked } = await knowledge([
      { path: 'b.ts', previousPath: 'a.ts', status: 'renamed', past: [{ by: ['ada'] }] },
    ]);
    expect(files).toEqual([{ path: 'b.ts', known: [key('ada')], teams: [] }]);
    expect(asked).toMatchObject([{ p0: 'a.ts' }]);
  });

  test('is not told where an address without an account may be one of the reviewers', async () => {
    const { files } = await knowledge([
      { path: 'src/a.ts', past: [{ by: ['ada'] }, { by: [{ email: 'grace@home.example' }] }] },
      { path: 'src/b.ts', past: [{ by: [{ email: '7+mira@users.noreply.github.com' }] }] },
    ]);
    expect(files).toEqual([{ path: 'src/b.ts', known: [key('mira')], teams: [] }]);
  });

  test('is told from 30 changes to it in a year, and not from 31, of which one is not seen', async () => {
    const past = (count: number) => Array.from({ length: count }, () => ({ by: ['ada'] }));
    const { files } = await knowledge([
      { path: 'src/a.ts', past: past(30) },
      { path: 'src/b.ts', past: past(31) },
    ]);
    expect(files.map(({ path }) => path)).toEqual(['src/a.ts']);
  });

  test.each(['pull requests', 'pull request', 'reviews', 'review', 'authors', 'author'] as const)(
    'is not told where GitHub leaves out the %s of a change to it',
    async (hole) => {
      const { files } = await knowledge([
        { path: 'src/a.ts', past: [{ by: ['ada'] }, { by: ['grace'], reviewers: ['mira'], hole }] },
        { path: 'src/b.ts', past: [{ by: ['ada'] }] },
      ]);
      expect(files.map(({ path }) => path)).toEqual(['src/b.ts']);
    },
  );

  test('is told of a change by five people and 20 reviews, and not by six or 21, of which one is not seen', async () => {
    const people = (count: number) => Array.from({ length: count }, (_, n) => `person${n}`);
    const { files } = await knowledge([
      { path: 'src/a.ts', past: [{ by: people(5), reviewers: people(20) }] },
      { path: 'src/b.ts', past: [{ by: people(6) }] },
      { path: 'src/c.ts', past: [{ by: ['ada'], reviewers: people(21) }] },
    ]);
    expect(files.map(({ path }) => path)).toEqual(['src/a.ts']);
  });

  test('is asked for the ten files with the most changed lines, lock files left out', async () => {
    const many = Array.from({ length: 12 }, (_, n) => ({
      path: `src/${n}.ts`,
      added: [{ start: 1, end: n + 1 }],
      past: [{ by: ['ada'] }],
    }));
    const { files } = await knowledge([
      ...many,
      { path: 'package-lock.json', added: [{ start: 1, end: 900 }], past: [{ by: ['ada'] }] },
    ]);
    expect(files.map(({ path }) => path)).toEqual(
      many
        .toReversed()
        .slice(0, 10)
        .map(({ path }) => path),
    );
  });
});

test('nothing is asked for a change of new files alone', async () => {
  const { files, asked } = await knowledge([{ path: 'src/new.ts', status: 'added' }]);
  expect(files).toEqual([]);
  expect(asked).toEqual([]);
});
