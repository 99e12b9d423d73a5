import { type CodeCall, type CodeValue, isNone, isTrue, textOf } from '../code/code-value.ts';
import { quoted, type SqlText } from '../sql-text.ts';
import { onColumn, onTable, type RailsContext, type Told, unknownName } from './rails-context.ts';
import { renamedIndex } from './rails-indexes.ts';
import { indexName } from './rails-names.ts';
import { columnOptions, type Options, railsType } from './rails-types.ts';

/** A column as CREATE TABLE and ADD COLUMN write it. */
export function columnText(name: string, type: string, options: Options, context: RailsContext): string {
  const { text, version } = context;
  return `${text.name(name)} ${railsType(type, options, text, version)}${columnOptions(type, options, text)}`;
}

export function addColumns(
  call: CodeCall,
  context: RailsContext,
  given: readonly (CodeValue | undefined)[],
): Told {
  const { text } = context;
  const columns = given.flatMap((value) => textOf(value) ?? []);
  // `add_column :t, :c, :string`, and `add_columns :t, :a, :b, type: :string`.
  const type = textOf(call.options.get('type')) ?? textOf(call.args[2]);
  if (columns.length < given.length || columns.length === 0 || type === undefined) return unknownName;
  const exists = isTrue(call.options.get('if_not_exists')) ? 'IF NOT EXISTS ' : '';
  return onTable(textOf(call.args[0]), (table) => [
    `ALTER TABLE ${text.name(table)} ${columns.map((column) => `ADD COLUMN ${exists}${columnText(column, type, call.options, context)}`).join(', ')}`,
    ...commentStatements(table, columns, call.options, text),
  ]);
}

function commentStatements(
  table: string,
  columns: readonly string[],
  options: Options,
  text: SqlText,
): readonly string[] {
  const comment = textOf(options.get('comment'));
  if (comment === undefined || text.isMysql) return [];
  return columns.map(
    (column) => `COMMENT ON COLUMN ${text.name(table)}.${text.name(column)} IS ${quoted(comment)}`,
  );
}

export function removeColumns(
  call: CodeCall,
  { text }: RailsContext,
  given: readonly (CodeValue | undefined)[],
): Told {
  const columns = given.flatMap((value) => textOf(value) ?? []);
  if (columns.length < given.length || columns.length === 0) return unknownName;
  const exists = isTrue(call.options.get('if_exists')) ? 'IF EXISTS ' : '';
  return onTable(textOf(call.args[0]), (table) => {
    // SQLite drops one column a statement, and knows no IF EXISTS there.
    if (text.dialect === 'sqlite')
      return columns.map((column) => `ALTER TABLE ${text.name(table)} DROP COLUMN ${text.name(column)}`);
    const drops = columns.map((column) => `DROP COLUMN ${exists}${text.name(column)}`);
    return [`ALTER TABLE ${text.name(table)} ${drops.join(', ')}`];
  });
}

export function renameColumn(call: CodeCall, { text, schema }: RailsContext): Told {
  const to = textOf(call.args[2]);
  if (to === undefined) return unknownName;
  return onColumn(call, (table, column) => [
    `ALTER TABLE ${text.name(table)} RENAME COLUMN ${text.name(column)} TO ${text.name(to)}`,
    // Indexes that Rails named after the column get the new name too.
    ...[...schema.indexColumns]
      .filter(
        ([index, keys]) =>
          schema.indexes.get(index) === table && keys.includes(column) && index === indexName(table, keys),
      )
      .map(([index, keys]) =>
        renamedIndex(
          table,
          index,
          indexName(
            table,
            keys.map((key) => (key === column ? to : key)),
          ),
          text,
        ),
      ),
  ]);
}

