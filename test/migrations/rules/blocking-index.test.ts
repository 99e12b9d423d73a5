import { describe, expect, test } from 'vitest';
import type { KnownSchema } from '../../../src/migrations/sql/schema.ts';
import { schemaAfter } from '../schema-after.ts';
import { dangersOn, findingsOn, textOf } from './danger-rules.ts';

test('an index build in a transaction is told until when writers wait', () => {
  const [finding] = findingsOn([
    { path: 'pg/migrations/1_a.sql', sql: '-- +goose Up\nCREATE INDEX by_status ON orders (status);' },
  ]);
  expect(textOf(finding)).toBe(
    '`CREATE INDEX` `by_status` takes a SHARE lock on `orders` for the length of a full scan.\n' +
      'Writes to `orders` wait until the transaction commits; the wait grows with the table.\n' +
      'Would `CREATE INDEX CONCURRENTLY`, in a file with `-- +goose NO TRANSACTION`, do?',
  );
  expect(finding).toMatchObject({
    place: { path: 'pg/migrations/1_a.sql', line: 2 },
    confidence: 'high',
    level: 'warning',
  });
  expect(finding).not.toHaveProperty('suggestion');
});

test('a hostile name stays inside its code span', () => {
  const [finding] = findingsOn('CREATE INDEX i ON "a`\n::error::b" (c);');
  expect(finding?.observation).toBe(
    '`CREATE INDEX` `i` takes a SHARE lock on `aˋ\\u{a}::error::b` for the length of a full scan.',
  );
});

describe('a suggestion replaces exactly the lines', () => {
  const suggestionFor = (path: string, sql: string) => findingsOn([{ path, sql }])[0]?.suggestion;

  test('where the statement then stands outside a transaction', () => {
    expect(
      suggestionFor('pg/migrations/1_a.up.sql', '-- why\n  create unique index i\n    on t (a);\n'),
    ).toBe('  create unique index concurrently i\n    on t (a);');
    expect(
      suggestionFor(
        'pg/migrations/1_a.sql',
        '-- +goose Up\n-- +goose NO TRANSACTION\nCREATE INDEX i ON t (a); -- slow\nSELECT 1;',
      ),
    ).toBe('CREATE INDEX CONCURRENTLY i ON t (a); -- slow');
  });

  test.each([
    ['in a transaction', 'pg/V1__a.sql', 'CREATE INDEX i ON t (a);'],
    ['where the transaction is not known', 'pg/migrations/1_a.sql', 'CREATE INDEX i ON t (a);'],
    [
      'in one message with another statement',
      'pg/migrations/1_a.up.sql',
      'CREATE INDEX i ON t (a);\nSELECT 1;',
    ],
    [
      'on a line with another statement',
      'pg/migrations/1_a.sql',
      '-- +goose Up\n-- +goose NO TRANSACTION\nSELECT 1; CREATE INDEX i ON t (a);',
    ],
  ])('none %s', (_, path, sql) => {
    expect(dangersOn([{ path, sql }])).toEqual(['blocking-index t create-index']);
    expect(suggestionFor(path, sql)).toBeUndefined();
  });

  test('and the file with it applied has no finding', () => {
    const path = 'pg/migrations/1_a.up.sql';
    const suggestion = suggestionFor(path, 'CREATE INDEX i ON t (a);');
    expect(dangersOn([{ path, sql: suggestion ?? '' }])).toEqual([]);
  });
});

describe('on a table that is known to be partitioned', () => {
  const schema = (): KnownSchema => schemaAfter('CREATE TABLE t (a int) PARTITION BY RANGE (a);');

  test('CONCURRENTLY is not proposed, since PostgreSQL refuses it there', () => {
    const [finding] = findingsOn([{ path: 'pg/migrations/1_a.up.sql', sql: 'CREATE INDEX i ON t (a);' }], {
      schema,
    });
    expect(finding?.action).toBe(
      'Would the index `ON ONLY` the parent, one built `CONCURRENTLY` on each partition, and `ATTACH PARTITION` do?',
    );
    expect(finding?.suggestion).toBeUndefined();
  });

  test('an index on the parent alone builds nothing', () => {
    expect(findingsOn('CREATE INDEX i ON ONLY t (a);', { schema })).toEqual([]);
  });
});

describe('put into a merged migration that makes the table itself', () => {
  const before = 'CREATE TABLE IF NOT EXISTS t (a int);\n';
  const on = (path: string, sql = 'CREATE INDEX i ON t (a);') =>
    dangersOn([{ path, before, sql: before + sql }]);

  test('nobody waits for it: the file runs where the table is not there yet', () => {
    expect(on('pg/migrations/1_a.up.sql')).toEqual([]);
    expect(on('pg/migrations/1_a.up.sql', 'CREATE INDEX i ON u (a);')).toEqual([
      'blocking-index u create-index',
    ]);
  });

  test('a file that may run again is no such migration', () => {
    expect(on('postgres/migrations/1_a.sql'), 'whose runner is not known').toHaveLength(1);
    expect(on('postgres/migration/R__a.sql'), 'repeatable').toHaveLength(1);
  });
});
