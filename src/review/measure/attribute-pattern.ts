/**
 * Whether a pattern of `.gitattributes` matches a path below the file's folder. Without a slash inside it is compared with
 * the last step of the path; with one, from the folder on. `**` stands for any number of steps, `*` and `?` stay within one,
 * `[…]` is one character. A pattern that ends in a slash matches nothing, as in git: attributes are for files.
 *
 * Takes time proportional to pattern × path at most, whatever the pattern.
 * Source: gitattributes(5), gitignore(5), and the rules of git's wildmatch.
 */
export function matchesAttributePattern(pattern: string, path: string): boolean {
  if (pattern === '' || pattern.endsWith('/')) return false;
  const steps = path.split('/');
  if (!pattern.includes('/')) return matchesStep(pattern, steps.at(-1) ?? '');
  return matchesSteps(pattern.replace(/^\//, '').split('/'), steps);
}

/** The same walk as for characters, with `**` for a star: only the last star is ever gone back to. */
function matchesSteps(patterns: readonly string[], steps: readonly string[]): boolean {
  let p = 0;
  let s = 0;
  let star = -1;
  let mark = 0;
  while (s < steps.length) {
    const pattern = patterns[p];
    if (pattern === '**') {
      // At the end it stands for everything inside: at least one step.
      if (p === patterns.length - 1) return true;
      star = p;
      mark = s;
      p += 1;
    } else if (pattern !== undefined && matchesStep(pattern, steps[s] ?? '')) {
      p += 1;
      s += 1;
    } else if (star >= 0) {
      mark += 1;
      s = mark;
      p = star + 1;
    } else return false;
  }
  return p === patterns.length;
}

function matchesStep(pattern: string, text: string): boolean {
  const tokens = tokensOf(pattern);
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    const token = tokens[p];
    if (token === '*') {
      star = p;
      mark = t;
      p += 1;
    } else if (token?.matches(text.charAt(t))) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      mark += 1;
      t = mark;
      p = star + 1;
    } else return false;
  }
  while (tokens[p] === '*') p += 1;
  return p === tokens.length;
}

type Token = '*' | { readonly matches: (character: string) => boolean };

function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < pattern.length; i += 1) {
    const character = pattern.charAt(i);
    if (character === '*') tokens.push('*');
    else if (character === '?') tokens.push({ matches: () => true });
    else if (character === '\\' && i + 1 < pattern.length) {
      i += 1;
      tokens.push(exactly(pattern.charAt(i)));
    } else if (character === '[') {
      const end = pattern.indexOf(']', i + (/^\[[!^]?\]/.test(pattern.slice(i, i + 3)) ? 3 : 1));
      if (end < 0) tokens.push(exactly('['));
      else {
        tokens.push(oneOf(pattern.slice(i + 1, end)));
        i = end;
      }
    } else tokens.push(exactly(character));
  }
  return tokens;
}

function exactly(wanted: string): Token {
  return { matches: (character) => character === wanted };
}

function oneOf(set: string): Token {
  const isNegative = /^[!^]/.test(set);
  const members = isNegative ? set.slice(1) : set;
  const ranges: (readonly [string, string])[] = [];
  for (let i = 0; i < members.length; i += 1) {
    const from = members.charAt(i);
    const isRange = members.charAt(i + 1) === '-' && i + 2 < members.length;
    ranges.push([from, isRange ? members.charAt(i + 2) : from]);
    if (isRange) i += 2;
  }
  return { matches: (character) => isNegative !== ranges.some(([a, b]) => a <= character && character <= b) };
}
