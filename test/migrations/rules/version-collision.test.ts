import { expect, test } from 'vitest';
import type { MigrationFacts, MigrationFile } from '../../../src/core/migration-facts.ts';
import { versionCollision } from '../../../src/migrations/rules/version-collision.ts';
import { pullRequest } from '../../support/facts.ts';
import { readSql } from '../read-sql.ts';
import { outcomeOf, textOf } from './danger-rules.ts';

const sql = 'CREATE TABLE t (a int);';

/** The version of a path as its framework has it, for files on the base. */
function onBase(paths: readonly string[]): NonNullable<MigrationFacts['folders']> {
  const read = readSql(paths.map((path) => ({ path, sql })));
  return [...Map.groupBy(read, ({ folder = '' }) => folder)].map(([folder, files]) => ({
    folder,
    files: files.map(({ path, version }) => ({ path, version })),
  }));
}

function outcomeWith(
  added: readonly string[],
  base: readonly string[],
  elsewhere?: MigrationFacts['elsewhere'],
) {
  const files = readSql(added.map((path) => ({ path, sql })));
  const facts = { files, decisionRecords: [], folders: onBase(base), ...(elsewhere ? { elsewhere } : {}) };
  return outcomeOf(versionCollision, facts, { pullRequest: pullRequest({ number: 7 }) });
}

const textWith = (...args: Parameters<typeof outcomeWith>) => {
  const outcome = outcomeWith(...args);
  return outcome.kind === 'findings' ? outcome.findings.map(textOf) : outcome.kind;
};

test('a version that the base has taken meanwhile', () => {
  expect(textWith(['db/V7__b.sql'], ['db/V6__x.sql', 'db/V7__a.sql', 'db/V8__y.sql'])).toEqual([
    '`db/V7__b.sql` has version `7`, and so has `db/V7__a.sql` on `main`.\n' +
      'Both do not run: the tool stops at the second one, or takes it for done because the first has run.\n' +
      'Would a version after `8` do?',
  ]);
});

test.each([
  ['numbers are compared by value', 'db/migrations/7_b.up.sql', 'db/migrations/0007_a.up.sql', 'findings'],
  ['Flyway takes 7.0 for 7', 'db/V7.0__b.sql', 'db/V7__a.sql', 'findings'],
  [
    'Diesel keeps what stands before the name',
    'm/2026-05-01-120000_b/up.sql',
    'm/2026-05-01-120000_a/up.sql',
    'findings',
  ],
  [
    'Prisma keeps the whole name',
    'prisma/migrations/20260501120000_b/migration.sql',
    'prisma/migrations/20260501120000_a/migration.sql',
    'pass',
  ],
  ['the next version is free', 'db/migrations/0008_b.up.sql', 'db/migrations/0007_a.up.sql', 'pass'],
  ['another folder is another schema', 'a/migrations/7_b.up.sql', 'b/migrations/7_a.up.sql', 'pass'],
  [
    'golang-migrate never goes back',
    'db/migrations/0006_b.up.sql',
    'db/migrations/0007_a.up.sql',
    'findings',
  ],
  ['Diesel runs whatever is missing', 'm/2026-04-01-120000_b/up.sql', 'm/2026-05-01-120000_a/up.sql', 'pass'],
])('%s', (_, added, base, kind) => {
  expect(outcomeWith([added], [base]).kind).toBe(kind);
});

test('too early for golang-migrate', () => {
  expect(textWith(['db/migrations/0006_b.up.sql'], ['db/migrations/0007_a.up.sql'])).toEqual([
    '`db/migrations/0006_b.up.sql` comes before `db/migrations/0007_a.up.sql`, which is on `main` already.\n' +
      'Where `0007` has run, golang-migrate goes on after it, and this one never runs.\n' +
      'Would a version after `0007` do?',
  ]);
});

test('two of one version in the same change are one finding', () => {
  expect(textWith(['db/V7__a.sql', 'db/V7__b.sql'], [])).toEqual([
    '`db/V7__b.sql` has version `7`, and so has `db/V7__a.sql` in the same change.\n' +
      'Both do not run: the tool stops at the second one, or takes it for done because the first has run.\n' +
      'Would a version after `7` do?',
  ]);
});

test('where files share versions already, the names tell them apart', () => {
  const dated = ['pg/migrations/2026-05-01_a.sql', 'pg/migrations/2026-05-01_b.sql'];
  expect(outcomeWith(['pg/migrations/2026-05-01_c.sql'], dated).kind).toBe('pass');
});

test('sql-migrate notes down whole names, so that a number may come twice', () => {
  const text = '-- +migrate Up\nCREATE TABLE t (a int);\n';
  const files = readSql(['a', 'b'].map((name) => ({ path: `db/migrations/7-${name}.sql`, sql: text })));
  expect(outcomeOf(versionCollision, { files, decisionRecords: [], folders: [] }).kind).toBe('pass');
});

test('an earlier open pull request and one in the queue count, a later one hears of it itself', () => {
  const other = (number: number, isQueued: boolean) => [
    { path: 'db/V7__a.sql', pullRequest: number, isQueued },
  ];
  const observed = (number: number, isQueued: boolean) => {
    const outcome = outcomeWith(['db/V7__b.sql'], ['db/V6__x.sql'], other(number, isQueued));
    return outcome.kind === 'findings' ? outcome.findings[0]?.observation : outcome.kind;
  };
  expect(observed(5, false)).toBe(
    '`db/V7__b.sql` has version `7`, and so has `db/V7__a.sql` of the open pull request 5.',
  );
  expect(observed(9, false)).toBe('pass');
  expect(observed(9, true)).toBe(
    '`db/V7__b.sql` has version `7`, and so has `db/V7__a.sql` of pull request 9, which waits in the merge queue.',
  );
  expect(observed(7, true)).toBe('pass');
});

