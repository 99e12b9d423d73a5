import type { Operation } from '../../core/migration-facts.ts';

const words: Readonly<Record<string, string>> = {
  'create-index': 'CREATE INDEX',
  'add-required-column': 'ADD COLUMN',
  'add-check': 'ADD CHECK',
  'add-foreign-key': 'ADD FOREIGN KEY',
  'add-unique': 'ADD UNIQUE',
  'add-primary-key': 'ADD PRIMARY KEY',
  'add-not-null': 'ADD NOT NULL',
  'add-exclusion': 'ADD EXCLUDE',
  'change-type': 'ALTER COLUMN … TYPE',
  'insert-select': 'INSERT … SELECT',
  insert: 'INSERT',
};

/** The statement's own words between backticks, CONCURRENTLY included: "`CREATE INDEX CONCURRENTLY`". */
export function statementWords({ kind, concurrently }: Operation): string {
  const plain = words[kind] ?? kind.toUpperCase().replaceAll('-', ' ');
  return `\`${plain}${concurrently ? ' CONCURRENTLY' : ''}\``;
}

const names: Readonly<Record<string, string>> = {
  'golang-migrate': 'golang-migrate',
  goose: 'goose',
  dbmate: 'dbmate',
  'sql-migrate': 'sql-migrate',
  sqlx: 'sqlx',
  sql: 'the runner of this folder',
};

/** A framework as its own documents write it ("Flyway"). */
export function frameworkName(framework: string): string {
  return names[framework] ?? framework.charAt(0).toUpperCase() + framework.slice(1);
}
