import { describe, expect, test } from 'vitest';
import { isUnavailable } from '../../../src/core/part.ts';
import { blockingIndex } from '../../../src/migrations/rules/blocking-index.ts';
import { tableRewrite } from '../../../src/migrations/rules/table-rewrite.ts';
import { dangerRules, dangersOn, findingsOn, outcomeOf, outcomeOn, textOf } from './danger-rules.ts';

/** Statement on a table in use → what the rules about single statements say together. */
const truth: readonly (readonly [sql: string, ...dangers: readonly string[]])[] = [
  ['CREATE INDEX i ON t (a)', 'blocking-index t create-index'],
  ['CREATE UNIQUE INDEX i ON t (a)', 'blocking-index t create-index'],
  ['CREATE INDEX CONCURRENTLY i ON t (a)'],
  ['CREATE INDEX IF NOT EXISTS i ON t (a)', 'blocking-index t create-index'],
  ['CREATE INDEX i ON ONLY t (a)'],
  ['REINDEX TABLE t', 'blocking-index t reindex'],
  ['REINDEX INDEX CONCURRENTLY i'],
  ['DROP INDEX i'],
  ['ALTER TABLE t ADD COLUMN c int'],
  ['ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 0'],
  ['ALTER TABLE t ADD COLUMN c timestamptz DEFAULT now()'],
  ['ALTER TABLE t ADD COLUMN c uuid DEFAULT gen_random_uuid()', 'table-rewrite t add-column'],
  ['ALTER TABLE t ADD COLUMN c bigserial', 'table-rewrite t add-column'],
  ['ALTER TABLE t ADD COLUMN c int DEFAULT own_function()'],
  ['ALTER TABLE t ADD COLUMN c "Status"'],
  ['ALTER TABLE t ADD COLUMN c int NOT NULL', 'full-scan-under-lock t add-required-column'],
  ['ALTER TABLE t ADD COLUMN c int CHECK (c > 0)', 'full-scan-under-lock t add-column'],
  ['ALTER TABLE t ADD COLUMN c bigint REFERENCES p (id)'],
  ['ALTER TABLE t ALTER a TYPE bigint', 'table-rewrite t change-type'],
  ['ALTER TABLE t ALTER a TYPE text USING a * 2', 'table-rewrite t change-type'],
  ['ALTER TABLE t ALTER a SET NOT NULL', 'full-scan-under-lock t set-not-null'],
  ['ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)', 'full-scan-under-lock t add-check'],
  ['ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID'],
  ['ALTER TABLE t VALIDATE CONSTRAINT c'],
  ['ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (id)', 'full-scan-under-lock t add-foreign-key'],
  ['ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (id) NOT VALID'],
  ['ALTER TABLE t ADD UNIQUE (a)', 'full-scan-under-lock t add-unique'],
  ['ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX i'],
  ['ALTER TABLE t ADD EXCLUDE (a WITH =)', 'full-scan-under-lock t add-exclusion'],
  ['ALTER DOMAIN d ADD CHECK (VALUE > 0)', 'full-scan-under-lock  alter-domain'],
  ['CLUSTER t USING i', 'table-rewrite t cluster'],
  ['VACUUM FULL t', 'table-rewrite t vacuum-full'],
  ['ALTER TABLE t SET UNLOGGED', 'table-rewrite t set-unlogged'],
  ['ALTER TABLE t ADD c serial, ALTER a SET NOT NULL', 'table-rewrite t add-column'],
  ['DROP TABLE t', 'destructive-change t drop-table'],
  ['DROP TABLE t, u', 'destructive-change t drop-table'],
  ['ALTER TABLE t DROP COLUMN a, DROP COLUMN b', 'destructive-change t drop-column'],
  [
    'ALTER TABLE t DROP COLUMN a, ALTER b TYPE int',
    'destructive-change t drop-column',
    'table-rewrite t change-type',
  ],
  ['TRUNCATE t CASCADE', 'destructive-change t truncate'],
  ['DELETE FROM t', 'destructive-change t delete'],
  ['DELETE FROM t WHERE a = 1'],
  ['DELETE FROM t USING u'],
  ['UPDATE t SET a = 1', 'destructive-change t update'],
  ['UPDATE t SET a = 1 WHERE true', 'destructive-change t update'],
  ['DELETE FROM t WHERE 1 = 1', 'destructive-change t delete'],
  ['UPDATE t SET a = 1 WHERE b = 2'],
  ['UPDATE t SET a = 1 WHERE b IN (1, 2)'],
  ['UPDATE t SET a = 1 WHERE id IN (SELECT id FROM t WHERE a IS NULL LIMIT 1000)'],
  ['UPDATE t SET a = 1 WHERE id BETWEEN 1 AND 1000 AND a IS NULL'],
  ['UPDATE t SET a = v.a FROM (VALUES (1, 2)) v (id, a) WHERE t.id = v.id'],
  ['UPDATE t SET a = 1 WHERE a IS NULL', 'backfill-in-one-statement t update'],
  ['UPDATE t SET a = 1 WHERE b = 2 OR a IS NULL', 'backfill-in-one-statement t update'],
  ['UPDATE t SET a = u.a FROM u WHERE t.id = u.id', 'backfill-in-one-statement t update'],
  ['UPDATE t SET a = 1 WHERE id IN (SELECT t_id FROM u)', 'backfill-in-one-statement t update'],
  ['ALTER TABLE t RENAME TO n', 'rename-breaks-running-code t rename-table'],
  ['ALTER TABLE t RENAME COLUMN a TO c', 'rename-breaks-running-code t rename-column'],
  ['ALTER TABLE t SET SCHEMA s', 'rename-breaks-running-code t set-schema'],
  ['ALTER TABLE t RENAME CONSTRAINT c TO d'],
  ['ALTER INDEX i RENAME TO j'],
  ['BEGIN; CREATE INDEX CONCURRENTLY i ON t (a); COMMIT', 'concurrently-in-transaction t create-index'],
  ['BEGIN; REFRESH MATERIALIZED VIEW CONCURRENTLY t; COMMIT'],
  [
    'WITH gone AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM gone',
    'destructive-change t delete',
  ],
  ['DROP SCHEMA s CASCADE', 'destructive-change  drop-schema'],
  ['DROP VIEW v'],
  ['INSERT INTO t VALUES (1)'],
];

