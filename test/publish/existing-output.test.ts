import { afterEach, describe, expect, it } from 'vitest';
import { createClient } from '../../src/collect/github/create-client.ts';
import { readExistingOutput } from '../../src/publish/existing-output.ts';
import { startServer, type TestServer } from '../collect/github/graphql-server.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const none = { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] };
const untold = { ...none, nodes: null };
const mine = (databaseId: number, body: string) => ({ databaseId, body, viewerDidAuthor: true });

/** What is read of a pull request that GitHub tells in these pages. */
async function read(...pages: readonly (object | null)[]) {
  const server = await startServer((_, n) => ({
    status: 200,
    body: { data: { viewer: { login: 'bot' }, repository: { pullRequest: pages[n] ?? null } } },
  }));
  servers.push(server);
  const client = createClient({ token: 'ghs_test', apiUrl: server.url, secondLasts: 1 });
  return readExistingOutput(client, { owner: 'acme', name: 'shop', number: 7 }, 'default');
}

const pull = { id: 'PR_1', headRefOid: 'b'.repeat(40), comments: none, reviewThreads: none };

describe('what we have posted before', () => {
  it('is nothing where both lists are empty', async () => {
    expect(await read(pull)).toMatchObject({ ok: true, data: { id: 'PR_1', summaries: [], threads: [] } });
  });

  it.each([
    ['the pull request', null],
    ['the comments', { ...pull, comments: untold }],
    ['the threads', { ...pull, reviewThreads: untold }],
  ])('is not known, and not taken for nothing, where GitHub leaves out %s', async (_, answer) => {
    expect(await read(answer)).toMatchObject({
      ok: false,
      error: { message: 'GitHub left the comments out of what it returned' },
    });
  });

  it('is read over several pages, of which a later one has only the list that goes on', async () => {
    const marker = (n: number) => mine(n, '<!-- review-vitals:summary default none -->\nText');
    const first = {
      ...pull,
      comments: { pageInfo: { hasNextPage: true, endCursor: 'a' }, nodes: [marker(1)] },
    };
    const { reviewThreads: _, ...rest } = pull;
    const found = await read(first, { ...rest, comments: { ...none, nodes: [marker(2)] } });
    expect(found.ok && found.data.summaries.map(({ id }) => id)).toEqual([1, 2]);
  });

  const deletion = (actor: string, author: string) => ({
    timelineItems: { nodes: [{ actor: { login: actor }, deletedCommentAuthor: { login: author } }] },
  });
  it.each([
    ['a person deleted a comment of ours', deletion('mira', 'bot'), true],
    ['we deleted a comment of ours', deletion('bot', 'bot'), false],
    ['a person deleted a comment of another account', deletion('mira', 'ada'), false],
    [
      'an account deleted it that is gone since',
      { timelineItems: { nodes: [{ deletedCommentAuthor: { login: 'bot' } }] } },
      true,
    ],
  ])('tells whether somebody else deleted a comment of ours: %s', async (_, told, expected) => {
    const found = await read({ ...pull, ...told });
    expect(found.ok && found.data.isCommentDeleted).toBe(expected);
  });

  it('is told apart from what other instances said here', async () => {
    const nodes = [
      mine(
        1,
        '<!-- review-vitals:summary web coverage/a=aaaaaa,coverage/b=bbbbbb=commented coverage/c=cccccc=waived -->',
      ),
      mine(2, '<!-- review-vitals:answer web 41 -->'),
      mine(3, '<!-- review-vitals:summary default coverage/d=dddddd -->'),
      { ...mine(4, '<!-- review-vitals:summary web coverage/e=eeeeee -->'), viewerDidAuthor: false },
    ];
    const found = await read({ ...pull, comments: { ...none, nodes } });
    expect(found.ok && found.data.others).toEqual({
      fingerprints: new Set(['aaaaaa', 'bbbbbb', 'cccccc']),
      answered: new Set([41]),
    });
  });
});