export function changeColumn(call: CodeCall, context: RailsContext): Told {
  const type = textOf(call.args[2]);
  if (type === undefined) return unknownName;
  const { text, version, schema } = context;
  return onColumn(call, (table, column) => {
    if (text.isMysql) {
      // Rails writes the column as it was, but for what is given.
      const isRequired = !call.options.has('null') && schema.tables.get(table)?.notNull.has(column) === true;
      const definition = columnText(column, type, call.options, context);
      return [`ALTER TABLE ${text.name(table)} MODIFY COLUMN ${definition}${isRequired ? ' NOT NULL' : ''}`];
    }
    const own = `ALTER COLUMN ${text.name(column)}`;
    const using = textOf(call.options.get('using'));
    const cast = textOf(call.options.get('cast_as'));
    const written = railsType(type, call.options, text, version);
    const fallback = call.options.get('default');
    const isNull = call.options.get('null');
    const clauses = [
      `${own} TYPE ${written}${using === undefined ? '' : ` USING ${using}`}${cast === undefined ? '' : ` USING CAST(${text.name(column)} AS ${cast})`}`,
      ...(fallback === undefined
        ? []
        : [isNone(fallback) ? `${own} DROP DEFAULT` : `${own} SET DEFAULT ${text.value(fallback)}`]),
      ...(isNull?.kind === 'boolean' ? [`${own} ${isNull.is ? 'DROP' : 'SET'} NOT NULL`] : []),
    ];
    return [
      `ALTER TABLE ${text.name(table)} ${clauses.join(', ')}`,
      ...commentStatements(table, [column], call.options, text),
    ];
  });
}

export function changeColumnNull(call: CodeCall, { text, schema }: RailsContext): Told {
  const isNull = call.args[2];
  if (isNull?.kind !== 'boolean')
    return { why: '`change_column_null` with a value that is only known when it runs' };
  return onColumn(call, (table, column) => {
    const fallback = call.args[3];
    const filled =
      !isNull.is && !isNone(fallback)
        ? [
            `UPDATE ${text.name(table)} SET ${text.name(column)} = ${text.value(fallback)} WHERE ${text.name(column)} IS NULL`,
          ]
        : [];
    if (text.isMysql) {
      const type = schema.tables.get(table)?.columns.get(column);
      if (!type)
        return { why: '`change_column_null` of a column whose type was not found, which MySQL needs' };
      const numbers = type.modifiers.length === 0 ? '' : `(${type.modifiers.join(',')})`;
      return [
        ...filled,
        `ALTER TABLE ${text.name(table)} MODIFY COLUMN ${text.name(column)} ${type.name}${numbers}${isNull.is ? '' : ' NOT NULL'}`,
      ];
    }
    return [
      ...filled,
      `ALTER TABLE ${text.name(table)} ALTER COLUMN ${text.name(column)} ${isNull.is ? 'DROP' : 'SET'} NOT NULL`,
    ];
  });
}

export function changeColumnDefault(call: CodeCall, { text }: RailsContext): Told {
  const given = call.options.get('to') ?? call.args[2];
  return onColumn(call, (table, column) => [
    `ALTER TABLE ${text.name(table)} ALTER COLUMN ${text.name(column)} ${isNone(given) ? 'DROP DEFAULT' : `SET DEFAULT ${text.value(given)}`}`,
  ]);
}

export function addTimestamps(call: CodeCall, context: RailsContext): Told {
  const { text } = context;
  return onTable(textOf(call.args[0]), (table) => [
    `ALTER TABLE ${text.name(table)} ${timestampColumns(call.options, context)
      .map((column) => `ADD COLUMN ${column}`)
      .join(', ')}`,
  ]);
}

export function timestampColumns(options: Options, context: RailsContext): readonly string[] {
  const own = new Map(options);
  if (!own.has('null') && context.version >= 5) own.set('null', { kind: 'boolean', is: false });
  if (!own.has('precision'))
    own.set('precision', context.version >= 6 ? { kind: 'number', text: '6' } : { kind: 'none' });
  return ['created_at', 'updated_at'].map((name) => columnText(name, 'datetime', own, context));
}