describe('on a table in use', () => {
  test.each(truth.map(([sql, ...dangers]) => [sql, dangers] as const))('%s: %j', (sql, dangers) => {
    expect(dangersOn(`${sql};`)).toEqual(dangers);
  });
});

describe('on a table that the change creates', () => {
  const onT = truth.filter(
    ([sql, ...dangers]) => dangers.length > 0 && /\bt\b/.test(sql) && !/\bu\b|CONCURRENTLY/.test(sql),
  );
  test.each(onT.map(([sql]) => [sql]))('%s: nothing', (sql) => {
    const create = { path: 'postgres/migrations/001_a.sql', sql: 'CREATE TABLE t (a int, b text);' };
    expect(dangersOn([create, { path: 'postgres/migrations/002_b.sql', sql: `${sql};` }])).toEqual([]);
  });
});

test('what stood there before, and the way down, is nobody’s finding', () => {
  const sql = 'DROP TABLE a;\nCREATE INDEX i ON t (a);\n';
  expect(dangersOn([{ sql: `-- a note\n${sql}`, before: sql }])).toEqual([]);
  expect(dangersOn([{ path: 'postgres/migrations/1_a.down.sql', sql }])).toEqual([]);
});

describe('the words', () => {
  test('stay within 80 words and one question for every statement above, and blame nobody', () => {
    const all = truth.flatMap(([sql]) => findingsOn(`${sql};`));
    expect(all.length).toBeGreaterThan(20);
    for (const finding of all) {
      const text = textOf(finding);
      expect(text.split(/\s+/).length, text).toBeLessThanOrEqual(80);
      expect(text.match(/\?/g)?.length ?? 0, text).toBeLessThanOrEqual(1);
      expect(text).not.toMatch(/\b(you|your|please|simply|just|should|violation)\b|!/i);
    }
  });
});

describe('quiet, and why', () => {
  test('without migrations the rules do not apply', () => {
    for (const rule of dangerRules) {
      expect(outcomeOn(rule, [])).toEqual({
        kind: 'not-applicable',
        reason: 'the change has no migration step',
      });
    }
  });

  test('a file that could not be read is not fine', () => {
    expect(outcomeOn(blockingIndex, [{ path: 'oracle/migrations/1_a.sql', sql: 'SELECT 1;' }])).toEqual({
      kind: 'not-available',
      reason: '`oracle/migrations/1_a.sql` could not be read: written for Oracle, which is not read',
    });
  });

  test('parts that were left out are counted', () => {
    expect(outcomeOn(tableRewrite, 'DROP TABLE t;\nCREATE TABEL u;')).toEqual({
      kind: 'pass',
      seen: '1 statement in 1 migration, none rewrites a table in use; 1 part not analysed',
    });
  });

  test('missing facts are missing', () => {
    const missing = { unavailable: 'no clone' };
    expect(isUnavailable(missing)).toBe(true);
    expect(outcomeOf(blockingIndex, missing)).toEqual({ kind: 'not-available', reason: 'no clone' });
  });
});

test('a finding keeps its id when the file is renamed and lines move, and two tables have two ids', () => {
  const id = (path: string, sql: string) => findingsOn([{ path, sql }])[0]?.fingerprint;
  const first = id('pg/migrations/1_a.sql', 'CREATE INDEX i ON t (a);');
  expect(id('pg/migrations/2_b.sql', '\n\n-- moved\nCREATE  INDEX i ON t (a);')).toBe(first);
  expect(id('pg/migrations/1_a.sql', 'CREATE INDEX i ON u (a);')).not.toBe(first);
});
