import { afterEach, beforeEach, expect, it } from 'vitest';
import { clientOf } from '../github/client.ts';
import { type GitHub, startGitHub } from '../github/start-github.ts';
import {
  blockingMigration,
  expectNoViolations,
  judge,
  repository,
  scenarioOf,
  writes,
} from '../support/end-to-end.ts';

const folder = 'db/migrations';
let github: GitHub;

beforeEach(async () => {
  github = await startGitHub(
    scenarioOf(
      {
        [`${folder}/0001_orders.sql`]:
          'CREATE TABLE orders (id int, status text);\nCREATE TABLE items (id int, status text);\n',
      },
      { [`${folder}/0002_index.sql`]: blockingMigration },
    ),
  );
});

afterEach(async () => {
  await expectNoViolations(github);
  await github.stop();
});

/** As somebody with write access does it on the page. */
async function deleteAll(kind: 'issues' | 'pulls'): Promise<void> {
  const pull = await github.pull(repository, 7);
  const ids =
    kind === 'issues'
      ? pull.comments.map(({ id }) => id)
      : pull.threads.flatMap(({ comments }) => comments.map(({ id }) => id));
  expect(ids).not.toEqual([]);
  const client = clientOf(github, await github.userToken('mira'));
  for (const id of ids) await client.rest(`DELETE /repos/acme/shop/${kind}/comments/${id}`);
}

async function push(files: Readonly<Record<string, string>>): Promise<void> {
  await github.apply({
    repositories: [
      {
        name: repository,
        pullRequests: [{ number: 7, pushes: [{ commits: [{ commit: 'More', by: 'ada', files }] }] }],
      },
    ],
  });
}

const standing = async () => {
  const { comments, threads } = await github.pull(repository, 7);
  return { comments: comments.length, threads: threads.map(({ path }) => path) };
};

it('a review comment that a person deleted stays deleted over reruns and pushes, and a new finding gets one', async () => {
  await judge(github);
  expect(await standing()).toEqual({ comments: 1, threads: [`${folder}/0002_index.sql`] });
  await deleteAll('pulls');
  expect(writes(await judge(github))).toEqual(['PATCH /check-runs/N']);
  await push({ 'README.md': '# Shop of today\n' });
  expect(await judge(github).then(standing)).toEqual({ comments: 1, threads: [] });
  await push({ [`${folder}/0003_items.sql`]: blockingMigration.replaceAll('orders', 'items') });
  expect(await judge(github).then(standing)).toEqual({ comments: 1, threads: [`${folder}/0003_items.sql`] });
});

it.each([
  ['with its review comments', ['issues', 'pulls']],
  ['alone', ['issues']],
] as const)('a summary that a person deleted %s stays deleted, and the run says so', async (_, kinds) => {
  await judge(github);
  for (const kind of kinds) await deleteAll(kind);
  const again = await judge(github);
  expect(writes(again)).toEqual(['PATCH /check-runs/N']);
  expect(again.summary).toContain(
    'No comment beside the check run: the summary comment was deleted here, and it stays deleted',
  );
  await push({ [`${folder}/0003_items.sql`]: blockingMigration.replaceAll('orders', 'items') });
  const { comments, threads } = await judge(github).then(standing);
  expect([comments, threads.includes(`${folder}/0003_items.sql`)]).toEqual([0, false]);
});

it("another tool's comment of the same account, deleted before we spoke, silences nothing", async () => {
  const other = clientOf(
    github,
    await github.token({ pull_requests: 'write', contents: 'read', metadata: 'read' }),
  );
  await other.rest(`POST /repos/acme/shop/issues/7/comments`, { body: 'Lint is fine.' });
  await deleteAll('issues');
  await judge(github);
  expect(await standing()).toEqual({ comments: 1, threads: [`${folder}/0002_index.sql`] });
});

it('a review comment that a person edited stays as they left it, also when its finding is gone', async () => {
  await judge(github);
  const client = clientOf(github, await github.userToken('mira'));
  const [comment] = (await github.pull(repository, 7)).threads.flatMap(({ comments }) => comments);
  const body = `${comment?.body.split('\n')[0]}\nWe build it at night, see the runbook.`;
  await client.rest(`PATCH /repos/acme/shop/pulls/comments/${comment?.id}`, { body });
  await judge(github);
  const words = async () =>
    (await github.pull(repository, 7)).threads.flatMap(({ comments }) => comments.map((one) => one.body));
  expect(await words()).toEqual([body]);
  await push({
    [`${folder}/0002_index.sql`]: blockingMigration.replace('CREATE INDEX', 'CREATE INDEX CONCURRENTLY'),
  });
  const { headSha } = await judge(github).then(() => github.pull(repository, 7));
  expect(await words()).toEqual([
    `${comment?.body.split('\n')[0]}\n_Addressed as of \`${headSha.slice(0, 7)}\`._\n\nWe build it at night, see the runbook.`,
  ]);
});

it('a command in the words of a review is followed', async () => {
  await judge(github);
  const [, id] =
    /finding \w+ (\w{6})/.exec((await github.pull(repository, 7)).threads[0]?.comments[0]?.body ?? '') ?? [];
  await github.apply({
    repositories: [
      {
        name: repository,
        pullRequests: [
          {
            number: 7,
            reviews: [{ by: 'mira', state: 'COMMENTED', body: `/vitals waive ${id}: forty rows` }],
          },
        ],
      },
    ],
  });
  const { outputs } = await judge(github, { event: 'pull_request_review', action: 'submitted' });
  expect(outputs).toMatchObject({ findings: '0', conclusion: 'success' });
});
