import { expect, test } from 'vitest';
import type { ChangeStatus } from '../../../src/core/change.ts';
import { readMigrations } from '../../../src/migrations/read-migrations.ts';
import { migrationEditedAfterMerge } from '../../../src/migrations/rules/migration-edited-after-merge.ts';
import { parsers } from '../read-sql.ts';
import { outcomeOf, textOf } from './danger-rules.ts';

interface Edited {
  readonly path: string;
  readonly previousPath?: string;
  readonly status?: ChangeStatus;
  readonly before: string;
  readonly after: string;
}

function outcomeOn(...edits: readonly Edited[]) {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const files = readMigrations(
    edits.map(({ path, previousPath, status = 'modified', before, after }) => ({
      path,
      ...(previousPath === undefined ? {} : { previousPath }),
      status,
      bytes: bytes(status === 'deleted' ? before : after),
      ...(status === 'deleted' ? {} : { previousBytes: bytes(before) }),
    })),
    { companions: new Map() },
    parsers,
  );
  return outcomeOf(migrationEditedAfterMerge, { files, decisionRecords: [] });
}

const create = 'CREATE TABLE t (a int);';
const flyway = 'db/V1__a.sql';

test('an edited statement: a tool with checksums stops', () => {
  const outcome = outcomeOn({ path: flyway, before: create, after: 'CREATE TABLE t (a bigint);' });
  expect(outcome.kind === 'findings' && textOf(outcome.findings[0])).toBe(
    '`db/V1__a.sql` is on `main` already, and this change edits what it runs.\n' +
      'Where it has run, Flyway finds another checksum and stops; a new database gets another schema.\n' +
      'Would a new migration with the difference alone do?',
  );
});

test('an edited statement: a tool without checksums never runs it again', () => {
  const outcome = outcomeOn({
    path: 'db/migrations/1_a.sql',
    before: `-- +goose Up\n${create}`,
    after: '-- +goose Up\nCREATE TABLE t (b int);',
  });
  expect(outcome.kind === 'findings' && outcome.findings[0]?.impact).toBe(
    'Where it has run, goose does not run it again: those databases keep the old result, new ones get another.',
  );
});

test.each([
  ['a comment', create, `-- why\n${create}`],
  ['spacing and the case of keywords', create, 'create table t (\n  a int\n);'],
  ['a comment inside a statement', create, 'CREATE TABLE t (a /* amount */ int);'],
  ['a comment beside what the grammar does not understand', 'CREATE TABEL t;', '-- why\nCREATE TABEL t;'],
])('%s alone is no edit', (_, before, after) => {
  expect(outcomeOn({ path: flyway, before, after })).toEqual({
    kind: 'pass',
    seen: '1 merged migration edited in comments and spacing alone',
  });
});

test.each([
  ['white space inside a text', "INSERT INTO t VALUES ('a b');", "INSERT INTO t VALUES ('a  b');"],
  ['a statement taken out', `${create} DROP TABLE u;`, create],
  ['what the grammar does not understand', 'CREATE TABEL t;', 'CREATE TABEL u;'],
  ['a statement made a comment', `${create} DROP TABLE u;`, `${create} -- DROP TABLE u;`],
])('%s is an edit', (_, before, after) => {
  expect(outcomeOn({ path: flyway, before, after }).kind).toBe('findings');
});

test('a marker that changes how the file runs is an edit, the step down is not', () => {
  const goose = (up: string, down: string) => `-- +goose Up\n${up}\n-- +goose Down\n${down}\n`;
  const path = 'db/migrations/1_a.sql';
  const before = goose(create, 'DROP TABLE t;');
  expect(outcomeOn({ path, before, after: `-- +goose NO TRANSACTION\n${before}` }).kind).toBe('findings');
  expect(outcomeOn({ path, before, after: goose(create, 'DROP TABLE IF EXISTS t;') }).kind).toBe('pass');
});

