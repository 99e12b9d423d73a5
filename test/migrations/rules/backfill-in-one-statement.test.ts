import { expect, test } from 'vitest';
import { dangersOn, findingsOn, textOf } from './danger-rules.ts';

const add = { path: 'pg/migrations/1_a.up.sql', sql: 'ALTER TABLE t ADD COLUMN c int;' };
const fill = (sql: string) => [add, { path: 'pg/migrations/2_b.up.sql', sql }];

test('a new column filled in every row', () => {
  const [finding] = findingsOn(fill('UPDATE t SET c = 1;'));
  expect(textOf(finding)).toBe(
    'One `UPDATE` sets `c` in every row of `t`.\n' +
      'Writers of those rows wait until it is done, and the old versions of all rows stay until then; both grow with the table.\n' +
      'Would batches by primary key, outside the schema change, do?',
  );
  expect(finding?.confidence).toBe('high');
});

test('a condition without a constant may let every row through: less sure', () => {
  const [finding] = findingsOn(fill('UPDATE t SET c = 1 WHERE c IS NULL;'));
  expect(finding?.observation).toBe(
    'One `UPDATE` sets `c` of `t` in one go: no constant limits the rows it picks.',
  );
  expect(finding?.confidence).toBe('medium');
});

test('rows that a constant picks are ordinary work', () => {
  expect(findingsOn(fill('UPDATE t SET c = 1 WHERE id = 7;'))).toEqual([]);
  expect(findingsOn(fill('UPDATE t SET c = 1 WHERE id < 1000 AND c IS NULL;'))).toEqual([]);
});

test('in the transaction of the lock it prolongs, the lock is what is spoken of', () => {
  const sql = '-- +goose Up\nALTER TABLE t ADD COLUMN c int;\nUPDATE t SET c = 1;';
  expect(dangersOn([{ path: 'pg/migrations/1_a.sql', sql }])).toEqual(['locks-several-tables t add-column']);
});
