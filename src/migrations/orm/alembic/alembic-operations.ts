import { type CodeCall, type CodeValue, isTrue, textOf, textsOf } from '../code/code-value.ts';
import { quoted } from '../sql-text.ts';
import { createIndex, dropIndex } from './alembic-indexes.ts';
import { addColumn, alterColumn, createTable } from './alembic-tables.ts';
import {
  type AlembicContext,
  argument,
  type Handler,
  named,
  onTable,
  type Told,
  unknown,
} from './alembic-told.ts';
import { expressionText, keyOptions } from './sqlalchemy-columns.ts';

/** The statements of one call on `op`; undefined for one that Alembic does not know. */
export function alembicStatements(name: string, call: CodeCall, context: AlembicContext): Told | undefined {
  const handler = handlers[name];
  if (!handler) return undefined;
  return call.hasMore
    ? { why: `\`${name}\` with arguments that are only known when the migration runs` }
    : handler(call, context);
}

/** The same call with the table in its place, as a batch leaves it out. */
export function inBatch(name: string, call: CodeCall, table: CodeValue): CodeCall {
  // These name what they make or drop first, and the table behind it.
  const isSecond =
    /^(?:create_(?:index|foreign_key|unique_constraint|check_constraint|primary_key|exclude_constraint)|drop_(?:index|constraint))$/.test(
      name,
    );
  const args = isSecond
    ? [
        call.args[0] ??
          call.options.get(`${name.includes('index') ? 'index' : 'constraint'}_name`) ?? {
            kind: 'none' as const,
          },
        table,
        ...call.args.slice(1),
      ]
    : [table, ...call.args];
  return { ...call, args };
}

const handlers: Readonly<Record<string, Handler>> = {
  create_table: createTable,
  drop_table: (call, { text }) =>
    onTable(call, 0, 'table_name', (table) => [
      `DROP TABLE ${isTrue(call.options.get('if_exists')) ? 'IF EXISTS ' : ''}${text.name(table)}`,
    ]),
  rename_table: (call, { text }) => {
    const to = textOf(argument(call, 1, 'new_table_name'));
    if (to === undefined) return unknown;
    return onTable(call, 0, 'old_table_name', (table) => [
      `ALTER TABLE ${text.name(table)} RENAME TO ${text.name(to)}`,
    ]);
  },
  add_column: addColumn,
  drop_column: (call, { text }) => {
    const column = textOf(argument(call, 1, 'column_name'));
    if (column === undefined) return unknown;
    return onTable(call, 0, 'table_name', (table) => [
      `ALTER TABLE ${text.name(table)} DROP COLUMN ${isTrue(call.options.get('if_exists')) ? 'IF EXISTS ' : ''}${text.name(column)}`,
    ]);
  },
  alter_column: alterColumn,
  create_index: createIndex,
  drop_index: dropIndex,
  create_foreign_key: createForeignKey,
  create_unique_constraint: (call, { text }) => {
    const columns = textsOf(argument(call, 2, 'columns'));
    if (!columns) return unknown;
    return onTable(call, 1, 'table_name', (table) => [
      `ALTER TABLE ${text.name(table)} ADD ${named(call, text)}UNIQUE (${text.names(columns)})${keyOptions(call.options, text)}`,
    ]);
  },
  create_primary_key: (call, { text }) => {
    const columns = textsOf(argument(call, 2, 'columns'));
    if (!columns) return unknown;
    return onTable(call, 1, 'table_name', (table) => [
      `ALTER TABLE ${text.name(table)} ADD ${named(call, text)}PRIMARY KEY (${text.names(columns)})`,
    ]);
  },
  create_check_constraint: (call, { text }) =>
    onTable(call, 1, 'table_name', (table) => [
      `ALTER TABLE ${text.name(table)} ADD ${named(call, text)}CHECK (${expressionText(argument(call, 2, 'condition'))})${keyOptions(call.options, text)}`,
    ]),
  create_exclude_constraint: (call, { text }) =>
    onTable(call, 1, 'table_name', (table) => [
      `ALTER TABLE ${text.name(table)} ADD ${named(call, text)}EXCLUDE USING ${textOf(call.options.get('using')) ?? 'gist'} (('…') WITH =)`,
    ]),
  drop_constraint: (call, { text }) => {
    const name = textOf(argument(call, 0, 'constraint_name'));
    if (name === undefined) return unknown;
    const isKey = textOf(argument(call, 2, 'type_')) === 'foreignkey';
    return onTable(call, 1, 'table_name', (table) => [
      `ALTER TABLE ${text.name(table)} DROP ${text.isMysql && isKey ? 'FOREIGN KEY' : 'CONSTRAINT'} ${isTrue(call.options.get('if_exists')) ? 'IF EXISTS ' : ''}${text.name(name)}`,
    ]);
  },
  create_table_comment: (call, { text }) =>
    text.isMysql
      ? []
      : onTable(call, 0, 'table_name', (table) => [
          `COMMENT ON TABLE ${text.name(table)} IS ${quoted(textOf(argument(call, 1, 'comment')) ?? '…')}`,
        ]),
  drop_table_comment: (call, { text }) =>
    text.isMysql
      ? []
      : onTable(call, 0, 'table_name', (table) => [`COMMENT ON TABLE ${text.name(table)} IS NULL`]),
  bulk_insert: () => ({ why: '`bulk_insert`, rows that are put in through SQLAlchemy' }),
};

function createForeignKey(call: CodeCall, { text }: AlembicContext): Told {
  const to = textOf(argument(call, 2, 'referent_table'));
  const own = textsOf(argument(call, 3, 'local_cols'));
  const keys = textsOf(argument(call, 4, 'remote_cols'));
  const schema = textOf(call.options.get('referent_schema'));
  if (to === undefined || !own || !keys) return unknown;
  return onTable(call, 1, 'source_table', (table) => [
    `ALTER TABLE ${text.name(table)} ADD ${named(call, text)}FOREIGN KEY(${text.names(own)}) ` +
      `REFERENCES ${text.name(schema === undefined ? to : `${schema}.${to}`)} (${text.names(keys)})${keyOptions(call.options, text)}`,
  ]);
}