test('a pass says what was not looked at', () => {
  expect(outcomeWith(['db/V7__b.sql'], ['db/V6__x.sql'])).toEqual({
    kind: 'pass',
    seen: '1 new version beside 1 on `main`, none taken or too early; other open pull requests were not looked at',
  });
});

test('a change without a new version is not applicable, and a base nobody looked at not available', () => {
  const down = readSql([{ path: 'db/migrations/7_b.down.sql', sql }]);
  expect(outcomeOf(versionCollision, { files: down, decisionRecords: [], folders: [] })).toEqual({
    kind: 'not-applicable',
    reason: 'the change adds no migration',
  });
  const files = readSql([{ path: 'db/migrations/7_b.up.sql', sql }]);
  expect(outcomeOf(versionCollision, { files, decisionRecords: [] })).toEqual({
    kind: 'not-available',
    reason: 'the migrations of the base branch were not looked at',
  });
});

interface Revision {
  readonly path: string;
  readonly version: string;
  readonly after: readonly string[];
}

function withHeads(framework: string, base: readonly Revision[], added: readonly Revision[]) {
  const file = (one: Revision): MigrationFile => ({
    ...one,
    status: 'added',
    framework,
    folder: 'versions',
    dialect: 'postgresql',
    direction: 'up',
    transaction: 'one-transaction',
    operations: [],
    comments: [],
    notAnalysed: [],
    wayBack: 'none',
  });
  const facts = {
    files: added.map(file),
    decisionRecords: [],
    folders: [{ folder: 'versions', files: base }],
  };
  const outcome = outcomeOf(versionCollision, facts, { pullRequest: pullRequest({ number: 7 }) });
  return outcome.kind === 'findings' ? outcome.findings.map(textOf) : outcome.kind;
}

function revision(version: string, ...after: readonly string[]): Revision {
  return { path: `versions/${version}.py`, version, after };
}

const chain = [revision('a1'), revision('b2', 'a1'), revision('c3', 'b2')];

test('two heads of Alembic', () => {
  expect(withHeads('alembic', chain, [revision('d4', 'b2')])).toEqual([
    '`versions/d4.py`, and `versions/c3.py` on `main`, both come after `b2`: two heads.\n' +
      'Alembic stops before it runs anything, since it cannot tell which of the two comes last.\n' +
      'Would `c3` as `down_revision` do?',
  ]);
});

test('two heads of Django, both of the change', () => {
  const added = [revision('0002_a', '0001_x'), revision('0002_b', '0001_x')];
  expect(withHeads('django', [revision('0001_x')], added)).toEqual([
    '`versions/0002_b.py`, and `versions/0002_a.py` in the same change, both come after `0001_x`: two heads.\n' +
      'Django stops before it runs anything, since it cannot tell which of the two comes last.\n' +
      'Would a dependency on `0002_a` do?',
  ]);
});

test.each([
  ['a migration after the last one', chain, [revision('d4', 'c3')]],
  ['two of them, one after the other', chain, [revision('d4', 'c3'), revision('e5', 'd4')]],
  ['a merge of both', chain, [revision('d4', 'b2'), revision('e5', 'c3', 'd4')]],
  ['a branch beside branches that are meant', [...chain, revision('x1')], [revision('x2', 'x1')]],
  ['a merge of heads that were there', [...chain, revision('d4', 'b2')], [revision('e5', 'c3', 'd4')]],
  ['the first one', [], [revision('a1')]],
])('%s makes no head more', (_, base, added) => {
  expect(withHeads('alembic', base, added)).toBe('pass');
});

test('a further head where there are two already', () => {
  expect(withHeads('alembic', [...chain, revision('d4', 'b2')], [revision('e5', 'b2')])).toHaveLength(1);
});

test('an open pull request with the same number, for Django', () => {
  const read = readSql([{ path: 'postgres/migrations/0001_a.sql', sql }])[0];
  if (!read) throw new Error('nothing was read');
  const file = {
    ...read,
    framework: 'django',
    path: 'shop/migrations/0042_b.py',
    folder: 'shop/migrations',
    version: '0042_b',
    after: ['0041_x'],
  };
  const elsewhere = [{ path: 'shop/migrations/0042_a.py', pullRequest: 3, isQueued: false }];
  const folders = [
    {
      folder: 'shop/migrations',
      files: [{ path: 'shop/migrations/0041_x.py', version: '0041_x', after: [] }],
    },
  ];
  const outcome = outcomeOf(
    versionCollision,
    { files: [file], decisionRecords: [], folders, elsewhere },
    { pullRequest: pullRequest({ number: 7 }) },
  );
  expect(outcome.kind === 'findings' ? outcome.findings.map(textOf) : outcome.kind).toEqual([
    '`shop/migrations/0042_b.py` has number `0042`, and so has `shop/migrations/0042_a.py` of the open pull request 3.\n' +
      'After both are merged, Django finds two heads and stops before it runs anything.\n' +
      'Would a version after `0041_x` do?',
  ]);
});