test('a rename under a new version runs a second time; under the same one only some tools mind', () => {
  const rename = (previousPath: string, path: string) =>
    outcomeOn({ path, previousPath, status: 'renamed', before: create, after: create });
  const renumbered = rename('db/migrations/001_a.up.sql', 'db/migrations/002_a.up.sql');
  expect(renumbered.kind === 'findings' && textOf(renumbered.findings[0])).toBe(
    '`db/migrations/001_a.up.sql` is on `main` already, and this change renames it to `db/migrations/002_a.up.sql`.\n' +
      'Where it has run, it is a new migration under the new version, and runs a second time.\n' +
      'Would the old name do?',
  );
  expect(rename('db/migrations/001_a.up.sql', 'db/migrations/001_b.up.sql').kind).toBe('pass');
  expect(rename('db/V1__a.sql', 'db/V1__b.sql').kind).toBe('findings');
  const up = `-- +migrate Up\n${create}`;
  const [previousPath, path] = ['db/migrations/1-a.sql', 'db/migrations/1-b.sql'];
  expect(outcomeOn({ path, previousPath, status: 'renamed', before: up, after: up }).kind).toBe('findings');
});

test('renamed migrations are one finding', () => {
  const moved = (before: string, path: string) => ({
    path,
    previousPath: before,
    status: 'renamed' as const,
    before: create,
    after: create,
  });
  const outcome = outcomeOn(
    moved('db/migrations/001_a.up.sql', 'db/migrations/003_a.up.sql'),
    moved('db/migrations/002_b.up.sql', 'db/migrations/004_b.up.sql'),
  );
  expect(outcome.kind === 'findings' && outcome.findings.map(textOf)).toEqual([
    '2 migrations that are on `main` already are renamed, the first from `db/migrations/001_a.up.sql` to `db/migrations/003_a.up.sql`.\n' +
      'Where they have run, they are new migrations under new versions, and run a second time.\n' +
      'Would the old names do?',
  ]);
});

test('sql-migrate tells migrations apart by their names, also by one without a number in front', () => {
  const sql = (type: string) =>
    `-- +migrate Up\nCREATE TABLE t (a ${type});\n-- +migrate Down\nDROP TABLE t;\n`;
  const outcome = outcomeOn({
    path: 'bridge/migrations/bridge0001.sql',
    before: sql('decimal'),
    after: sql('text'),
  });
  expect(outcome.kind === 'findings' && outcome.findings.map(textOf)).toEqual([
    '`bridge/migrations/bridge0001.sql` is on `main` already, and this change edits what it runs.\n' +
      'Where it has run, sql-migrate does not run it again: those databases keep the old result, new ones get another.\n' +
      'Would a new migration with the difference alone do?',
  ]);
});

test('removed migrations are one finding', () => {
  const gone = (path: string) => ({ path, status: 'deleted' as const, before: create, after: '' });
  const outcome = outcomeOn(gone('db/migrations/001_a.up.sql'), gone('db/migrations/002_b.up.sql'));
  expect(outcome.kind === 'findings' && outcome.findings.map(textOf)).toEqual([
    '`db/migrations/001_a.up.sql` and 1 more, on `main` already, are removed.\n' +
      'A new database is built without what they did, and one that has run them cannot be taken back past them.\n' +
      'Has every database run them, and does another migration build the same for new ones?',
  ]);
  const one = outcomeOn(gone('db/migrations/001_a.up.sql'));
  expect(one.kind === 'findings' && one.findings.map(textOf)).toEqual([
    '`db/migrations/001_a.up.sql`, on `main` already, is removed.\n' +
      'A new database is built without what it did, and one that has run it cannot be taken back past it.\n' +
      'Has every database run it, and does another migration build the same for new ones?',
  ]);
});

test('new, repeatable and downward files are nobody’s history', () => {
  expect(outcomeOn({ path: 'db/R__views.sql', before: create, after: 'CREATE TABLE t (b int);' }).kind).toBe(
    'not-applicable',
  );
  expect(outcomeOn({ path: 'db/U1__a.sql', before: create, after: 'DROP TABLE t;' }).kind).toBe(
    'not-applicable',
  );
});

test('several edited ones are one finding, with the others as places', () => {
  const edit = (path: string) => ({ path, before: create, after: 'CREATE TABLE t (b int);' });
  const outcome = outcomeOn(edit('db/V1__a.sql'), edit('db/V2__b.sql'), edit('db/V3__c.sql'));
  const [finding] = outcome.kind === 'findings' ? outcome.findings : [];
  expect(finding?.observation).toBe(
    '`db/V1__a.sql` and 2 more are on `main` already, and this change edits what they run.',
  );
  expect(finding?.otherPlaces).toEqual([{ path: 'db/V2__b.sql' }, { path: 'db/V3__c.sql' }]);
});
