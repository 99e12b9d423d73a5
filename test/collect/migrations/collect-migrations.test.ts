import { afterEach, expect, test } from 'vitest';
import { collectMigrations, withTouchingCommits } from '../../../src/collect/collect-migrations.ts';
import type { MigrationFacts } from '../../../src/core/migration-facts.ts';
import { createGitRepository, type GitFiles } from '../../support/git-repository.ts';
import { createCleanup, opened, present } from '../git/opened.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

/** What is collected of a change from `base` to `head`; `meanwhile` lands on main after the branch was made. */
async function collected(base: GitFiles, head: GitFiles, meanwhile?: GitFiles) {
  const git = cleanup.add(createGitRepository(), (one) => one.remove());
  git.commit(base);
  git.branch('change', 'main');
  const tip = git.commit(head, { branch: 'change' });
  const main = meanwhile ? git.commit(meanwhile) : git.id('main');
  git.checkout('change');
  const repository = await opened(cleanup, { checkout: git.folder, trustUserConfig: true });
  const change = present(await repository.readChange({ base: main, head: tip, baseName: 'main' }));
  const found = await collectMigrations(repository, change);
  const full = await withTouchingCommits(repository, change, found);
  return { facts: present(full.migrations), remarks: full.remarks, repository, change };
}

function operation({ files }: MigrationFacts, at = 0) {
  const found = files.flatMap(({ operations }) => operations)[at];
  if (!found) throw new Error('no operation');
  return found;
}

const goose = (sql: string) => `-- +goose Up\n${sql}\n\n-- +goose Down\nSELECT 1;\n`;

test('old types come from the migrations of the folder, in their order, and not from other folders', async () => {
  const { facts, remarks } = await collected(
    {
      'db/migrations/00010_wider.sql': goose('ALTER TABLE t ALTER a TYPE varchar(30);'),
      'db/migrations/00009_create.sql': goose('CREATE TABLE t (a varchar(20));'),
      'other/migrations/00011_create.sql': goose('CREATE TABLE t (a int);'),
    },
    { 'db/migrations/00012_change.sql': goose('ALTER TABLE t ALTER a TYPE varchar(25);') },
  );
  expect(operation(facts)).toMatchObject({ kind: 'change-type', rewrite: true, scan: true });
  expect(remarks).toEqual([]);
});

test('the same change from a narrower type is free', async () => {
  const { facts } = await collected(
    { 'db/migrations/00009_create.sql': goose('CREATE TABLE t (a varchar(20));') },
    { 'db/migrations/00012_change.sql': goose('ALTER TABLE t ALTER a TYPE varchar(25);') },
  );
  expect(operation(facts)).toMatchObject({ kind: 'change-type', rewrite: false, scan: false });
});

test('what the down sections say is not replayed', async () => {
  const { facts } = await collected(
    {
      'db/migrations/1_create.sql': '-- +goose Up\nCREATE TABLE t (a int);\n-- +goose Down\nDROP TABLE t;\n',
    },
    { 'db/migrations/2_change.sql': goose('ALTER TABLE t ALTER a TYPE bigint;') },
  );
  expect(operation(facts)).toMatchObject({ rewrite: true });
});

test('an index of the base knows its table, a valid check of the base proves NOT NULL, partitions are known', async () => {
  const { facts } = await collected(
    {
      'db/V1__create.sql':
        'CREATE TABLE t (a int CONSTRAINT c CHECK (a IS NOT NULL)); CREATE INDEX i ON t (a);\n' +
        'CREATE TABLE p (a int) PARTITION BY RANGE (a);',
    },
    { 'db/V2__next.sql': 'DROP INDEX i;\nALTER TABLE t ALTER a SET NOT NULL;\nCREATE INDEX j ON p (a);' },
  );
  expect(
    facts.files[0]?.operations.map(({ kind, table, scan, onPartitionedTable }) => [
      kind,
      table,
      scan,
      onPartitionedTable,
    ]),
  ).toEqual([
    ['drop-index', 't', false, undefined],
    ['set-not-null', 't', false, undefined],
    ['create-index', 'p', true, true],
  ]);
});

