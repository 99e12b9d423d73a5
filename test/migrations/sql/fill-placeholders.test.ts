import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillPlaceholders } from '../../../src/migrations/sql/fill-placeholders.ts';
import { readSql } from '../read-sql.ts';

test.each([
  ['a schema before a table', 'ALTER TABLE {{ index .Options "Namespace" }}.users ADD a int;', 'users'],
  ['a quoted schema', 'ALTER TABLE "{{.Schema}}".users ADD a int;', 'users'],
  ['a whole name', 'ALTER TABLE {{ .T }} ADD a int;', 'p_______'],
])('%s', (_, sql, table) => {
  const [file] = readSql(sql);
  expect(file?.notAnalysed).toEqual([]);
  expect(file?.operations.map((operation) => operation.table)).toEqual([table]);
});

test('what stands between the marks of a condition is read as if it were so', () => {
  const sql = 'CREATE INDEX {{ if not .Transactional }}concurrently{{end}} i ON "{{.Schema}}".t (a);';
  expect(readSql(sql)[0]?.operations[0]).toMatchObject({
    kind: 'create-index',
    table: 't',
    concurrently: true,
  });
});

test('no text is offered in place of one that holds a placeholder', () => {
  const safer = (table: string) =>
    readSql([
      { path: 'db/1_a.sql', sql: `-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX i ON ${table} (a);` },
    ])[0]?.operations[0]?.safer;
  expect(safer('t')).toBeDefined();
  expect(safer('{{.Schema}}.t')).toBeUndefined();
});

test('length and lines stay, whatever the text', () => {
  const parts = fc.constantFrom('{{', '}}', '{', '.', '"', '\n', 'a', ' if ', 'end');
  fc.assert(
    fc.property(fc.array(parts), (pieces) => {
      const text = pieces.join('');
      const filled = fillPlaceholders(text);
      expect(filled.length).toBe(text.length);
      expect(filled.split('\n').length).toBe(text.split('\n').length);
    }),
  );
});
