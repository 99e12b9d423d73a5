import { type CodeCall, type CodeValue, isTrue, textOf, textsOf } from '../code/code-value.ts';
import { quoted } from '../sql-text.ts';
import {
  addColumns,
  addTimestamps,
  changeColumn,
  changeColumnDefault,
  changeColumnNull,
  removeColumns,
  renameColumn,
} from './rails-columns.ts';
import {
  addCheck,
  addExclusion,
  addUnique,
  removeCheck,
  removeNamed,
  validateNamed,
} from './rails-constraints.ts';
import {
  type Command,
  commentOf,
  onColumn,
  onTable,
  type RailsContext,
  type Told,
  unknownName,
} from './rails-context.ts';
import { addIndex, removeIndex, renamedIndex, renameIndex } from './rails-indexes.ts';
import { indexName } from './rails-names.ts';
import {
  addForeignKey,
  addReference,
  removeForeignKey,
  removeReference,
  validateForeignKey,
} from './rails-references.ts';

/** The statements of one schema call outside of a table's block; undefined for a call that is none. */
export function railsStatements(name: string, call: CodeCall, context: RailsContext): Told | undefined {
  const command = commands.get(name);
  if (!command) return undefined;
  // Only PostgreSQL has extensions and types of its own making; elsewhere Rails takes no notice.
  if (/_extension$/.test(name) && !context.text.isPostgres) return [];
  if (context.text.dialect === 'sqlite' && copying.has(name))
    return { why: `\`${name}\`, for which Rails writes the whole table again on SQLite` };
  if (call.hasMore) return { why: `\`${name}\` with arguments that are only known when the migration runs` };
  return command(call, context);
}

/**
 * Source: Rails 7.1, `SQLite3Adapter#alter_table`. Columns that are removed or renamed take that way too; what becomes of
 * them is told by the statement that SQLite has for it.
 */
const copying: ReadonlySet<string> = new Set([
  'change_column',
  'change_column_null',
  'change_column_default',
  'add_foreign_key',
  'remove_foreign_key',
  'add_check_constraint',
  'remove_check_constraint',
]);

const timestamps: readonly CodeValue[] = ['created_at', 'updated_at'].map((text) => ({ kind: 'text', text }));

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['add_column', (call, context) => addColumns(call, context, [call.args[1]])],
  ['add_columns', (call, context) => addColumns(call, context, call.args.slice(1))],
  ['remove_column', (call, context) => removeColumns(call, context, [call.args[1]])],
  ['remove_columns', (call, context) => removeColumns(call, context, call.args.slice(1))],
  ['rename_column', renameColumn],
  ['change_column', changeColumn],
  ['change_column_null', changeColumnNull],
  ['change_column_default', changeColumnDefault],
  ['add_index', addIndex],
  ['remove_index', removeIndex],
  ['rename_index', renameIndex],
  ['add_reference', addReference],
  ['add_belongs_to', addReference],
  ['remove_reference', removeReference],
  ['remove_belongs_to', removeReference],
  ['add_foreign_key', addForeignKey],
  ['remove_foreign_key', removeForeignKey],
  ['validate_foreign_key', validateForeignKey],
  ['add_check_constraint', addCheck],
  ['remove_check_constraint', removeCheck],
  ['validate_check_constraint', validateNamed],
  ['validate_constraint', validateNamed],
  ['add_unique_constraint', addUnique],
  ['add_unique_key', addUnique],
  ['remove_unique_constraint', removeNamed],
  ['add_exclusion_constraint', addExclusion],
  ['remove_exclusion_constraint', removeNamed],
  ['drop_table', dropTable],
  ['drop_join_table', (call, context) => onTable(joinTable(call), (table) => [`DROP TABLE ${context.text.name(table)}`])],
  ['rename_table', renameTable],
  ['add_timestamps', addTimestamps],
  ['remove_timestamps', (call, context) => removeColumns(call, context, timestamps)],
  ['change_table_comment', (call, { text }) =>
    text.isMysql ? [] : onTable(textOf(call.args[0]), (table) => [`COMMENT ON TABLE ${text.name(table)} IS ${text.value(commentOf(call.args[1]))}`])],
  ['change_column_comment', (call, { text }) =>
    text.isMysql ? { why: 'a comment, which MySQL keeps by writing the whole column again' } : onColumn(call, (table, column) => [
      `COMMENT ON COLUMN ${text.name(table)}.${text.name(column)} IS ${text.value(commentOf(call.args[2]))}`,
    ])],
  ['enable_extension', (call, { text }) =>
    onTable(textOf(call.args[0]), (name) => [`CREATE EXTENSION IF NOT EXISTS ${text.name(name.split('.').at(-1) ?? name)}`])],
  ['disable_extension', (call, { text }) =>
    onTable(textOf(call.args[0]), (name) => [`DROP EXTENSION IF EXISTS ${text.name(name)} CASCADE`])],
  ['create_enum', (call, { text }) => {
    const values = textsOf(call.args[1]);
    if (!values) return unknownName;
    return onTable(textOf(call.args[0]), (name) => [`CREATE TYPE ${text.name(name)} AS ENUM (${values.map(quoted).join(', ')})`]);
  }],
  ['drop_enum', (call, { text }) => onTable(textOf(call.args[0]), (name) => [`DROP TYPE ${text.name(name)}`])],
  ['add_enum_value', (call, { text }) => {
    const value = textOf(call.args[1]);
    if (value === undefined) return unknownName;
    const exists = isTrue(call.options.get('if_not_exists')) ? 'IF NOT EXISTS ' : '';
    return onTable(textOf(call.args[0]), (name) => [`ALTER TYPE ${text.name(name)} ADD VALUE ${exists}${quoted(value)}`]);
  }],
  ['rename_enum_value', (call, { text }) => {
    const [from, to] = [textOf(call.options.get('from')), textOf(call.options.get('to'))];
    if (from === undefined || to === undefined) return unknownName;
    return onTable(textOf(call.args[0]), (name) => [`ALTER TYPE ${text.name(name)} RENAME VALUE ${quoted(from)} TO ${quoted(to)}`]);
  }],
  ['rename_enum', (call, { text }) => {
    const to = textOf(call.args[1]) ?? textOf(call.options.get('to'));
    if (to === undefined) return unknownName;
    return onTable(textOf(call.args[0]), (name) => [`ALTER TYPE ${text.name(name)} RENAME TO ${text.name(to)}`]);
  }],
  ['drop_view', (call, { text }) =>
    onTable(textOf(call.args[0]), (name) => [`DROP ${isTrue(call.options.get('materialized')) ? 'MATERIALIZED ' : ''}VIEW ${text.name(name)}`])],
  ['create_view', viewElsewhere],
  ['update_view', viewElsewhere],
  ['replace_view', viewElsewhere],
  ['commit_db_transaction', () => ['COMMIT']],
  ['begin_db_transaction', () => ['BEGIN']],
  ['create_schema', (call, { text }) => onTable(textOf(call.args[0]), (name) => [`CREATE SCHEMA ${text.name(name)}`])],
  ['drop_schema', (call, { text }) => onTable(textOf(call.args[0]), (name) => [`DROP SCHEMA ${text.name(name)} CASCADE`])],
]); // biome-ignore format: one command a line

