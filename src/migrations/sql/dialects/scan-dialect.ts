import type { ScannedFault, ScannedSql, Span } from '../scan-sql.ts';
import type { LexicalRules } from './lexical-rules.ts';
import { nextLexeme } from './next-lexeme.ts';

/** Flyway finds the mark in the next line too. */
const delimiterLine = /delimiter\s+([^\s'"`]+)[^\n\r]*/iy;
/** What a body of statements may stand behind. */
const routineHead =
  /^create\s+(?:or\s+replace\s+)?(?:definer\s*=\s*\S+(?:\s*@\s*\S+)?\s+)?(?:temp(?:orary)?\s+|aggregate\s+)?(?:trigger|procedure|function|event|package)\b/i;
/** How much of a statement is looked at to see whether it makes a routine. */
const headLength = 400;

/**
 * Splits a text at the semicolons that end statements, as the database's own client does: not inside quotes, comments
 * and bodies of routines (`BEGIN … END`), and at another mark where a `DELIMITER` line sets one. What stands in a comment
 * that runs is a statement. One pass, linear, total.
 */
export function scanDialect(text: string, rules: LexicalRules): ScannedSql {
  const statements: Span[] = [];
  const comments: Span[] = [];
  const faults: ScannedFault[] = [];
  let delimiter = ';';
  let at = 0;
  let start = -1;
  let end = -1;
  let hasContent = false;
  let isInGate = false;
  const blocks = blocksOfRoutine(() => routineHead.test(text.slice(start, start + headLength)));

  const finish = () => {
    if (hasContent) statements.push({ start, end });
    start = -1;
    hasContent = false;
    blocks.reset();
  };
  while (at < text.length) {
    if (start < 0 && rules.delimiterLines && (text[at] === 'd' || text[at] === 'D')) {
      delimiterLine.lastIndex = at;
      const line = delimiterLine.exec(text);
      if (line) {
        delimiter = line[1] ?? ';';
        at += line[0].length;
        continue;
      }
    }
    if (delimiter === ';' ? text[at] === ';' && !blocks.isInside() : text.startsWith(delimiter, at)) {
      finish();
      at += delimiter.length;
      continue;
    }
    const lexeme = nextLexeme(text, at, rules, isInGate);
    if (lexeme.isOpen) {
      const what = { comment: 'a comment', name: 'a quoted name' }[lexeme.kind as string] ?? 'a quoted text';
      faults.push({ start: at, end: lexeme.end, why: `${what} that never ends`, isOpen: true });
    }
    if (lexeme.kind === 'comment') comments.push({ start: at, end: lexeme.end });
    else if (lexeme.kind !== 'space') {
      if (lexeme.kind === 'gate') isInGate = !isInGate;
      else hasContent = true;
      // The gate that closes behind the last statement belongs to nothing.
      if (start < 0 && (lexeme.kind !== 'gate' || isInGate)) start = at;
      if (start >= 0) end = lexeme.end;
      if (lexeme.kind !== 'gate') {
        blocks.enter(
          lexeme.kind === 'word' ? text.slice(at, Math.min(lexeme.end, at + 8)).toLowerCase() : '',
        );
      }
    }
    at = lexeme.end;
  }
  if (isInGate) {
    faults.push({ start: Math.max(0, end - 1), end: text.length, why: 'a comment that never ends' });
  }
  if (blocks.isInside()) {
    faults.push({ start, end: text.length, why: 'a body of statements that never ends' });
  }
  finish();
  return { statements, comments, faults };
}

/** What END closes besides BEGIN and CASE, and says so: these are not counted when they open. */
const namedEnds: ReadonlySet<string> = new Set(['if', 'loop', 'while', 'repeat', 'for']);

interface Blocks {
  /** A word in lower case; empty for anything else. */
  enter(word: string): void;
  isInside(): boolean;
  reset(): void;
}

function blocksOfRoutine(isRoutine: () => boolean): Blocks {
  let depth = 0;
  let previous = '';
  let hasClosed = false;
  return {
    isInside: () => depth > 0,
    reset() {
      depth = 0;
      previous = '';
      hasClosed = false;
    },
    enter(word) {
      const before = previous;
      const closedBefore = hasClosed;
      previous = word;
      hasClosed = false;
      if (word === 'end' && depth > 0) {
        depth -= 1;
        hasClosed = true;
      } else if (closedBefore && namedEnds.has(word)) depth += 1;
      else if (depth > 0) {
        if (word === 'begin' || (word === 'case' && before !== 'end')) depth += 1;
      } else if ((word === 'begin' && isRoutine()) || (word === 'not' && before === 'begin')) depth = 1;
    },
  };
}
