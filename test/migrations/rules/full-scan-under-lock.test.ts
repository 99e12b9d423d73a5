import { expect, test } from 'vitest';
import { fullScanUnderLock } from '../../../src/migrations/rules/full-scan-under-lock.ts';
import type { KnownSchema } from '../../../src/migrations/sql/schema.ts';
import { readSql } from '../read-sql.ts';
import { schemaAfter } from '../schema-after.ts';
import { findingsOn, outcomeOf, textOf } from './danger-rules.ts';

test('a foreign key names both tables that wait', () => {
  const [finding] = findingsOn('ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES p (id);');
  expect(textOf(finding)).toBe(
    'The foreign key `fk` scans `t` under a SHARE ROW EXCLUSIVE lock.\n' +
      'Writes to `t` and `p` wait for the length of the scan; it grows with the table.\n' +
      'Would `NOT VALID` now and `VALIDATE CONSTRAINT` in a later migration do?',
  );
  expect(finding?.measurements).toEqual([{ name: 'tables blocked', value: 2, unit: 'tables' }]);
});

function actionOn(postgres: number | undefined, sql: string, schema?: () => KnownSchema): string | undefined {
  const files = readSql(sql, schema ? { schema } : {});
  const settings = { settings: postgres === undefined ? {} : { postgres }, from: [], problems: [] };
  const outcome = outcomeOf(fullScanUnderLock, { files, decisionRecords: [] }, { settings });
  return outcome.kind === 'findings' ? outcome.findings[0]?.action : undefined;
}

test('SET NOT NULL: the safer form is the one that the server knows, without a setting the strictest', () => {
  const sql = 'ALTER TABLE t ALTER a SET NOT NULL;';
  const byCheck =
    'Would `CHECK (… IS NOT NULL) NOT VALID` now, `VALIDATE CONSTRAINT` in a later migration and then `SET NOT NULL` do?';
  expect(actionOn(undefined, sql)).toBe(byCheck);
  expect(actionOn(17, sql)).toBe(byCheck);
  expect(actionOn(18, sql)).toBe(
    'Would `ADD CONSTRAINT … NOT NULL … NOT VALID` now and `VALIDATE CONSTRAINT` in a later migration do?',
  );
});

test('a foreign key of a partitioned table: NOT VALID on the parent only from 18 on', () => {
  const sql = 'ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (id);';
  const schema = () => schemaAfter('CREATE TABLE t (a int) PARTITION BY RANGE (a);');
  expect(actionOn(17, sql, schema)).toBe(
    'Would the key on each partition, `NOT VALID` now and validated in a later migration, do? Before PostgreSQL 18 the parent takes none `NOT VALID`.',
  );
  expect(actionOn(18, sql, schema)).toBe(
    'Would `NOT VALID` now and `VALIDATE CONSTRAINT` in a later migration do?',
  );
});

test('a valid check in the schema before the change proves NOT NULL, one that is not valid does not', () => {
  const after = (sql: string) => ({ schema: () => schemaAfter(`CREATE TABLE t (a int); ${sql}`) });
  const sql = 'ALTER TABLE t ALTER a SET NOT NULL;';
  expect(findingsOn(sql, after('ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL);'))).toEqual([]);
  expect(
    findingsOn(sql, after('ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID;')),
  ).toHaveLength(1);
});
