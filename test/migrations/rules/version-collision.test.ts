import { expect, test } from 'vitest';
import type { MigrationFacts } from '../../../src/core/migration-facts.ts';
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
