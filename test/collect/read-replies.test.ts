import { afterEach, expect, test } from 'vitest';
import { createClient } from '../../src/collect/github/create-client.ts';
import { readReplies } from '../../src/collect/read-replies.ts';
import { connection, execute, gitHubSchema, startServer, type TestServer } from './github/graphql-server.ts';

const schema = gitHubSchema();
const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

interface Comment {
  readonly by: string;
  readonly as?: 'Bot' | 'User';
  readonly editedBy?: string;
  readonly in?: 'review';
}

const account = (login: string, type = 'User') => ({ __typename: type, login });

/** The commands in these comments on a pull request of ada's; mira may write to the repository. */
async function replies(comments: readonly Comment[]) {
  const server = await startServer(async ({ path, body }) => {
    if (path.endsWith('/collaborators/mira/permission'))
      return { status: 200, body: { permission: 'write' } };
    if (path.includes('/collaborators/')) return { status: 404, body: { message: 'Not Found' } };
    const nodes = comments.map(({ by, as, editedBy }, n) => ({
      databaseId: n + 1,
      body: '/vitals waive a7f3kq: the table has forty rows',
      author: account(by, as),
      editor: editedBy === undefined ? null : account(editedBy),
    }));
    const pullRequest = {
      author: account('ada'),
      comments: connection(nodes.filter((_, n) => comments[n]?.in !== 'review')),
      reviews: connection(nodes.filter((_, n) => comments[n]?.in === 'review')),
      reviewThreads: connection([]),
    };
    return { status: 200, body: await execute(schema, { repository: { pullRequest } }, body) };
  });
  servers.push(server);
  const client = createClient({ token: 'ghp_test', apiUrl: server.url, secondLasts: 1 });
  return readReplies(client, { owner: 'acme', name: 'shop', number: 7 });
}

test('a reply is of the account that wrote it, and carries what that account may decide', async () => {
  expect(await replies([{ by: 'mira' }, { by: 'ada' }])).toMatchObject([
    { commentId: 1, mayDecide: true, isByAuthor: false },
    { commentId: 2, mayDecide: false, isByAuthor: true },
  ]);
});

test('a command stands in the words of a review as in a comment', async () => {
  expect(await replies([{ by: 'mira', in: 'review' }])).toMatchObject([{ commentId: 1, mayDecide: true }]);
});

test('an app may not decide what the person of the same name may', async () => {
  expect(
    await replies([
      { by: 'mira', as: 'Bot' },
      { by: 'ada', as: 'Bot' },
    ]),
  ).toMatchObject([
    { mayDecide: false, isByAuthor: false },
    { mayDecide: false, isByAuthor: false },
  ]);
});

test('a comment that somebody else has edited is no reply', async () => {
  expect(
    await replies([
      { by: 'mira', editedBy: 'ada' },
      { by: 'mira', editedBy: 'mira' },
    ]),
  ).toMatchObject([{ commentId: 2 }]);
});
