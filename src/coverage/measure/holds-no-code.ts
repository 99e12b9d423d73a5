const typed = /\.[cm]?tsx?$/;
const code =
  /^(?:export\s+)?(?:default\b|(?:async\s+)?function\b|(?:abstract\s+)?class\b|const\b|let\b|var\b|enum\b|if\b|for\b|while\b|do\b|switch\b|try\b|throw\b|await\b|new\b|@|\()|^[\w$][\w$.]*\s*(?:\(|\[|`|(?:[+*/%&|^-]|\?\?|\*\*)?=(?!>))/m;

/**
 * True for a TypeScript file that only declares types and re-exports: it has no line that could run, so no report lists it.
 * False when in doubt, and for every other language.
 */
export function holdsNoCode(path: string, text: string): boolean {
  if (!typed.test(path)) return false;
  return path.endsWith('.d.ts') || !code.test(topLevel(text));
}

/** The text outside of braces, comments and strings, declarations of types left out. */
function topLevel(text: string): string {
  let depth = 0;
  let kept = '';
  for (const [token] of text.matchAll(
    /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|[{}]|[^{}/'"`]+|[\s\S]/g,
  )) {
    if (token === '{') depth += 1;
    else if (token === '}') {
      depth = Math.max(0, depth - 1);
      // What stood between the braces is left out; the end of the declaration is kept.
      if (depth === 0) kept += ';';
    } else if (depth === 0 && !/^['"`/]/.test(token)) kept += token;
  }
  return kept.replace(
    /^(?:export\s+)?(?:declare\s+[^;{]*|type\s+[\w$]+[^;]*|interface\s+[^;{]*|import\b[^;]*)/gm,
    '',
  );
}
