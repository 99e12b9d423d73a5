import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/core/evaluate.ts';
import type { Finding } from '../../src/core/finding.ts';
import { rules } from '../../src/rules.ts';
import { facts } from '../support/facts.ts';
import { readSql, type SqlFile } from './read-sql.ts';
import { schemaAfter } from './schema-after.ts';

const schema = () =>
  schemaAfter('CREATE TABLE orders (id int, note text, total int); CREATE TABLE users (id int);');
const migrationRules = rules.filter(({ id }) => id.startsWith('migrations/') && !id.includes('undocumented'));

function findingsOn(files: readonly SqlFile[]): readonly Finding[] {
  const migrations = { files: readSql(files, { schema }), decisionRecords: [] };
  return evaluate(facts({ migrations }), migrationRules).flatMap(({ outcome }) =>
    outcome.kind === 'findings' ? outcome.findings : [],
  );
}

const suggestionsOn = (files: readonly SqlFile[]) =>
  findingsOn(files).flatMap(({ suggestion }) => suggestion ?? []);

const flyway = 'db/V2__change.sql';
const goose = 'db/migrations/2_change.sql';
const outside = (sql: string) => `-- +goose Up\n-- +goose NO TRANSACTION\n${sql}`;
const check = 'ALTER TABLE orders ADD CONSTRAINT total_set CHECK (total IS NOT NULL);';

describe('a constraint gets NOT VALID', () => {
  test.each([
    [
      'a check, in the framework’s transaction',
      check,
      'ALTER TABLE orders ADD CONSTRAINT total_set CHECK (total IS NOT NULL) NOT VALID;',
    ],
    [
      'a foreign key over several lines, in lower case, with its comment',
      'alter table orders\n  add constraint by_user foreign key (id)\n  references users (id) on delete cascade; -- owner',
      'alter table orders\n  add constraint by_user foreign key (id)\n  references users (id) on delete cascade not valid; -- owner',
    ],
    [
      'a check before a comment and its semicolon',
      'ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) -- why\n;',
      'ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0) NOT VALID -- why',
    ],
    [
      'a deferred one',
      'ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED;',
      'ALTER TABLE orders ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED NOT VALID;',
    ],
  ])('%s', (_, sql, expected) => {
    expect(suggestionsOn([{ path: flyway, sql: `${sql}\n` }])).toEqual([expected]);
  });

  test.each([
    ['without a name, which the second step needs', 'ALTER TABLE orders ADD CHECK (total > 0);'],
    [
      'among other changes of the table',
      'ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0), ADD COLUMN x int;',
    ],
    ['that is unique', 'ALTER TABLE orders ADD CONSTRAINT c UNIQUE (total);'],
    ['that is a primary key', 'ALTER TABLE orders ADD CONSTRAINT c PRIMARY KEY (id);'],
  ])('not one %s', (_, sql) => {
    expect(findingsOn([{ path: flyway, sql }])).not.toEqual([]);
    expect(suggestionsOn([{ path: flyway, sql }])).toEqual([]);
  });
});

