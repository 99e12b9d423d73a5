import type { TreeNode } from './parse-tree.ts';
import { child, children, qualified, some, tagOf, wordsAt } from './tree-access.ts';

/** A column's type: PostgreSQL's own name (`int4`, `varchar`, `bpchar`) and its numbers in parentheses. */
export interface ColumnType {
  readonly name: string;
  readonly modifiers: readonly number[];
  readonly isArray: boolean;
}

const builtIn: ReadonlySet<string> = new Set(
  (
    'int2 int4 int8 float4 float8 numeric bool text varchar bpchar char name bytea date time timetz timestamp ' +
    'timestamptz interval uuid json jsonb xml inet cidr macaddr macaddr8 bit varbit money point line lseg box path ' +
    'polygon circle tsvector tsquery int4range int8range numrange tsrange tstzrange daterange oid regclass citext ' +
    'hstore ltree geometry geography vector serial serial4 serial8 bigserial smallserial serial2 pg_lsn'
  ).split(' '),
);

export function isBuiltIn(type: ColumnType): boolean {
  return builtIn.has(type.name);
}

export function isSerial(type: ColumnType): boolean {
  return /^(big|small)?serial[248]?$/.test(type.name);
}

export function columnType(typeName: TreeNode): ColumnType {
  const words = wordsAt(typeName, 'names');
  return {
    name: words[0] === 'pg_catalog' ? (words.at(-1) ?? '') : qualified(words),
    modifiers: children(typeName, 'typmods').flatMap((modifier) => {
      const value = child(child(modifier, 'A_Const'), 'ival').ival;
      return typeof value === 'number' ? [value] : [];
    }),
    isArray: children(typeName, 'arrayBounds').length > 0,
  };
}

/** `free`: catalogue only; `time-zone`: free on 12 and later if the session's TimeZone is UTC, else a rewrite. */
export type TypeChange = 'free' | 'rewrite' | 'time-zone' | 'unknown';

/** What changing a column from one type to another costs, as measured on PostgreSQL 12–18. */
export function typeChange(from: ColumnType, to: ColumnType): TypeChange {
  if (from.isArray !== to.isArray) return 'rewrite';
  const [old] = from.modifiers;
  const [next] = to.modifiers;
  if (from.name === to.name) {
    if (from.modifiers.join() === to.modifiers.join()) return 'free';
    if (from.name === 'varchar' || from.name === 'varbit') return isWider(old, next) ? 'free' : 'rewrite';
    if (from.name === 'numeric') {
      if (next === undefined) return 'free';
      const sameScale = (from.modifiers[1] ?? 0) === (to.modifiers[1] ?? 0);
      return old !== undefined && sameScale && next >= old ? 'free' : 'rewrite';
    }
    if (/^(timestamp|timestamptz|time|timetz)$/.test(from.name))
      return (next ?? 6) >= (old ?? 6) ? 'free' : 'rewrite';
    if (from.name === 'interval') return isIntervalWider(from, to) ? 'free' : 'unknown';
    return isBuiltIn(from) ? 'rewrite' : 'unknown';
  }
  const text = (type: ColumnType) =>
    type.name === 'text' || (type.name === 'varchar' && type.modifiers.length === 0);
  if ((from.name === 'varchar' || from.name === 'text' || from.name === 'xml') && text(to)) return 'free';
  if (from.name === 'cidr' && to.name === 'inet') return 'free';
  const stamps = [from.name, to.name].toSorted().join();
  if (stamps === 'timestamp,timestamptz' && from.modifiers.join() === to.modifiers.join()) return 'time-zone';
  return isBuiltIn(from) && isBuiltIn(to) && from.name !== 'citext' && to.name !== 'citext'
    ? 'rewrite'
    : 'unknown';
}

function isWider(old: number | undefined, next: number | undefined): boolean {
  return next === undefined || (old !== undefined && next >= old);
}

/** An interval's numbers are its field mask and then its precision. */
function isIntervalWider(from: ColumnType, to: ColumnType): boolean {
  return (to.modifiers.at(1) ?? 6) >= (from.modifiers.at(1) ?? 6);
}

/** USING that only says the cast again (`c`, `c::type`) changes nothing; anything else is computed row by row. */
export function isPlainUsing(using: TreeNode, column: string, to: ColumnType): boolean {
  const isColumn = (node: TreeNode) =>
    tagOf(node) === 'ColumnRef' && wordsAt(child(node, 'ColumnRef'), 'fields').at(-1) === column;
  if (Object.keys(using).length === 0 || isColumn(using)) return true;
  const cast = child(using, 'TypeCast');
  const type = columnType(child(cast, 'typeName'));
  return (
    isColumn(child(cast, 'arg')) && type.name === to.name && type.modifiers.join() === to.modifiers.join()
  );
}

const volatileFunctions: ReadonlySet<string> = new Set(
  (
    'random random_normal clock_timestamp timeofday nextval gen_random_uuid uuidv4 uuidv7 uuid_generate_v1 ' +
    'uuid_generate_v1mc uuid_generate_v4 gen_random_bytes setval lastval currval nanoid cuid ulid gen_ulid uuid_generate_v7'
  ).split(' '),
);

const steadyFunctions: ReadonlySet<string> = new Set(
  (
    'now transaction_timestamp statement_timestamp current_setting lower upper concat date_trunc to_timestamp timezone ' +
    'jsonb_build_object json_build_object jsonb_build_array to_jsonb make_interval make_date age coalesce array_fill ' +
    'current_schema current_database md5 length extract encode decode substring replace trim btrim format to_char date_part'
  ).split(' '),
);

export type Volatility = 'volatile' | 'steady' | 'unknown';

/** Whether a default must be computed for every row that exists (`volatile`) or once (`steady`). */
export function volatilityOf(expression: TreeNode, known: ReadonlyMap<string, Volatility>): Volatility {
  let answer: Volatility = 'steady';
  some(expression, (tag, call) => {
    if (tag !== 'FuncCall') return false;
    const words = wordsAt(call, 'funcname');
    const name = words.at(-1) ?? '';
    const one =
      known.get(qualified(words)) ??
      (volatileFunctions.has(name) ? 'volatile' : steadyFunctions.has(name) ? 'steady' : 'unknown');
    if (one === 'volatile' || (one === 'unknown' && answer === 'steady')) answer = one;
    return false;
  });
  return answer;
}
