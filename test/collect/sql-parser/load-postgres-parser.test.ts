import { expect, test } from 'vitest';
import { loadPostgresParser } from '../../../src/collect/sql-parser/load-postgres-parser.ts';

test('a statement becomes a tree, with byte offsets', async () => {
  const parse = await loadPostgresParser();
  expect(parse("SELECT 'é'; DROP TABLE t")).toMatchObject({
    stmts: [{ stmt_len: 11 }, { stmt_location: 13, stmt: { DropStmt: { removeType: 'OBJECT_TABLE' } } }],
  });
});

test('the parser is loaded once', async () => {
  expect(await loadPostgresParser()).toBe(await loadPostgresParser());
});

test('what the grammar refuses comes back as a value', async () => {
  const parse = await loadPostgresParser();
  expect(parse('CREATE INDX')).toEqual({ fault: 'syntax error at or near "INDX"' });
  expect(parse('SELECT 1\0')).toEqual({ fault: 'the text holds a NUL character' });
  expect(parse('')).toEqual({ stmts: [] });
});

test('after an overflowing stack the parser is as new, and after four in one change it gives up', async () => {
  const parse = await loadPostgresParser();
  const deep = `SELECT ${'1+'.repeat(20_000)}1`;
  for (let overflow = 1; overflow <= 4; overflow += 1) {
    expect(parse('SELECT 1')).toHaveProperty('stmts');
    expect(parse(deep)).toEqual({ fault: 'nested too deeply or too large for the parser' });
  }
  expect(parse('SELECT 1')).toEqual({ fault: 'the parser gave up after 4 statements nested too deeply' });
  expect(
    (await loadPostgresParser())('SELECT 1'),
    'for the next change the count begins anew',
  ).toHaveProperty('stmts');
});

test('however often the stack overflows, the answers stay what they were', async () => {
  const deep = `SELECT ${'1+'.repeat(20_000)}1`;
  const sql = "ALTER TABLE a ADD COLUMN b numeric(12, 2) NOT NULL DEFAULT 0 CHECK (b >= 0); SELECT 'é'";
  const before = (await loadPostgresParser())(sql);
  for (let change = 1; change <= 12; change += 1) {
    const parse = await loadPostgresParser();
    for (let overflow = 1; overflow <= 3; overflow += 1) {
      expect(parse(deep)).toHaveProperty('fault');
      expect(parse(sql)).toEqual(before);
    }
  }
});
