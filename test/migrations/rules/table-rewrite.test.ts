import { expect, test } from 'vitest';
import { tableRewrite } from '../../../src/migrations/rules/table-rewrite.ts';
import { readSql } from '../read-sql.ts';
import { schemaAfter } from '../schema-after.ts';
import { findingsOn, outcomeOf, outcomeOn, textOf } from './danger-rules.ts';

test('a known old type makes the finding sure, an unknown one possible', () => {
  const create = 'CREATE TABLE t (a int);';
  const [known] = findingsOn([{ sql: `${create}\nALTER TABLE t ALTER a TYPE bigint;`, before: create }]);
  expect(textOf(known)).toBe(
    'The type change of `a` rewrites `t` under an ACCESS EXCLUSIVE lock.\n' +
      'Reads and writes of `t` wait for the length of the rewrite; it grows with the table.\n' +
      'Would a new column, filled in batches and swapped in by a later release, do?',
  );
  const [possible] = findingsOn('ALTER TABLE t ALTER a TYPE bigint;');
  expect(possible?.confidence).toBe('low');
  expect(textOf(possible)).toBe(
    'The type change of `a` rewrites `t` under an ACCESS EXCLUSIVE lock, unless the old type is one PostgreSQL can keep as it is; the old type is not known here.\n' +
      'Reads and writes of `t` wait for the length of the rewrite; it grows with the table.\n' +
      'Which type does the column have today?',
  );
});

test('a type change that the replayed schema shows to be free is no finding', () => {
  const schema = () => schemaAfter('CREATE TABLE t (a varchar(20));');
  expect(outcomeOn(tableRewrite, 'ALTER TABLE t ALTER a TYPE varchar(40);', { schema })).toEqual({
    kind: 'pass',
    seen: '1 statement in 1 migration, none rewrites a table in use',
  });
  expect(findingsOn('ALTER TABLE t ALTER a TYPE varchar(10);', { schema })[0]?.confidence).toBe('high');
});

test('a stored generated column is offered a virtual one from 18 on', () => {
  const files = readSql('ALTER TABLE t ADD COLUMN b int GENERATED ALWAYS AS (a * 2) STORED;');
  const actionOn = (postgres?: number) => {
    const settings = { settings: postgres === undefined ? {} : { postgres }, from: [], problems: [] };
    const outcome = outcomeOf(tableRewrite, { files, decisionRecords: [] }, { settings });
    return outcome.kind === 'findings' ? outcome.findings[0]?.action : outcome;
  };
  expect(actionOn()).toBe('Would a plain column, set by a trigger and filled in batches, do?');
  expect(actionOn(17)).toBe('Would a plain column, set by a trigger and filled in batches, do?');
  expect(actionOn(18)).toBe('Would a `VIRTUAL` column, computed when it is read, do?');
});

test('between the types of a time, the zone of the session decides', () => {
  const create = 'CREATE TABLE t (a timestamp);';
  const findingsWith = (settings: string) =>
    findingsOn([{ sql: `${create}\n${settings}ALTER TABLE t ALTER a TYPE timestamptz;`, before: create }]);
  expect(findingsWith('').map((one) => [one.confidence, textOf(one)])).toEqual([
    [
      'medium',
      'The type change of `a` rewrites `t` under an ACCESS EXCLUSIVE lock, unless the session’s TimeZone is UTC.\n' +
        'Reads and writes of `t` wait for the length of the rewrite; it grows with the table.\n' +
        "If the stored times are in UTC, would `SET timezone = 'UTC'` in front of it do?",
    ],
  ]);
  expect(findingsWith("SET timezone = 'UTC'; ")).toEqual([]);
});