test('an edited migration does not undo what later ones did', async () => {
  const first = 'ALTER TABLE t ALTER a TYPE bigint;';
  const { facts } = await collected(
    {
      'db/V1__create.sql': 'CREATE TABLE t (a int);',
      'db/V2__first.sql': first,
      'db/V3__wider.sql': 'ALTER TABLE t ALTER a TYPE text;',
    },
    { 'db/V2__first.sql': `${first}\nALTER TABLE t ALTER a TYPE varchar;` },
  );
  expect(operation(facts, 1)).toMatchObject({ kind: 'change-type', rewrite: false });
});

test('a dump beside the folder stands for the whole history', async () => {
  const { facts } = await collected(
    {
      'db/schema.sql':
        '--\n-- PostgreSQL database dump\n--\nCREATE TABLE public.t (\n    a character varying(20)\n);\n',
      'db/migrations/1_a.sql': '-- migrate:up\nCREATE TABLE unrelated (a int);',
    },
    { 'db/migrations/2_b.sql': '-- migrate:up\nALTER TABLE t ALTER a TYPE text;' },
  );
  expect(operation(facts)).toMatchObject({ kind: 'change-type', rewrite: false });
});

test('hostile files of the history are left out, and the rest is known', async () => {
  const { facts, remarks } = await collected(
    {
      'db/V1__nul.sql': new Uint8Array([0x43, 0, 0x44]),
      'db/V2__open.sql': "CREATE TABLE u (a text DEFAULT 'never ends",
      'db/V3__deep.sql': `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)};`,
      'db/V4__link.sql': { link: '/etc/passwd' },
      'db/V5__create.sql': 'CREATE TABLE t (a int);',
    },
    { 'db/V6__change.sql': 'ALTER TABLE t ALTER a TYPE bigint;' },
  );
  expect(operation(facts)).toMatchObject({ rewrite: true });
  expect(remarks).toEqual([]);
});

test('versions are those of the base as it is now, and ways back are counted', async () => {
  const pair = (number: number) => ({
    [`db/migrations/${number}_a.up.sql`]: `CREATE TABLE t${number} (a int);`,
    ...(number === 2
      ? {}
      : { [`db/migrations/${number}_a.down.sql`]: number === 10 ? '-- nothing' : `DROP TABLE t${number};` }),
  });
  const { facts } = await collected(
    { ...pair(1), ...pair(2), ...pair(10) },
    { 'db/migrations/11_b.up.sql': 'CREATE TABLE b (a int);' },
    pair(11),
  );
  expect(facts.folders).toEqual([
    {
      folder: 'db/migrations',
      files: [1, 2, 10, 11].map((number) => ({
        path: `db/migrations/${number}_a.up.sql`,
        version: String(number),
      })),
      waysBack: { files: 2, of: 4 },
    },
  ]);
});

test('renamed types and functions are sought as they are written, unless their name is one word', async () => {
  const { facts } = await collected(
    {
      'src/a.ts': "db.query('SELECT open_orders_of($1)');\nconst openOrdersOf = OpenOrdersOf;\n",
      'src/b.ts': "db.query('SELECT * FROM t WHERE a = $1::state');\n",
    },
    {
      'db/migrations/1_a.up.sql':
        'ALTER FUNCTION app.open_orders_of(int) RENAME TO orders_of; ALTER TYPE state RENAME TO order_state;',
    },
  );
  const places = [{ path: 'src/a.ts', line: 1, kind: 'statement' }];
  expect(facts.uses).toEqual([
    { table: 'app.open_orders_of', atMergeBase: { count: 1, places }, atHead: { count: 1, places } },
  ]);
});

