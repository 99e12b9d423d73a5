import { afterEach, expect, test } from 'vitest';
import { createClient } from '../../../src/collect/github/create-client.ts';
import { withMigrationsElsewhere } from '../../../src/collect/github/read-open-pulls.ts';
import type { MigrationFacts } from '../../../src/core/migration-facts.ts';
import { unavailable } from '../../../src/core/part.ts';
import { migration } from '../../migrations/rationale/scenes.ts';
import { connection, execute, gitHubSchema, startServer, type TestServer } from './graphql-server.ts';

const schema = gitHubSchema();
const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const question = { owner: 'acme', name: 'shop', number: 7, baseName: 'main' };
const facts: MigrationFacts = {
  files: [migration([], { path: 'db/V7__a.sql', folder: 'db', version: '7' })],
  decisionRecords: [],
};

function pull(number: number, paths: readonly string[], isInMergeQueue = false, changeType = 'ADDED') {
  return { number, isInMergeQueue, files: connection(paths.map((path) => ({ path, changeType }))) };
}

/** The facts after `pulls` were asked for, and the requests that took. */
async function asked(pulls: readonly unknown[], migrations: MigrationFacts = facts, token = 'ghp_test') {
  const server = await startServer(async ({ body }) => ({
    status: 200,
    body: await execute(schema, { repository: { pullRequests: connection(pulls) } }, body),
  }));
  servers.push(server);
  const client = createClient({
    token: token === '' ? undefined : token,
    apiUrl: server.url,
    secondLasts: 1,
  });
  const found = await withMigrationsElsewhere(client, question, migrations);
  return { elsewhere: 'files' in found ? found.elsewhere : found, requests: server.requests };
}

test('migrations that others add to the same folder are found, those that wait in the merge queue as such', async () => {
  const { elsewhere, requests } = await asked([
    pull(9, ['db/V8__c.sql', 'src/a.ts', 'other/V7__d.sql']),
    pull(5, ['db/V7__b.sql'], true),
    pull(4, ['db/V1__edited.sql'], false, 'MODIFIED'),
    pull(3, ['db/V7__moved.sql'], false, 'RENAMED'),
    pull(7, ['db/V7__a.sql']),
  ]);
  expect(elsewhere).toEqual([
    { path: 'db/V7__moved.sql', pullRequest: 3, isQueued: false },
    { path: 'db/V7__b.sql', pullRequest: 5, isQueued: true },
    { path: 'db/V8__c.sql', pullRequest: 9, isQueued: false },
  ]);
  expect(requests).toHaveLength(1);
  expect(JSON.parse(requests[0]?.body ?? '{}').variables).toMatchObject({ base: 'main', page: 30 });
});

test('a hundred open pull requests take two requests: the 60 last touched are looked at', async () => {
  const pulls = Array.from({ length: 100 }, (_, at) => pull(100 + at, [`db/V${100 + at}__x.sql`]));
  const { elsewhere, requests } = await asked(pulls);
  expect(elsewhere).toHaveLength(60);
  expect(requests).toHaveLength(2);
});

test.each<[string, Partial<MigrationFacts>]>([
  ['adds no migration', { files: [] }],
  ['only edits one', { files: [migration([], { status: 'modified', folder: 'db' })] }],
  ['adds one without a version', { files: [migration([], { version: '', folder: 'db' })] }],
  ['adds a way back', { files: [migration([], { direction: 'down', folder: 'db' })] }],
])('a change that %s asks nothing', async (_, over) => {
  const { elsewhere, requests } = await asked([pull(5, ['db/V7__b.sql'])], { ...facts, ...over });
  expect(elsewhere).toBeUndefined();
  expect(requests).toEqual([]);
});

test('without a token nothing is asked, and that is said', async () => {
  const { elsewhere, requests } = await asked([], facts, '');
  expect(elsewhere).toEqual(unavailable('there is no token to read them with'));
  expect(requests).toEqual([]);
});

test('a refusal is no empty list', async () => {
  const server = await startServer(() => ({
    status: 200,
    body: { data: { repository: null }, errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible' }] },
  }));
  servers.push(server);
  const client = createClient({ token: 'ghp_test', apiUrl: server.url, secondLasts: 1, retries: 0 });
  const found = await withMigrationsElsewhere(client, question, facts);
  expect('files' in found && found.elsewhere).toMatchObject({
    unavailable: expect.stringContaining('Resource not accessible'),
  });
});
