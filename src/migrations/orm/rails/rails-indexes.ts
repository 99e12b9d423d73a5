import type { KnownSchema } from '../../sql/schema.ts';
import { type CodeCall, isNone, isOpaque, isTrue, textOf, textsOf } from '../code/code-value.ts';
import type { SqlText } from '../sql-text.ts';
import { onColumn, onTable, type RailsContext, type Told, unknownName } from './rails-context.ts';
import { indexName } from './rails-names.ts';
import type { Options } from './rails-types.ts';

export function addIndex(call: CodeCall, context: RailsContext): Told {
  const columns = textsOf(call.args[1]);
  if (!columns) return unknownName;
  return onTable(textOf(call.args[0]), (table) => indexStatement(table, columns, call.options, context));
}

/** CREATE INDEX as Rails writes it. */
export function indexStatement(
  table: string,
  columns: readonly string[],
  options: Options,
  { text }: RailsContext,
): Told {
  if (isOpaque(options.get('name'))) return unknownName;
  const name = textOf(options.get('name')) ?? indexName(table, columns);
  const using = textOf(options.get('using'));
  const where = textOf(options.get('where'));
  if (where === undefined && options.has('where') && !isNone(options.get('where')))
    return { why: 'an index with a condition that is only known when the migration runs' };
  const include = textsOf(options.get('include'));
  const unique = isTrue(options.get('unique')) ? 'UNIQUE ' : '';
  const full = textOf(options.get('type'))?.toUpperCase();
  const isConcurrent = text.isPostgres && textOf(options.get('algorithm')) === 'concurrently';
  const keys = columns.map((column) => keyText(column, options, columns.length, text)).join(', ');
  if (text.isMysql) {
    const kind = full === 'FULLTEXT' || full === 'SPATIAL' ? `${full} ` : unique;
    return [`CREATE ${kind}INDEX ${text.name(name)} ON ${text.name(table)} (${keys})`];
  }
  const exists = isTrue(options.get('if_not_exists')) ? 'IF NOT EXISTS ' : '';
  return [
    `CREATE ${unique}INDEX ${isConcurrent ? 'CONCURRENTLY ' : ''}${exists}${text.name(name)} ON ${text.name(table)}` +
      `${using === undefined || !text.isPostgres ? '' : ` USING ${using}`} (${keys})` +
      `${include === undefined || !text.isPostgres ? '' : ` INCLUDE (${text.names(include)})`}` +
      `${isTrue(options.get('nulls_not_distinct')) ? ' NULLS NOT DISTINCT' : ''}` +
      `${where === undefined ? '' : ` WHERE ${where}`}`,
  ];
}

/** A plain word is a column; anything else is an expression as PostgreSQL reads it. */
function keyText(column: string, options: Options, count: number, text: SqlText): string {
  if (!/^\w+$/.test(column)) return column;
  const of = (option: string) => {
    const given = options.get(option);
    return textOf(given?.kind === 'map' ? given.entries.get(column) : given);
  };
  const operators = of('opclass');
  const order = of('order');
  const length = options.get('length');
  const own = length?.kind === 'map' ? length.entries.get(column) : length;
  const prefix =
    text.isMysql && own?.kind === 'number' && (count === 1 || length?.kind === 'map') ? `(${own.text})` : '';
  return `${text.name(column)}${prefix}${operators === undefined ? '' : ` ${operators}`}${order === undefined ? '' : ` ${order}`}`;
}

export function removeIndex(call: CodeCall, { text, schema }: RailsContext): Told {
  const columns = textsOf(call.options.get('column') ?? call.args[1]);
  const given = call.options.get('name');
  return onTable(textOf(call.args[0]), (table) => {
    const name =
      textOf(given) ??
      (columns ? (knownIndex(schema, table, columns) ?? indexName(table, columns)) : undefined);
    if (name === undefined) return unknownName;
    if (text.isMysql) return [`DROP INDEX ${text.name(name)} ON ${text.name(table)}`];
    const isConcurrent = text.isPostgres && textOf(call.options.get('algorithm')) === 'concurrently';
    const exists = isTrue(call.options.get('if_exists')) ? 'IF EXISTS ' : '';
    return [`DROP INDEX ${isConcurrent ? 'CONCURRENTLY ' : ''}${exists}${text.name(name)}`];
  });
}

function knownIndex(schema: KnownSchema, table: string, columns: readonly string[]): string | undefined {
  for (const [index, keys] of schema.indexColumns)
    if (schema.indexes.get(index) === table && keys.join() === columns.join()) return index;
  return undefined;
}

export function renameIndex(call: CodeCall, { text }: RailsContext): Told {
  const to = textOf(call.args[2]);
  if (to === undefined) return unknownName;
  return onColumn(call, (table, index) => [renamedIndex(table, index, to, text)]);
}

export function renamedIndex(table: string, from: string, to: string, text: SqlText): string {
  return text.isMysql
    ? `ALTER TABLE ${text.name(table)} RENAME INDEX ${text.name(from)} TO ${text.name(to)}`
    : `ALTER INDEX ${text.name(from)} RENAME TO ${text.name(to)}`;
}