test('uses are found at the merge base and at the head, outside of tests and migrations', async () => {
  const use = "db.query('SELECT shipping_note FROM orders');\n";
  const { facts } = await collected(
    {
      'db/V1__create.sql': 'CREATE TABLE orders (id int, shipping_note text);',
      'src/a.ts': use,
      'src/b.ts': `\n${use}`,
      'src/b.test.ts': use,
      'src/order.pb.go': use,
      'src/order_pb2.py': use,
      'test/c.ts': use,
      'docs/d.md': use,
      'src/link.ts': { link: 'a.ts' },
    },
    { 'db/V2__drop.sql': 'ALTER TABLE orders DROP COLUMN shipping_note;', 'src/a.ts': '' },
  );
  expect(facts.uses).toEqual([
    {
      table: 'orders',
      column: 'shipping_note',
      atMergeBase: {
        count: 2,
        places: [
          { path: 'src/a.ts', line: 1, kind: 'statement' },
          { path: 'src/b.ts', line: 2, kind: 'statement' },
        ],
      },
      atHead: { count: 1, places: [{ path: 'src/b.ts', line: 2, kind: 'statement' }] },
    },
  ]);
});

test('a view that is renamed is sought as a table is', async () => {
  const { facts } = await collected(
    {
      'db/V1__a.sql': 'CREATE VIEW open_orders AS SELECT 1;',
      'src/a.ts': "db.query('SELECT * FROM open_orders');\n",
    },
    { 'db/V2__b.sql': 'ALTER VIEW open_orders RENAME TO pending_orders;' },
  );
  expect(facts.uses).toMatchObject([{ table: 'open_orders', atHead: { count: 1 } }]);
});

test('a file too large to be code is not searched, whether the change edits it or not, and nothing is said of it', async () => {
  const large = 'const rows = "orders.total";\n'.repeat(20_000);
  const { facts, remarks } = await collected(
    {
      'db/V1__create.sql': 'CREATE TABLE orders (id int, total int);\n',
      'src/edited.ts': large,
      'src/kept.ts': `${large}// kept\n`,
      'src/small.ts': 'query("SELECT total FROM orders")\n',
    },
    {
      'db/V2__drop.sql': 'ALTER TABLE orders DROP COLUMN total;\n',
      'src/edited.ts': `${large}// edited\n`,
    },
  );
  expect(remarks).toEqual([]);
  expect(facts.uses).toMatchObject([{ atHead: { count: 1, places: [{ path: 'src/small.ts' }] } }]);
});

test('a column that other tables have too counts only near its table', async () => {
  const far = `orders${'\n'.repeat(40)}customer_id`;
  const files = (other: string) => ({
    'db/V1__create.sql': `CREATE TABLE orders (customer_id int); CREATE TABLE invoices (${other} int);`,
    'src/a.ts': far,
  });
  const drop = { 'db/V2__drop.sql': 'ALTER TABLE orders DROP COLUMN customer_id;' };
  const shared = await collected(files('customer_id'), drop);
  expect(shared.facts.uses).toMatchObject([{ atHead: { count: 0 } }]);
  const own = await collected(files('id'), drop);
  expect(own.facts.uses).toMatchObject([{ atHead: { count: 1 } }]);
});

test('a copy is new altogether', async () => {
  const text = 'CREATE TABLE a (id int);\nCREATE INDEX i ON t (a);\n';
  const { facts } = await collected(
    { 'db/V1__a.sql': text },
    { 'db/V1__a.sql': `${text}-- x\n`, 'db/V2__b.sql': text },
  );
  expect(
    facts.files.find(({ path }) => path === 'db/V2__b.sql')?.operations.map(({ isOld }) => isOld),
  ).toEqual([undefined, undefined]);
});

test('without surroundings only the files are read', async () => {
  const { repository, change } = await collected(
    { 'db/V1__create.sql': 'CREATE TABLE t (a int);' },
    { 'db/V2__drop.sql': 'DROP TABLE t;' },
  );
  const { migrations } = await collectMigrations(repository, change, 'files');
  expect(Object.keys(present(migrations))).toEqual(['files', 'decisionRecords']);
});

test('a name that the change gives back is not sought', async () => {
  const { facts } = await collected(
    {
      'db/V1__create.sql':
        'CREATE TABLE orders (id int, shipping_note text); CREATE TABLE gone_table (id int);',
    },
    {
      'db/V2__again.sql': 'ALTER TABLE orders DROP COLUMN shipping_note, ADD COLUMN shipping_note int;',
      'db/V3__swap.sql': 'DROP TABLE gone_table;\nCREATE VIEW gone_table AS SELECT 1;',
    },
  );
  expect(facts.uses).toEqual([]);
});