describe('nothing is suggested that does not hold', () => {
  test('in Prisma, whose older versions send a whole file as one transaction, beside another statement', () => {
    const path = 'prisma/migrations/20240101000000_change/migration.sql';
    const sql = 'CREATE INDEX by_total ON orders (total);\n';
    expect(suggestionsOn([{ path, sql }])).toEqual(['CREATE INDEX CONCURRENTLY by_total ON orders (total);']);
    expect(suggestionsOn([{ path, sql: `${sql}ALTER TABLE users ADD COLUMN x int;\n` }])).toEqual([]);
  });

  test('where a later statement builds on the rows having been looked at', () => {
    const sql = `${check}\nALTER TABLE orders ALTER COLUMN total SET NOT NULL;\n`;
    expect(findingsOn([{ path: flyway, sql }]).map(({ rule }) => rule)).toEqual([
      'migrations/full-scan-under-lock',
    ]);
    expect(suggestionsOn([{ path: flyway, sql }])).toEqual([]);
  });

  test('where a later file does', () => {
    const later = { path: 'db/V3__strict.sql', sql: 'ALTER TABLE orders ALTER COLUMN total SET NOT NULL;\n' };
    expect(suggestionsOn([{ path: flyway, sql: check }, later])).toEqual([]);
    expect(suggestionsOn([{ path: flyway, sql: check }])).toHaveLength(1);
  });

  test('where the lock, short by itself, would be held through a backfill', () => {
    const sql = `${check}\nUPDATE users SET id = id + 1;\n`;
    expect(suggestionsOn([{ path: flyway, sql }])).toEqual([]);
  });

  test('where a concurrent build that fails would leave the statements before it done', () => {
    const build = 'CREATE INDEX by_total ON orders (total);';
    expect(suggestionsOn([{ path: goose, sql: outside(build) }])).toEqual([
      'CREATE INDEX CONCURRENTLY by_total ON orders (total);',
    ]);
    expect(suggestionsOn([{ path: goose, sql: outside(`CREATE TABLE fresh (id int);\n${build}`) }])).toEqual(
      [],
    );
  });

  test.each([
    ['a type change', 'ALTER TABLE orders ALTER COLUMN total TYPE text;'],
    ['a dropped table', 'DROP TABLE orders;'],
    ['a backfill', 'UPDATE orders SET total = 0;'],
    ['SET NOT NULL', 'ALTER TABLE orders ALTER COLUMN total SET NOT NULL;'],
  ])('for %s, which no single statement makes safe', (_, sql) => {
    for (const file of [
      { path: flyway, sql },
      { path: goose, sql: outside(sql) },
    ]) {
      expect(findingsOn([file])).not.toEqual([]);
      expect(suggestionsOn([file])).toEqual([]);
    }
  });

  test('for an index that is dropped, since that takes an instant', () => {
    expect(findingsOn([{ path: goose, sql: outside('DROP INDEX by_total;') }])).toEqual([]);
  });

  test('on a partitioned table', () => {
    const sql = 'CREATE TABLE parts (id int) PARTITION BY RANGE (id);';
    const files = readSql(
      [{ path: flyway, sql: 'ALTER TABLE parts ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES users (id);' }],
      { schema: () => schemaAfter(sql) },
    );
    expect(files.flatMap(({ operations }) => operations.flatMap(({ safer }) => safer ?? []))).toEqual([]);
  });

  test('where nobody has to hear of the statement: on a new table, on the way down', () => {
    const sql = `CREATE TABLE fresh (id int);\n${check.replace('orders', 'fresh').replace('total', 'id')}`;
    const files = [
      ...readSql([{ path: flyway, sql }]),
      ...readSql([{ path: 'db/migrations/2_change.down.sql', sql: check }]),
    ];
    expect(files).toHaveLength(2);
    expect(files.flatMap(({ operations }) => operations.flatMap(({ safer }) => safer ?? []))).toEqual([]);
  });

  test('beyond the five that a pull request could show', () => {
    const sql = Array.from({ length: 8 }, (_, n) => check.replace('total_set', `c${n}`)).join('\n');
    expect(suggestionsOn([{ path: flyway, sql }])).toHaveLength(5);
  });
});

test('whatever stands around it, a suggestion that is applied ends its finding and makes no other', () => {
  const statement = fc.constantFrom(
    check,
    'ALTER TABLE orders ADD CONSTRAINT by_user FOREIGN KEY (id) REFERENCES users (id);',
    'ALTER TABLE orders ADD CONSTRAINT c UNIQUE (total);',
    'ALTER TABLE orders VALIDATE CONSTRAINT total_set;',
    'ALTER TABLE orders ALTER COLUMN total SET NOT NULL;',
    'CREATE INDEX by_total ON orders (total);',
    'CREATE INDEX by_user ON users (id);',
    'REINDEX TABLE orders;',
    'CREATE TABLE fresh (id int);',
    'UPDATE users SET id = id + 1;',
    'DROP TABLE users;',
    'BEGIN;',
    'COMMIT;',
    'SELECT 1;',
  );
  const file = fc.record({
    statements: fc.array(statement, { minLength: 1, maxLength: 4 }),
    form: fc.constantFrom<(sql: string) => SqlFile>(
      (sql) => ({ path: flyway, sql }),
      (sql) => ({ path: goose, sql: `-- +goose Up\n${sql}` }),
      (sql) => ({ path: goose, sql: outside(sql) }),
      (sql) => ({ path: 'db/migrations/2_change.up.sql', sql }),
    ),
  });
  let applied = 0;
  fc.assert(
    fc.property(file, ({ statements, form }) => {
      const given = form(statements.join('\n'));
      const before = findingsOn([given]);
      for (const { suggestion, place } of before) {
        if (suggestion === undefined || place?.line === undefined) continue;
        const text = String(given.sql).split('\n');
        text.splice(place.line - 1, (place.endLine ?? place.line) - place.line + 1, suggestion);
        const after = findingsOn([{ ...given, sql: text.join('\n') }]);
        const known = before.map(({ fingerprint }) => fingerprint);
        expect(after.filter((one) => one.place?.line === place.line)).toEqual([]);
        expect(after.filter(({ fingerprint }) => !known.includes(fingerprint))).toEqual([]);
        applied += 1;
      }
    }),
    { numRuns: 300, seed: 5 },
  );
  expect(applied).toBeGreaterThan(50);
});
