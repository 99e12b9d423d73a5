import { type CodeCall, type CodeValue, isNone, isTrue, textOf, textsOf } from '../code/code-value.ts';
import type { SqlText } from '../sql-text.ts';
import { type AlembicContext, argument, onTable, type Told, unknown } from './alembic-told.ts';
import { expressionText } from './sqlalchemy-columns.ts';

export function createIndex(call: CodeCall, { text }: AlembicContext): Told {
  const columns = argument(call, 2, 'columns');
  if (columns?.kind !== 'list')
    return { why: 'an index whose columns are only known when the migration runs' };
  return onTable(call, 1, 'table_name', (table) => {
    const sql = indexStatement(call, textOf(argument(call, 0, 'index_name')), columns.items, table, text);
    return sql === undefined ? unknown : [sql];
  });
}

export function indexStatement(
  call: CodeCall,
  name: string | undefined,
  columns: readonly CodeValue[],
  table: string,
  text: SqlText,
): string | undefined {
  const { options } = call;
  const operators = options.get('postgresql_ops');
  const keys = columns.map((column) => {
    const plain = textOf(column);
    const own =
      operators?.kind === 'map' && plain !== undefined ? textOf(operators.entries.get(plain)) : undefined;
    if (plain !== undefined) return `${text.name(plain)}${own === undefined ? '' : ` ${own}`}`;
    const expression = expressionText(column);
    return /^[\w"]+(?:\s+(?:asc|desc)\b.*)?$/i.test(expression) || expression.endsWith(')')
      ? expression
      : `(${expression})`;
  });
  if (keys.length === 0) return undefined;
  const unique = isTrue(options.get('unique')) ? 'UNIQUE ' : '';
  const using = textOf(options.get('postgresql_using'));
  const where = options.get('postgresql_where');
  const include = textsOf(options.get('postgresql_include'));
  const own = name ?? `ix_${table}_${columns.flatMap((column) => textOf(column) ?? []).join('_')}`;
  if (text.isMysql)
    return `CREATE ${unique}INDEX ${text.name(own)} ON ${text.name(table)} (${keys.join(', ')})`;
  return (
    `CREATE ${unique}INDEX ${text.isPostgres && isTrue(options.get('postgresql_concurrently')) ? 'CONCURRENTLY ' : ''}${isTrue(options.get('if_not_exists')) ? 'IF NOT EXISTS ' : ''}` +
    `${text.name(own)} ON ${text.name(table)}${using === undefined ? '' : ` USING ${using}`} (${keys.join(', ')})` +
    `${include === undefined ? '' : ` INCLUDE (${text.names(include)})`}${isNone(where) ? '' : ` WHERE ${expressionText(where)}`}`
  );
}

export function dropIndex(call: CodeCall, { text }: AlembicContext): Told {
  const name = textOf(argument(call, 0, 'index_name'));
  const table = textOf(argument(call, 1, 'table_name'));
  const schema = textOf(call.options.get('schema'));
  if (name === undefined) return unknown;
  if (text.isMysql)
    return table === undefined ? unknown : [`DROP INDEX ${text.name(name)} ON ${text.name(table)}`];
  const exists = isTrue(call.options.get('if_exists')) ? 'IF EXISTS ' : '';
  return [
    `DROP INDEX ${text.isPostgres && isTrue(call.options.get('postgresql_concurrently')) ? 'CONCURRENTLY ' : ''}${exists}${text.name(schema === undefined ? name : `${schema}.${name}`)}`,
  ];
}
