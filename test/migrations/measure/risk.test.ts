import { describe, expect, test } from 'vitest';
import { riskOf } from '../../../src/migrations/measure/risk.ts';
import { readSql } from '../read-sql.ts';

describe('the risk of a change is what its statements do', () => {
  test.each([
    ['CREATE TABLE t (a int); CREATE INDEX ON t (a); DROP TABLE t;', 'low'],
    ['ALTER TABLE t ADD COLUMN c int;', 'low'],
    ['CREATE INDEX CONCURRENTLY i ON t (a);', 'medium'],
    ['ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (id) NOT VALID;', 'medium'],
    ['UPDATE t SET a = 1 WHERE b = 2;', 'low'],
    ['DELETE FROM t WHERE b = 2;', 'low'],
    ['UPDATE t SET a = 1 WHERE b IS NULL;', 'medium'],
    ['DO $$ BEGIN END $$;', 'medium'],
    ['ALTER TABLE t ALTER a SET NOT NULL;', 'high'],
    ['ALTER TABLE t RENAME COLUMN a TO b;', 'high'],
    ['ALTER TABLE t ADD COLUMN c serial;', 'high'],
    ['DROP TABLE t;', 'high'],
    ['UPDATE t SET a = 1;', 'high'],
  ])('%s: %s', (sql, risk) => {
    expect(riskOf(readSql(sql))).toBe(risk);
  });

  test.each([
    ['mysql', 'ALTER TABLE t ADD COLUMN c int;', 'low'],
    ['mysql', 'ALTER TABLE t ENGINE=InnoDB;', 'low'],
    ['mysql', 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);', 'high'],
    ['mysql', 'CREATE INDEX i ON t (a);', 'medium'],
    ['mysql', 'ALTER TABLE t DROP COLUMN a;', 'high'],
    ['sqlite', 'ALTER TABLE t ADD COLUMN c int;', 'low'],
    ['sqlite', 'ALTER TABLE t DROP COLUMN a;', 'high'],
  ])('%s: %s: %s', (database, sql, risk) => {
    expect(riskOf(readSql([{ path: `${database}/migrations/1_a.sql`, sql }]))).toBe(risk);
  });

  test('the highest of all files counts, the way back and old statements do not', () => {
    expect(riskOf(readSql([{ sql: 'CREATE TABLE a (b int);' }, { sql: 'DROP TABLE t;' }]))).toBe('high');
    expect(riskOf(readSql([{ path: 'pg/migrations/1_a.down.sql', sql: 'DROP TABLE t;' }]))).toBe('low');
    expect(riskOf(readSql([{ sql: 'DROP TABLE t;\n-- more\n', before: 'DROP TABLE t;\n' }]))).toBe('low');
    expect(riskOf([])).toBe('low');
  });
});
