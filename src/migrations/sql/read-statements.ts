import type { NotAnalysed, SourceComment } from '../../core/migration-facts.ts';
import { fillPlaceholders } from './fill-placeholders.ts';
import { type LineIndex, lineIndexOf } from './line-index.ts';
import type { ParsePostgres, RawStatement, TreeNode } from './parse-tree.ts';
import { type Span, scanSql } from './scan-sql.ts';

export interface Statement extends Span {
  /** Without leading comments and without the semicolon. */
  readonly text: string;
  readonly tree: TreeNode;
}

export interface ReadSql {
  /** In the order of the file. */
  readonly statements: readonly Statement[];
  readonly comments: readonly SourceComment[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly lines: LineIndex;
  /** All statements, those that could not be read included. */
  readonly statementCount: number;
}

/** Statements are parsed together up to this many characters; a generated dump then costs a few calls. */
const chunkLimit = 256 * 1024;
/** A single statement beyond this is data, not schema. Chosen by us: the parser needs some 60 bytes per character. */
const statementLimit = 1024 * 1024;
/** How many statements of one file are parsed one by one, which costs up to 0.1 ms each. Chosen by us. */
const singleLimit = 20_000;

/**
 * Reads a text statement by statement. What the grammar does not understand is left out and named with its place and
 * cause; the statements around it are read all the same. Never throws.
 */
export function readStatements(written: string, parse: ParsePostgres): ReadSql {
  const text = fillPlaceholders(written);
  const scanned = scanSql(text);
  const lines = lineIndexOf(text);
  // Whatever never ends runs to the end of the text, so there is one such fault at most.
  const open = scanned.faults.find((fault) => fault.isOpen);
  const statements: Statement[] = [];
  const notAnalysed: NotAnalysed[] = scanned.faults.map((fault) => ({
    lines: lines.linesOf(fault),
    why: fault.why,
  }));
  let singles = 0;
  const readOne = (span: Span) => {
    singles += 1;
    if (singles > singleLimit) {
      const why = `more than ${singleLimit} statements between parts that cannot be read`;
      notAnalysed.push({ lines: lines.linesOf(span), why });
      return;
    }
    const own = text.slice(span.start, span.end);
    if (own.length > statementLimit) {
      notAnalysed.push({
        lines: lines.linesOf(span),
        why: `a statement of more than ${statementLimit} characters`,
      });
      return;
    }
    const parsed = parse(own);
    if ('fault' in parsed) {
      const isNamed = open !== undefined && open.start >= span.start && open.start < span.end;
      if (!isNamed) notAnalysed.push({ lines: lines.linesOf(span), why: oneLine(parsed.fault) });
    } else statements.push(...statementsOf(text, [span], own, parsed.stmts));
  };
  for (const chunk of chunksOf(scanned.statements)) {
    const first = chunk[0];
    const last = chunk.at(-1);
    if (!first || !last) continue;
    const own = text.slice(first.start, last.end);
    const parsed = chunk.length > 1 && own.length <= chunkLimit ? parse(own) : { fault: 'one by one' };
    if ('fault' in parsed) chunk.forEach(readOne);
    else statements.push(...statementsOf(text, chunk, own, parsed.stmts));
  }
  return {
    statements,
    comments: scanned.comments.map((span) => ({
      lines: lines.linesOf(span),
      text: text.slice(span.start, span.end),
    })),
    notAnalysed: notAnalysed.toSorted((a, b) => a.lines.start - b.lines.start),
    lines,
    statementCount: scanned.statements.length,
  };
}

/** The parser quotes the text it stumbled over, however long. */
function oneLine(fault: string): string {
  const line = fault.replace(/[\s\p{Cc}]+/gu, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

function chunksOf(spans: readonly Span[]): readonly (readonly Span[])[] {
  const chunks: Span[][] = [];
  let current: Span[] = [];
  for (const span of spans) {
    const first = current[0];
    if (first && span.end - first.start > chunkLimit) {
      chunks.push(current);
      current = [];
    }
    current.push(span);
  }
  if (current.length > 0) chunks.push(current);
  return chunks;
}

function statementsOf(
  text: string,
  spans: readonly Span[],
  own: string,
  raws: readonly RawStatement[],
): readonly Statement[] {
  const base = spans[0]?.start ?? 0;
  const characterAt = byteOffsets(own);
  let next = 0;
  return raws.map((raw) => {
    const byteStart = raw.stmt_location ?? 0;
    const from = base + characterAt(byteStart);
    const to = raw.stmt_len === undefined ? base + own.length : base + characterAt(byteStart + raw.stmt_len);
    // The location includes leading comments; the scanner knows where the first word stands.
    while ((spans[next]?.start ?? Number.POSITIVE_INFINITY) < from) next += 1;
    const scannedStart = spans[next]?.start ?? from;
    const start = scannedStart < to ? scannedStart : from;
    const end = start + text.slice(start, to).trimEnd().length;
    return { start, end, text: text.slice(start, end), tree: raw.stmt };
  });
}

/** The grammar counts bytes: one walk over the text turns ascending byte offsets into characters. */
function byteOffsets(own: string): (offset: number) => number {
  let at = 0;
  let bytes = 0;
  return (offset) => {
    while (bytes < offset && at < own.length) {
      const code = own.codePointAt(at) ?? 0;
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      at += code < 0x10000 ? 1 : 2;
    }
    return at;
  };
}
