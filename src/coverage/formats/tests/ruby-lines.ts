export interface RubyLine {
  /** From 1. */
  readonly line: number;
  readonly indent: number;
  /** Without comments; strings stand as `""`. */
  readonly code: string;
  /** As `code`, with the strings' contents, those of here-documents too. */
  readonly whole: string;
}

/** What stands behind this in a line is data. */
const longestLine = 2_000;
/** After these a quote, a slash or a percent sign begins a literal; after a name or a value it is an operator. */
const beforeLiteral = /(?:^|[([{,=!~|&?:;<>+*%-]|\b(?:if|unless|and|or|not|when|return|puts|in|then|do)|\s)$/;
/** Most lines hold neither a literal nor a comment. */
const mayHoldLiteral = /["'`%/#]/;
const brackets: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
const heredoc = /<<[~-]?(["'`]?)([A-Z_][A-Za-z\d_]*)\1/g;

/** The lines of a Ruby file that hold code, in order: no comments, no documentation, no blank lines, nothing behind `__END__`. */
export function rubyLines(text: string): readonly RubyLine[] {
  const found: { line: number; indent: number; code: string; whole: string }[] = [];
  const waiting: string[] = [];
  let isDocumentation = false;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === '__END__') break;
    const ends = waiting[0];
    const last = found.at(-1);
    if (ends !== undefined) {
      if (line.trim() === ends) waiting.shift();
      else if (last) last.whole += `\n${line}`;
      continue;
    }
    if (/^=(?:begin|end)\b/.test(line)) {
      isDocumentation = line.startsWith('=begin');
      continue;
    }
    if (isDocumentation || line.trim() === '') continue;
    const { code, whole } = withoutStrings(line);
    if (code.trim() === '') continue;
    const indent = line.length - line.trimStart().length;
    found.push({ line: index + 1, indent, code: code.trim().slice(0, longestLine), whole: whole.trim() });
    // A quoted name is a string by now, so it is looked for in the line itself, where the code has its arrows.
    if (code.includes('<<')) for (const [, , name = ''] of line.matchAll(heredoc)) waiting.push(name);
  }
  return found;
}

/** A literal that is not closed ends with its line: what follows is read as code, and never lost. */
function withoutStrings(line: string): { readonly code: string; readonly whole: string } {
  if (!mayHoldLiteral.test(line)) return { code: line, whole: line };
  const code: string[] = [];
  const whole: string[] = [];
  /** The last of the code, kept apart: asking the growing whole for it would make a long line slow. */
  let before = '';
  for (let at = 0; at < line.length; ) {
    if (line[at] === '#' && !before.endsWith('\\')) break;
    const literal = literalAt(line, at, before);
    const end = literal === undefined ? at + 1 : endOfLiteral(line, literal);
    const kept = literal === undefined ? line.slice(at, end) : '""';
    code.push(kept);
    whole.push(line.slice(at, end));
    before = (before + kept).slice(-12);
    at = end;
  }
  return { code: code.join(''), whole: whole.join('') };
}

interface Literal {
  readonly from: number;
  readonly mark: string;
  /** The mark that opens it, where brackets nest. */
  readonly opens?: string;
}

function literalAt(line: string, at: number, before: string): Literal | undefined {
  const character = line[at] ?? '';
  // `?"` is a character of its own.
  if (/["'`]/.test(character) && !/(?:^|\s)\?$/.test(before)) return { from: at + 1, mark: character };
  if (character === '/' && beforeLiteral.test(before) && line[at + 1] !== ' ')
    return { from: at + 1, mark: '/' };
  if (character !== '%' || !beforeLiteral.test(before)) return undefined;
  const [, kind, mark] = /^%([qQwWiIrsx]?)([([{<|!/])/.exec(line.slice(at, at + 3)) ?? [];
  if (kind === undefined || mark === undefined) return undefined;
  const closing = brackets[mark];
  return {
    from: at + 2 + kind.length,
    mark: closing ?? mark,
    ...(closing !== undefined && { opens: mark }),
  };
}

/** What stands in `#{}` belongs to the string, with the quotes it holds. */
function endOfLiteral(line: string, { from, mark, opens }: Literal): number {
  let depth = 0;
  let inserted = 0;
  for (let at = from; at < line.length; at += 1) {
    const character = line[at];
    if (character === '\\') at += 1;
    else if (character === '#' && line[at + 1] === '{' && mark !== "'") {
      inserted += 1;
      at += 1;
    } else if (inserted > 0) {
      if (character === '{') inserted += 1;
      else if (character === '}') inserted -= 1;
    } else if (character === opens) depth += 1;
    else if (character === mark) {
      if (depth === 0) return at + 1;
      depth -= 1;
    }
  }
  return line.length;
}
