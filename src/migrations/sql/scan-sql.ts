/** Character offsets, the end excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface ScannedFault extends Span {
  readonly why: string;
  /** Something begins here and never ends, so that the statement around it cannot be parsed either. */
  readonly isOpen?: true;
}

export interface ScannedSql {
  /** Statements without their semicolon and without leading space and comments, in order; none is empty. */
  readonly statements: readonly Span[];
  readonly comments: readonly Span[];
  /** What is no SQL for the server: commands of psql, data behind COPY … FROM stdin, a quote that never ends. */
  readonly faults: readonly ScannedFault[];
}

const word = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const dollarTag = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const restOfLine = /[^\n\r]*/y;
const copyFromStdin = /^copy\b[\s\S]*\bfrom\s+stdin\b/i;

/**
 * Splits a text at the semicolons that end statements, as psql does: not inside quotes, dollar quotes, nested comments,
 * parentheses or a `BEGIN ATOMIC … END` body. One pass, linear, total: every text has an answer.
 */
export function scanSql(text: string): ScannedSql {
  const statements: Span[] = [];
  const comments: Span[] = [];
  const faults: ScannedFault[] = [];
  let at = 0;
  let start = -1;
  let end = -1;
  let depth = 0;
  let atomic = 0;
  let previousWord = '';

  const take = (to: number) => {
    if (start < 0) start = at;
    at = to;
    end = to;
  };
  const finish = () => {
    if (start >= 0) statements.push({ start, end });
    start = -1;
    depth = 0;
    atomic = 0;
    previousWord = '';
  };
  const takeQuoted = (to: number, what: string) => {
    if (to < 0) faults.push({ start: at, end: text.length, why: `${what} that never ends`, isOpen: true });
    take(to < 0 ? text.length : to);
  };

  while (at < text.length) {
    const char = text[at] ?? '';
    if (
      char === ' ' ||
      char === '\n' ||
      char === '\r' ||
      char === '\t' ||
      char === '\f' ||
      char === '\v' ||
      char === '\uFEFF'
    ) {
      at += 1;
    } else if (char === '-' && text[at + 1] === '-') {
      const to = endOfLineComment(text, at);
      comments.push({ start: at, end: to });
      at = to;
    } else if (char === '/' && text[at + 1] === '*') {
      const to = endOfComment(text, at);
      const until = to < 0 ? text.length : to;
      if (to < 0) faults.push({ start: at, end: until, why: 'a comment that never ends', isOpen: true });
      comments.push({ start: at, end: until });
      at = until;
    } else if (char === "'") {
      takeQuoted(endOfQuote(text, at, "'", false), 'a quoted text');
    } else if (char === '"') {
      takeQuoted(endOfQuote(text, at, '"', false), 'a quoted name');
    } else if (char === '$') {
      dollarTag.lastIndex = at;
      const tag = dollarTag.exec(text)?.[0];
      if (tag) {
        const close = text.indexOf(tag, at + tag.length);
        takeQuoted(close < 0 ? -1 : close + tag.length, 'a dollar-quoted text');
      } else take(at + 1);
    } else if (char === '\\') {
      const to = lineEnd(text, at);
      faults.push({ start: at, end: to, why: 'a command of psql, not of the server' });
      at = to;
    } else if (char === ';' && depth === 0 && atomic === 0) {
      const isCopy = start >= 0 && end - start < 10_000 && copyFromStdin.test(text.slice(start, end));
      finish();
      at += 1;
      if (isCopy) {
        const to = endOfCopyData(text, at);
        faults.push({ start: at, end: to, why: 'data behind COPY … FROM stdin, which only psql can load' });
        at = to;
      }
    } else {
      word.lastIndex = at;
      const found = word.exec(text)?.[0];
      if (!found) {
        if (char === '(') depth += 1;
        if (char === ')' && depth > 0) depth -= 1;
        take(at + 1);
        continue;
      }
      if ((found === 'e' || found === 'E') && text[at + 1] === "'") {
        const from = at + 1;
        takeQuoted(endOfQuote(text, from, "'", true), 'a quoted text');
        continue;
      }
      const lower = found.length <= 6 ? found.toLowerCase() : '';
      if (lower === 'atomic' && previousWord === 'begin') atomic += 1;
      else if (atomic > 0 && lower === 'case') atomic += 1;
      else if (atomic > 0 && lower === 'end') atomic -= 1;
      previousWord = lower;
      take(at + found.length);
    }
  }
  finish();
  return { statements, comments, faults };
}

/** For the server a carriage return alone ends a comment too. Source: PostgreSQL, `scan.l` (non_newline). */
function endOfLineComment(text: string, from: number): number {
  restOfLine.lastIndex = from;
  restOfLine.exec(text);
  return restOfLine.lastIndex;
}

/** For psql, whose commands end with the line. */
function lineEnd(text: string, from: number): number {
  const to = text.indexOf('\n', from);
  if (to < 0) return text.length;
  return text[to - 1] === '\r' ? to - 1 : to;
}

function endOfQuote(text: string, open: number, quote: string, backslashEscapes: boolean): number {
  for (let at = open + 1; at < text.length; at += 1) {
    if (backslashEscapes && text[at] === '\\') at += 1;
    else if (text[at] === quote) {
      if (text[at + 1] !== quote) return at + 1;
      at += 1;
    }
  }
  return -1;
}

function endOfComment(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length - 1; at += 1) {
    if (text[at] === '/' && text[at + 1] === '*') {
      depth += 1;
      at += 1;
    } else if (text[at] === '*' && text[at + 1] === '/') {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

function endOfCopyData(text: string, from: number): number {
  const close = /^\\\.\r?$/gm;
  close.lastIndex = from;
  const found = close.exec(text);
  return found ? found.index + found[0].length : text.length;
}
