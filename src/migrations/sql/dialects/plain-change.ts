import type { DialectStatement } from './dialect-statement.ts';
import type { Token } from './token.ts';
import { type TokenCursor, take, takeTable } from './token-cursor.ts';

type Change = Extract<DialectStatement, { readonly type: 'change' }>;

/**
 * UPDATE of one table, from behind that word on, where the grammar does not understand an expression in it: without
 * WHERE every row is touched, and `name = 'text'` picks rows whatever else is asked of them. Undefined where that is not
 * to be seen.
 */
export function plainUpdate(cursor: TokenCursor, words: string): Change | undefined {
  if (take(cursor, 'or')) cursor.at += 1;
  take(cursor, 'low_priority');
  take(cursor, 'ignore');
  const table = takeTable(cursor);
  if (table === undefined || !take(cursor, 'set')) return undefined;
  const { before, where } = partedAtWhere(cursor.tokens.slice(cursor.at));
  const rows = rowsOf(before, where);
  if (rows === undefined) return undefined;
  const isName = before.map(
    (_, at) => at === 0 || (before[at - 1]?.isTop === true && before[at - 1]?.token.value === ','),
  );
  const columns = before.flatMap(({ token }, at) =>
    isName[at] ? [token.kind === 'name' ? token.value : token.text] : [],
  );
  return { type: 'change', kind: 'update', table, columns, rows, words };
}

/** The same for DELETE FROM. */
export function plainDelete(cursor: TokenCursor, words: string): Change | undefined {
  const table = take(cursor, 'from') ? takeTable(cursor) : undefined;
  if (table === undefined) return undefined;
  const { before, where } = partedAtWhere(cursor.tokens.slice(cursor.at));
  const rows = where === undefined && before.length > 0 ? undefined : rowsOf(before, where);
  return rows && { type: 'change', kind: 'delete', table, columns: [], rows, words };
}

interface Placed {
  readonly token: Token;
  /** It stands in no parentheses and in no CASE. */
  readonly isTop: boolean;
}

function partedAtWhere(tokens: readonly Token[]): {
  readonly before: readonly Placed[];
  readonly where: readonly Placed[] | undefined;
} {
  let depth = 0;
  const placed = tokens.map((token): Placed => {
    const opens = isWord(token, 'case') || (token.kind === 'symbol' && token.value === '(');
    const closes = isWord(token, 'end') || (token.kind === 'symbol' && token.value === ')');
    if (closes) depth -= 1;
    const isTop = depth === 0 && !opens && !closes;
    if (opens) depth += 1;
    return { token, isTop };
  });
  const at = placed.findIndex(({ token, isTop }) => isTop && isWord(token, 'where'));
  return at < 0
    ? { before: placed, where: undefined }
    : { before: placed.slice(0, at), where: placed.slice(at + 1) };
}

function rowsOf(
  before: readonly Placed[],
  where: readonly Placed[] | undefined,
): 'all' | 'chosen' | undefined {
  // A second table, or what else decides about the rows.
  const others = ['from', 'join', 'limit', 'using', 'order'];
  if (before.some(({ token, isTop }) => isTop && others.some((word) => isWord(token, word))))
    return undefined;
  if (!where) return 'all';
  if (where.some(({ token, isTop }) => isTop && (isWord(token, 'or') || isWord(token, 'xor'))))
    return undefined;
  return conjunctsOf(where).some(picks) ? 'chosen' : undefined;
}

function conjunctsOf(where: readonly Placed[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (const { token, isTop } of where) {
    if (isTop && isWord(token, 'and')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** `name = 'text'`, `t.name = 5`. */
function picks(conjunct: readonly Token[]): boolean {
  const [first] = conjunct;
  const [operator, value] = conjunct.slice(-2);
  const isColumn = conjunct.length === 3 || (conjunct.length === 5 && conjunct[1]?.value === '.');
  const isName = first?.kind === 'word' || first?.kind === 'name';
  return (
    isColumn &&
    isName &&
    operator?.value === '=' &&
    (value?.kind === 'number' || /^'/.test(value?.text ?? ''))
  );
}

function isWord({ kind, value }: Token, word: string): boolean {
  return kind === 'word' && value === word;
}