test('an everyday word counts where the table is meant, and not elsewhere', async () => {
  const { facts } = await collected(
    {
      'db/V1__create.sql': 'CREATE TABLE tag (id int);',
      'src/a.ts': 'const tag = element.tag;\n',
      'src/b.ts': "db('SELECT 1 FROM tag');\n",
    },
    { 'db/V2__drop.sql': 'DROP TABLE tag;' },
  );
  expect(facts.uses).toMatchObject([
    { table: 'tag', atHead: { count: 1, places: [{ path: 'src/b.ts', line: 1 }] } },
  ]);
});

test('INSERTs of the version that runs which leave a required column out are found, with those that are left at the head', async () => {
  const insert = (columns: string) => `db.query('INSERT INTO t (${columns}) VALUES ($1)')\n`;
  const { facts } = await collected(
    {
      'db/V1__create.sql': 'CREATE TABLE t (a int);',
      'src/one.ts': insert('a'),
      'src/two.ts': `\n${insert('a')}`,
      'test/three.test.ts': insert('a'),
    },
    { 'db/V2__next.sql': 'ALTER TABLE t ADD COLUMN b int NOT NULL;', 'src/one.ts': insert('a, b') },
  );
  expect(facts.inserts).toEqual([
    {
      table: 't',
      column: 'b',
      atMergeBase: {
        count: 2,
        places: [
          { path: 'src/one.ts', line: 1, kind: 'statement' },
          { path: 'src/two.ts', line: 2, kind: 'statement' },
        ],
      },
      atHead: { count: 1, places: [{ path: 'src/two.ts', line: 2, kind: 'statement' }] },
    },
  ]);
});

test('commits that touch a migration are told from those that do not, and a merge is none of them', async () => {
  const git = cleanup.add(createGitRepository(), (one) => one.remove());
  git.commit({ 'db/V1__create.sql': 'CREATE TABLE t (a int);', 'a.ts': '1', 'b.ts': '1' });
  git.branch('change', 'main');
  const branch = { branch: 'change' };
  const first = git.commit({ 'db/V2__draft.sql': 'ALTER TABLE t ADD b int;', 'a.ts': '2' }, branch);
  git.commit({ 'b.ts': '2' }, branch);
  git.commit({ 'c.ts': '1' });
  git.merge('change', 'main');
  const renamed = git.commit(
    { 'db/V2__draft.sql': null, 'db/V3__b.sql': 'ALTER TABLE t ADD b int;' },
    branch,
  );
  git.checkout('change');
  const repository = await opened(cleanup, { checkout: git.folder, trustUserConfig: true });
  const change = present(
    await repository.readChange({ base: git.id('main'), head: renamed, baseName: 'main' }),
  );
  const { migrations } = await withTouchingCommits(
    repository,
    change,
    await collectMigrations(repository, change),
  );
  expect(present(migrations).touchedBy).toEqual([
    { commit: first, otherFiles: 1 },
    { commit: renamed, otherFiles: 0 },
  ]);
});

test('the one commit of a branch is not asked what it touches', async () => {
  const { facts } = await collected({}, { 'db/V1__create.sql': 'CREATE TABLE t (a int);' });
  expect(facts.touchedBy).toBeUndefined();
});

test('the SQL of the folder’s own migrations and examples are no code that runs', async () => {
  const { facts } = await collected(
    {
      'sql/1_create.sql': '-- +migrate Up\nCREATE TABLE t (shipping_note text);',
      'sql/2_fill.sql': "-- +migrate Up\nUPDATE t SET shipping_note = '';",
      'examples/read.ts': "db.query('SELECT shipping_note FROM t')",
      'src/query.sql': 'SELECT shipping_note FROM t;',
    },
    { 'sql/3_drop.sql': '-- +migrate Up\nALTER TABLE t DROP COLUMN shipping_note;' },
  );
  expect(present(facts.uses ?? []).map(({ atHead }) => atHead.places.map(({ path }) => path))).toEqual([
    ['src/query.sql'],
  ]);
});
