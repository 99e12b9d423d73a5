import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { MigrationFile } from '../../../src/core/migration-facts.ts';
import { operationText } from '../frameworks/read-framework.ts';
import { readSql } from '../read-sql.ts';
import { readPrograms } from './read-programs.ts';

const root = fileURLToPath(new URL('rails-on-mysql/', import.meta.url));
const sent: { readonly files: Readonly<Record<string, readonly string[]>> } = JSON.parse(
  readFileSync(`${root}sent.json`, 'utf8'),
);
const names = readdirSync(`${root}db/migrate`).toSorted();
const files = readPrograms(
  Object.fromEntries(
    names.map((name) => [`db/migrate/${name}`, readFileSync(`${root}db/migrate/${name}`, 'utf8')]),
  ),
  { 'config/database.yml': 'production:\n  adapter: mysql2\n' },
);
const told = readSql(
  Object.values(sent.files).map((statements, at) => ({
    path: `mysql/migrations/000${at}_step.sql`,
    sql: statements.join(';\n'),
  })),
);

/** What is done to tables in use; what a CREATE TABLE holds and what follows it at once is one thing here. */
function done(file: MigrationFile | undefined): readonly string[] {
  return (file?.operations ?? [])
    .filter(({ kind }) => !/^(?:create-table|set-default)$/.test(kind))
    .map(({ name: _, ...operation }) => operationText({ ...operation, inTransaction: true }))
    .toSorted();
}

test.each(
  Object.keys(sent.files)
    .slice(1)
    .map((path, at) => [path, at + 1] as const),
)('%s does on MySQL what Rails sends for it', (path, at) => {
  const file = files.find((one) => one.path === path);
  expect(file?.notAnalysed).toEqual([]);
  expect(done(file)).toEqual(done(told[at]));
});

test('a change of the schema stands alone: MySQL ends every transaction with it', () => {
  expect(new Set(files.map(({ transaction }) => transaction))).toEqual(new Set(['no-transaction']));
});

test('with Departure, pt-online-schema-change copies a table while it is read and written', () => {
  const source = (head: string) =>
    `class A < ActiveRecord::Migration[7.1]\n${head}  def up\n    change_column :orders, :id, "bigint NOT NULL"\n    rename_table :a, :b\n  end\nend\n`;
  const read = (head: string) =>
    readPrograms(
      { 'db/migrate/20240101000000_a.rb': source(head) },
      { 'config/database.yml': 'production:\n  adapter: mysql2\n' },
    ).flatMap(({ operations }) => operations.map(({ kind, blocks }) => `${kind} ${blocks}`));
  expect(read('')).toEqual(['change-type unknown', 'rename-table reads']);
  expect(read('  uses_departure! if Rails.env.production?\n')).toEqual([
    'change-type nothing',
    'rename-table reads',
  ]);
});
