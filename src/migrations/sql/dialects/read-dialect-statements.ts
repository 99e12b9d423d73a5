import type { NotAnalysed } from '../../../core/migration-facts.ts';
import { lineIndexOf } from '../line-index.ts';
import type { SyntaxFault } from '../parse-tree.ts';
import type { ReadSql, Statement } from '../read-statements.ts';
import type { Span } from '../scan-sql.ts';
import { asTree, type DialectStatement } from './dialect-statement.ts';
import type { LexicalRules } from './lexical-rules.ts';
import { readChange } from './read-change.ts';
import { readStatement } from './read-statement.ts';
import { scanDialect } from './scan-dialect.ts';
import { type Token, tokensOf, withoutComments } from './token.ts';

/** Turns one statement into a tree of its own; only `readChange` looks into it. Never throws. */
export type ParseDialect = (sql: string) => { readonly tree: unknown } | SyntaxFault;

/** A statement beyond this is data, not schema; rows that are written out are read all the same. Chosen by us. */
const statementLimit = 256 * 1024;
/** A grammar in JavaScript takes up to 3 ms a kilobyte. Chosen by us. */
const grammarLimit = 64 * 1024;
/** Words of a statement that are looked at. A table has 4,096 columns at most. Chosen by us. */
const wordLimit = 60_000;
/** Rows that are written out: their head is enough. */
const headLimit = 4_096;
/** Calls of the grammar for one file, and characters handed to it in all: some seconds. Chosen by us. */
const grammarCalls = 2_000;
const grammarTotal = 512 * 1024;

/** Reads a text statement by statement, each alone; what is not understood is named with its place and cause. Never throws. */
export function readDialectStatements(text: string, rules: LexicalRules, parse: ParseDialect): ReadSql {
  const scanned = scanDialect(text, rules);
  const lines = lineIndexOf(text);
  const open = scanned.faults.find((fault) => fault.isOpen);
  const statements: Statement[] = [];
  const notAnalysed: NotAnalysed[] = scanned.faults.map((fault) => ({
    lines: lines.linesOf(fault),
    why: fault.why,
  }));
  let calls = 0;
  let characters = 0;
  const countedParse: ParseDialect = (sql) => {
    calls += 1;
    characters += sql.length;
    if (calls > grammarCalls)
      return { fault: `more than ${grammarCalls} statements that need the whole grammar` };
    return characters > grammarTotal
      ? { fault: `more than ${grammarTotal} characters of statements that need the whole grammar` }
      : parse(sql);
  };
  for (const span of scanned.statements) {
    const own = text.slice(span.start, span.end);
    const read = readOne(own, rules, countedParse);
    if (!('fault' in read)) statements.push({ ...span, text: own, tree: asTree(read) });
    else if (!holdsStart(span, open)) notAnalysed.push({ lines: lines.linesOf(span), why: read.fault });
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

/** What never ends is named once, not for the statement around it too. */
function holdsStart(span: Span, open: Span | undefined): boolean {
  return open !== undefined && open.start >= span.start && open.start < span.end;
}

function readOne(own: string, rules: LexicalRules, parse: ParseDialect): DialectStatement | SyntaxFault {
  const isLong = own.length > statementLimit;
  const isInsert = /^(?:insert|replace)\b/i.test(own);
  if (isLong && !isInsert) return { fault: `a statement of more than ${statementLimit} characters` };
  const tokens = tokensOf(own, rules, isInsert && isLong ? headLimit : wordLimit);
  if (tokens.length >= wordLimit) return { fault: `a statement of more than ${wordLimit} words` };
  const words = isInsert && isLong ? own : wordsOf(tokens);
  const change = readChange({
    tokens,
    words,
    doubleQuotes: rules.doubleQuotes,
    parse: () =>
      own.length > grammarLimit
        ? { fault: `a statement of more than ${grammarLimit} characters` }
        : parse(withoutComments(own.slice(0, clauseEnd(tokens, own.length)), rules)),
  });
  if (change) return change;
  return readStatement(tokens, words) ?? parsedOther(own, rules, parse, words);
}

/** What stands behind the rows of a change and picks none of them, which SQLite's grammar here does not know. */
function clauseEnd(tokens: readonly Token[], length: number): number {
  let depth = 0;
  const tail = tokens.find(({ kind, value }, at) => {
    if (kind === 'symbol' && value === '(') depth += 1;
    if (kind === 'symbol' && value === ')') depth -= 1;
    if (depth > 0 || kind !== 'word') return false;
    return value === 'returning' || (value === 'on' && tokens[at + 1]?.value === 'conflict');
  });
  return tail?.start ?? length;
}

/** Statements that nothing here knows: the grammar may. They define nothing that is known to lock a table. */
function parsedOther(
  own: string,
  rules: LexicalRules,
  parse: ParseDialect,
  words: string,
): DialectStatement | SyntaxFault {
  if (own.length > grammarLimit) return { fault: `a statement of more than ${grammarLimit} characters` };
  const read = parse(withoutComments(own, rules));
  return 'fault' in read ? read : { type: 'other', commits: false, words };
}

function wordsOf(tokens: readonly Token[]): string {
  return tokens.map(({ kind, value, text }) => (kind === 'word' ? value : text)).join(' ');
}
