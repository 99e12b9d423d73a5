import fc from 'fast-check';
import { expect, test } from 'vitest';
import { postgresLanguage } from '../../../src/migrations/sql/postgres-language.ts';
import { replaySchema } from '../../../src/migrations/sql/replay-schema.ts';
import { postgresql } from '../read-sql.ts';

const step = (path: string, sql: string) => ({ path, bytes: new TextEncoder().encode(sql) });
const language = postgresLanguage(postgresql);
const always = () => true;

test('steps are carried out in the order given', () => {
  const steps = [
    step('db/V1__a.sql', 'CREATE TABLE t (a int); CREATE TEMP TABLE only_here (b int);'),
    step(
      'db/V2__b.sql',
      'ALTER TABLE t RENAME COLUMN a TO b; ALTER TABLE t ALTER b TYPE text; DROP TABLE IF EXISTS x;',
    ),
  ];
  const { schema, steps: done } = replaySchema(steps, new Map(), language, always);
  expect(done).toBe(2);
  expect([...schema.tables.keys()]).toEqual(['t']);
  expect([...(schema.tables.get('t')?.columns ?? [])]).toEqual([
    ['b', { name: 'text', modifiers: [], isArray: false }],
  ]);
});

test('nothing of it counts as made by the change', () => {
  const steps = [step('db/V1__a.sql', 'CREATE TABLE t (a int); ALTER TABLE t ADD COLUMN b int;')];
  const table = replaySchema(steps, new Map(), language, always).schema.tables.get('t');
  expect(table?.isOfThisChange).toBe(false);
  expect([...(table?.newColumns ?? [])]).toEqual([]);
});

test('it stops when it may not go on, and says how far it came', () => {
  let left = 1;
  const steps = [
    step('db/V1__a.sql', 'CREATE TABLE a (x int);'),
    step('db/V2__b.sql', 'CREATE TABLE b (x int);'),
  ];
  const { schema, steps: done } = replaySchema(steps, new Map(), language, () => left-- > 0);
  expect(done).toBe(1);
  expect([...schema.tables.keys()]).toEqual(['a']);
});

test('any bytes in any number of files never throw', () => {
  const file = fc.record({ path: fc.constantFrom('db/V1__a.sql', 'a/b.sql', ''), bytes: fc.uint8Array() });
  fc.assert(
    fc.property(fc.array(file, { maxLength: 4 }), (steps) => {
      expect(replaySchema(steps, new Map(), language, always).steps).toBe(steps.length);
    }),
  );
});
