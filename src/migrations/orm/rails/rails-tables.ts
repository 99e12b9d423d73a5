import {
  type CodeCall,
  type CodeValue,
  isFalse,
  isNone,
  isTrue,
  textOf,
  textsOf,
} from '../code/code-value.ts';
import { quoted } from '../sql-text.ts';
import { columnText } from './rails-columns.ts';
import { joinTable } from './rails-commands.ts';
import type { RailsContext } from './rails-context.ts';
import { singularOf } from './rails-names.ts';
import { referenceColumns } from './rails-references.ts';
import { tablePart } from './rails-table-parts.ts';
import type { Options } from './rails-types.ts';
import type { ReadBlock, TableStatements } from './table-block.ts';

/** CREATE TABLE with its indexes, as `create_table` and `create_join_table` send it. */
export function createTable(
  call: CodeCall,
  isJoin: boolean,
  context: RailsContext,
  read: ReadBlock,
): TableStatements | { readonly why: string } {
  const { text } = context;
  const table = isJoin ? joinTable(call) : textOf(call.args[0]);
  if (table === undefined) return { why: 'a table whose name is only known when the migration runs' };
  const columns: string[] = [];
  const constraints: string[] = [];
  const before: { sql: string; lines: CodeCall['lines'] }[] = [];
  const after: { sql: string; lines?: CodeCall['lines'] }[] = [];
  const left: { why: string; lines: CodeCall['lines'] }[] = [];
  const keys = textsOf(call.options.get('primary_key'));
  const id = call.options.get('id');
  if (isJoin) {
    const options = new Map([...joinColumnOptions(call)]);
    for (const side of [call.args[0], call.args[1]]) {
      const name = textOf(side);
      if (name !== undefined) columns.push(...referenceColumns(singularOf(name), options, context));
    }
  } else if (!isFalse(id) && (keys?.length ?? 1) === 1)
    columns.push(keyColumn(call, keys?.[0] ?? 'id', context));
  for (const part of call.block ? read(call.block) : []) {
    if ('why' in part) {
      left.push(part);
      continue;
    }
    if ('sent' in part) {
      before.push(...part.sent.map((sql) => ({ sql, lines: part.lines })));
      continue;
    }
    const told = tablePart(table, part, context);
    if ('why' in told) left.push({ why: told.why, lines: part.lines });
    else {
      columns.push(...told.columns);
      constraints.push(...told.constraints);
      after.push(...told.after.map((sql) => ({ sql, lines: part.lines })));
    }
  }
  if (keys && keys.length > 1) constraints.push(`PRIMARY KEY (${text.names(keys)})`);
  const query = textOf(call.options.get('as'));
  const exists = isTrue(call.options.get('if_not_exists')) ? 'IF NOT EXISTS ' : '';
  const temporary = isTrue(call.options.get('temporary')) ? 'TEMPORARY ' : '';
  const unlogged = isTrue(call.options.get('unlogged')) && !text.isMysql ? 'UNLOGGED ' : '';
  const extra = textOf(call.options.get('options'));
  const body = [...columns, ...constraints].join(', ');
  const sql =
    query === undefined
      ? `CREATE ${temporary}${unlogged}TABLE ${exists}${text.name(table)} (${body})${extra === undefined ? '' : ` ${extra}`}`
      : `CREATE ${temporary}TABLE ${exists}${text.name(table)} AS ${query}`;
  const force = call.options.get('force');
  const comment = textOf(call.options.get('comment'));
  const drops =
    !isNone(force) && !isFalse(force) && mayBeThere(table, context)
      ? [{ sql: `DROP TABLE IF EXISTS ${text.name(table)}${textOf(force) === 'cascade' ? ' CASCADE' : ''}` }]
      : [];
  return {
    statements: [
      ...before,
      ...drops,
      { sql },
      ...(comment === undefined || text.isMysql
        ? []
        : [{ sql: `COMMENT ON TABLE ${text.name(table)} IS ${quoted(comment)}` }]),
      ...after,
    ],
    left,
  };
}

/** `force: true` drops what another migration left under the name: as a rule there is none. */
function mayBeThere(table: string, { schema: { tables } }: RailsContext): boolean {
  const isKnown = [...tables.values()].some(({ isOfThisChange }) => !isOfThisChange);
  return !isKnown || tables.has(table);
}

function joinColumnOptions(call: CodeCall): Options {
  const given = call.options.get('column_options');
  const own = given?.kind === 'map' ? given.entries : new Map<string, CodeValue>();
  return new Map<string, CodeValue>([
    ['null', { kind: 'boolean', is: false }],
    ...own,
    ['index', { kind: 'boolean', is: false }],
  ]);
}

function keyColumn(call: CodeCall, name: string, context: RailsContext): string {
  const { text, version } = context;
  const id = call.options.get('id');
  const given = id?.kind === 'map' ? id.entries : new Map<string, CodeValue>();
  const type = textOf(id) ?? textOf(given.get('type')) ?? 'primary_key';
  if (type === 'primary_key' || type === 'bigint' || type === 'integer') {
    const isLong = type === 'bigint' || (type === 'primary_key' && version >= 5.1);
    const own = text.isMysql
      ? `${isLong ? 'bigint' : 'int'} NOT NULL AUTO_INCREMENT`
      : isLong
        ? 'bigserial'
        : 'serial';
    const fallback = call.options.get('default') ?? given.get('default');
    // A default of its own makes a plain number of it.
    const plain =
      fallback === undefined
        ? own
        : `${isLong ? 'bigint' : 'integer'} NOT NULL${isNone(fallback) ? '' : ` DEFAULT ${text.value(fallback)}`}`;
    return `${text.name(name)} ${plain} PRIMARY KEY`;
  }
  const options = new Map<string, CodeValue>([
    ...given,
    ...[...call.options].filter(([key]) => key === 'default' || key === 'limit'),
  ]);
  if (type === 'uuid' && !options.has('default') && !text.isMysql)
    options.set('default', { kind: 'lambda', gives: { kind: 'text', text: 'gen_random_uuid()' } });
  options.set('null', { kind: 'boolean', is: false });
  return `${columnText(name, type, options, context)} PRIMARY KEY`;
}
