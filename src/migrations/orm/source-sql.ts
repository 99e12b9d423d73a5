import type { LineRange } from '../../core/change.ts';
import type { NotAnalysed } from '../../core/migration-facts.ts';
import { type LineIndex, lineIndexOf } from '../sql/line-index.ts';
import type { ReadSql, Statement } from '../sql/read-statements.ts';
import type { SqlLanguage } from '../sql/sql-language.ts';
import type { OrmRead, SourceStatement } from './orm-reader.ts';

export interface SourceSql extends ReadSql {
  /** The piece of the program that sends a statement, and how many statements it sends together. */
  readonly senderOf: (statement: Statement) => {
    readonly isOutside: boolean;
    readonly count: number;
    /** The same for statements that are sent together. */
    readonly piece: number;
  };
}

interface Piece extends SourceStatement {
  /** Of its text in the script. */
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the SQL of a program as one script, whose statements have the source's lines. A raw text that the grammar does
 * not understand spoils nothing around it.
 */
export function readSourceSql(read: OrmRead, language: SqlLanguage): SourceSql {
  const whole = scriptOf(read.statements);
  const all = language.readStatements(whole.script);
  const isSpoilt = isMixed(whole, all);
  if (!isSpoilt) return sourceSql(read, whole, all, []);
  // What never ends would swallow the statements behind it.
  const kept = read.statements.filter(({ sql }) => endsCleanly(sql, language));
  const cut = read.statements
    .filter((statement) => !kept.includes(statement))
    .map(({ lines }) => ({ lines, why: 'SQL with a quote or a comment that never ends' }));
  const parts = cut.length === 0 ? whole : scriptOf(kept);
  return sourceSql(read, parts, cut.length === 0 ? all : language.readStatements(parts.script), cut);
}

/** Whether a quote of one piece reaches into another. */
function isMixed(
  { script, pieces }: { readonly script: string; readonly pieces: readonly Piece[] },
  { statements, notAnalysed, statementCount }: ReadSql,
): boolean {
  if (statementCount < pieces.length) return true;
  if (statements.some(({ start, end }) => pieceIn(pieces, start) !== pieceIn(pieces, end - 1))) return true;
  const starts = notAnalysed.length === 0 ? [] : lineStarts(script);
  return notAnalysed.some(({ why, lines }) => {
    const [from, to] = [starts[lines.start - 1] ?? 0, starts[lines.end - 1] ?? 0];
    return /never ends/.test(why) || pieceIn(pieces, from) !== pieceIn(pieces, to);
  });
}

function scriptOf(statements: readonly SourceStatement[]): {
  readonly script: string;
  readonly pieces: readonly Piece[];
} {
  const pieces: Piece[] = [];
  const texts: string[] = [];
  let start = 0;
  for (const statement of statements) {
    const text = `${statement.sql.trimEnd()}\n;\n`;
    texts.push(text);
    pieces.push({ ...statement, start, end: start + text.length });
    start += text.length;
  }
  return { script: texts.join(''), pieces };
}

function sourceSql(
  read: OrmRead,
  { script, pieces }: { readonly script: string; readonly pieces: readonly Piece[] },
  sql: ReadSql,
  cut: readonly NotAnalysed[],
): SourceSql {
  const lines = lineIndexOf(script);
  const pieceAt = (offset: number) => pieceIn(pieces, offset);
  const linesOf = ({ start, end }: { readonly start: number; readonly end: number }) =>
    sourceLines(lines, pieceAt(start), start, end);
  const starts = lineStarts(script);
  const carried = ({ start, end }: LineRange): LineRange => {
    const from = starts[start - 1] ?? 0;
    return linesOf({ start: from, end: Math.max(from + 1, (starts[end] ?? script.length + 1) - 1) });
  };
  const counts = new Map<Piece | undefined, number>();
  for (const { start } of sql.statements) counts.set(pieceAt(start), (counts.get(pieceAt(start)) ?? 0) + 1);
  return {
    ...sql,
    comments: [
      ...read.comments,
      ...sql.comments.map((comment) => ({ text: comment.text, lines: carried(comment.lines) })),
    ].toSorted((a, b) => a.lines.start - b.lines.start),
    notAnalysed: once([
      ...read.notAnalysed,
      ...cut,
      ...sql.notAnalysed.map((part) => ({ lines: carried(part.lines), why: part.why })),
    ]).toSorted((a, b) => a.lines.start - b.lines.start),
    lines: { lineAt: (offset) => linesOf({ start: offset, end: offset + 1 }).start, linesOf },
    senderOf: ({ start }) => {
      const piece = pieceAt(start);
      return {
        isOutside: piece?.isOutside === true,
        count: counts.get(piece) ?? 1,
        piece: piece?.start ?? 0,
      };
    },
  };
}

/** A loop says the same of one line as often as it goes round. */
function once(parts: readonly NotAnalysed[]): readonly NotAnalysed[] {
  return [...new Map(parts.map((part) => [`${part.lines.start}\0${part.why}`, part])).values()];
}

/** Whether one more statement behind it is found again. */
function endsCleanly(sql: string, language: SqlLanguage): boolean {
  if (!/['"`$]|\/\*/.test(sql)) return true;
  const mark = 'SELECT 20021969';
  const { statements, notAnalysed } = language.readStatements(`${sql}\n;\n${mark}`);
  return statements.at(-1)?.text === mark && !notAnalysed.some(({ why }) => /never ends/.test(why));
}

function pieceIn(pieces: readonly Piece[], offset: number): Piece | undefined {
  let low = 0;
  let high = pieces.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return pieces[low];
}

function sourceLines(lines: LineIndex, piece: Piece | undefined, start: number, end: number): LineRange {
  if (!piece) return { start: 1, end: 1 };
  const { firstLine } = piece;
  if (firstLine === undefined) return piece.lines;
  const above = lines.lineAt(piece.start);
  const lineOf = (offset: number) => firstLine + lines.lineAt(Math.min(offset, piece.end - 1)) - above;
  const last = lineOf(Math.max(start, end - 1));
  return { start: Math.min(lineOf(start), last), end: last };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
