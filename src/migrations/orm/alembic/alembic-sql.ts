import type { LineRange } from '../../../core/change.ts';
import type { NotAnalysed } from '../../../core/migration-facts.ts';
import { type CodeNode, fieldOf, findAll, type Program, sourceOf } from '../code/code-node.ts';
import { type CodeCall, type CodeValue, lastName, textOf } from '../code/code-value.ts';
import type { SourceStatement } from '../orm-reader.ts';
import { quoted } from '../sql-text.ts';
import type { AlembicContext } from './alembic-told.ts';
import { sqlType } from './sqlalchemy-types.ts';

export interface Walk {
  readonly program: Program;
  readonly functions: ReadonlyMap<string, CodeNode>;
  readonly grown: ReadonlySet<string>;
  readonly context: AlembicContext;
  readonly statements: SourceStatement[];
  readonly left: NotAnalysed[];
  /** Inside `autocommit_block()`. */
  isOutside: boolean;
  rounds: number;
  calls: number;
}

export type Names = Map<string, CodeValue>;

export function leave(walk: Walk, lines: LineRange, why: string): void {
  walk.left.push({ lines, why });
}

export function opName(name: string): string | undefined {
  return /^(?:op|operations|alembic\.op|self\.op)\.(\w+)$/.exec(name)?.[1];
}

/** `conn.execute(…)`, where the name stands for a connection. */
export function isSqlCall(call: CodeCall, scope: Names): boolean {
  if (lastName(call.name) !== 'execute' && lastName(call.name) !== 'exec_driver_sql') return false;
  if (call.name.startsWith('op.')) return true;
  const owner = call.name.slice(0, call.name.lastIndexOf('.'));
  const value = scope.get(owner) ?? call.receiver;
  return (
    (value?.kind === 'call' &&
      /(?:get_bind|connect|connection|Session|sessionmaker|begin|cursor)$/i.test(value.name)) ||
    /^(?:conn|connection|bind|session|db|cursor|engine|\w+_conn)$/i.test(owner)
  );
}

/** Calls that change nothing in the schema and no rows. */
export const harmless =
  /^(?:print|setattr|isinstance|len|op\.(?:get_context|get_bind|f|inline_literal|implementation_for)|context\.configure|logging\.\w+|log(?:ger)?\.\w+|warnings\.warn|sys\.\w+|time\.sleep|\w*\.(?:append|extend|items|keys|get|commit|close|flush|rollback|begin))$/;

export function send(walk: Walk, sql: string, lines: LineRange, firstLine?: number): void {
  walk.statements.push({
    sql,
    lines,
    ...(firstLine === undefined ? {} : { firstLine }),
    ...(walk.isOutside ? { isOutside: true as const } : {}),
  });
}

export function runSql(walk: Walk, call: CodeCall): void {
  const given = withoutMethods(call.args[0]);
  const inner =
    given?.kind === 'call' && /^(?:text|DDL|SQL|dedent)$/.test(lastName(given.name)) ? given.args[0] : given;
  const sql = textOf(inner);
  if (sql === undefined && isSelect(given)) return;
  if (sql === undefined) {
    const isBuilt =
      given?.kind === 'call' ||
      (given?.kind === 'opaque' && /\.(?:update|insert|delete|select|values|where)\s*\(/.test(given.source));
    leave(
      walk,
      call.lines,
      isBuilt
        ? 'rows that are read or changed through SQLAlchemy'
        : 'SQL that is put together when the migration runs',
    );
    return;
  }
  if (sql.trim() !== '')
    send(walk, withoutBinds(sql), call.lines, inner?.kind === 'text' ? inner.firstLine : undefined);
}

/** `sa.select(…).where(…)` changes nothing. */
function isSelect(value: CodeValue | undefined): boolean {
  if (value?.kind === 'opaque') return /^(?:\w+\.)?select\s*\(/.test(value.source);
  if (value?.kind !== 'call') return false;
  return /(?:^|\.)select$/.test(value.name) || isSelect(value.receiver);
}

/** `sa.text(…).bindparams(…)` is the same SQL. */
function withoutMethods(value: CodeValue | undefined): CodeValue | undefined {
  if (value?.kind !== 'call' || !/\.(?:bindparams|columns|execution_options)$/.test(value.name)) return value;
  return value.receiver ?? value;
}

/** `:name` stands for a value of the caller's; `::type` is the server's own. */
function withoutBinds(sql: string): string {
  return sql.replace(/(?<![:\w'"])\\?:(?=[a-zA-Z_]\w*)(\w+)(?!['\w])/g, (whole, name: string) =>
    whole.startsWith('\\') ? `:${name}` : '$1',
  );
}

/** `sa.Enum(…).create(op.get_bind())` and `.drop(…)`. */
export function runType(walk: Walk, call: CodeCall): boolean {
  const does = lastName(call.name);
  if ((does !== 'create' && does !== 'drop') || call.receiver?.kind !== 'call') return false;
  const { text, made } = walk.context;
  const type = sqlType(call.receiver, text);
  const name = textOf(call.receiver.options.get('name'));
  if (!type || name === undefined || !/Enum$|ENUM$/.test(call.receiver.name)) return false;
  const values = call.receiver.args.flatMap((value) => textOf(value) ?? []);
  if (text.isMysql) return true;
  if (does === 'create' && !made.has(name))
    send(walk, `CREATE TYPE ${text.name(name)} AS ENUM (${values.map(quoted).join(', ')})`, call.lines);
  if (does === 'drop') send(walk, `DROP TYPE ${text.name(name)}`, call.lines);
  if (does === 'create') made.add(name);
  return true;
}

/** `conn.execute(sa.text("SELECT …"))` */
const reads =
  /^[\w.()\s]{0,200}\bexecute\(\s*(?:(?:\w+\.)?text\(\s*)?(?:[rf]*["']+\s*(?:SELECT|SHOW)\b|(?:\w+\.)?select\()/i;

/** Whether a part calls anything that could reach the database. */
export function touches(walk: Walk, node: CodeNode): boolean {
  return findAll(node, ({ type }) => type === 'call').some((call) => {
    const name = sourceOf(walk.program, fieldOf(call, 'function') ?? call);
    if (harmless.test(name) || reads.test(sourceOf(walk.program, call).slice(0, 400))) return false;
    return /^op\.|execute$|\.(?:commit|add|delete|update|insert)$/.test(name) || walk.functions.has(name);
  });
}