/** Scenic keeps each version of a view in a file of its own. */
function viewElsewhere(call: CodeCall, { text }: RailsContext): Told {
  const sql = textOf(call.options.get('sql_definition'));
  if (sql === undefined || call.name !== 'create_view')
    return { why: `\`${call.name}\`, whose SQL stands in \`db/views/\`` };
  return onTable(textOf(call.args[0]), (name) => [
    `CREATE ${isTrue(call.options.get('materialized')) ? 'MATERIALIZED ' : ''}VIEW ${text.name(name)} AS ${sql}`,
  ]);
}

function dropTable(call: CodeCall, { text }: RailsContext): Told {
  const tables = call.args.flatMap((value) => textOf(value) ?? []);
  if (tables.length === 0 || tables.length < call.args.length) return unknownName;
  const exists = isTrue(call.options.get('if_exists')) ? 'IF EXISTS ' : '';
  const cascade = textOf(call.options.get('force')) === 'cascade' ? ' CASCADE' : '';
  return tables.map((table) => `DROP TABLE ${exists}${text.name(table)}${cascade}`);
}

function renameTable(call: CodeCall, { text, schema }: RailsContext): Told {
  return onColumn(call, (table, to) => [
    text.isMysql
      ? `RENAME TABLE ${text.name(table)} TO ${text.name(to)}`
      : `ALTER TABLE ${text.name(table)} RENAME TO ${text.name(to)}`,
    // Indexes that Rails named after the table get the new name too.
    ...[...schema.indexColumns]
      .filter(
        ([index, columns]) => schema.indexes.get(index) === table && index === indexName(table, columns),
      )
      .map(([index, columns]) => renamedIndex(to, index, indexName(to, columns), text)),
  ]);
}

/** The table that joins two: both names in order of the alphabet, unless it is given. */
export function joinTable(call: CodeCall): string | undefined {
  const given = textOf(call.options.get('table_name'));
  if (given !== undefined) return given;
  const [one, other] = [textOf(call.args[0]), textOf(call.args[1])];
  if (one === undefined || other === undefined) return undefined;
  if (one.length + other.length > 200) return [one, other].toSorted().join('_');
  // Tables that begin alike keep the common words once.
  return [one, other]
    .toSorted()
    .join('\0')
    .replace(/^(.*[._])(.+)\0\1(.+)/, '$1$2_$3')
    .replace('\0', '_');
}
