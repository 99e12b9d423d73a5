import { matchesAttributePattern } from './attribute-pattern.ts';

/** GitHub ignores a CODEOWNERS file above 3 MB; lines above this are no patterns. */
const longestLine = 2048;
const mostLines = 50_000;

interface Line {
  readonly pattern: string;
  readonly teams: readonly string[];
}

/**
 * The teams that own each path, of the last line that matches it, as GitHub reads CODEOWNERS. People and addresses named
 * there are dropped here, so that no later step can name them.
 *
 * Domain: the file as it stands on the base, any text. A line that names no team takes a path's owners away, whether it
 * names nobody or people alone. Patterns with "!" or "[" are invalid on GitHub and left out.
 * Source: GitHub Docs, "About code owners".
 */
export function codeOwnerTeams(
  text: string,
  paths: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const lines = linesOf(text);
  return new Map(
    paths.map((path) => [path, lines.findLast(({ pattern }) => owns(pattern, path))?.teams ?? []]),
  );
}

function linesOf(text: string): readonly Line[] {
  return text
    .split(/\r?\n/, mostLines)
    .filter((line) => line.length <= longestLine)
    .flatMap((line) => {
      // A space that belongs to a path is written with a backslash before it.
      const [pattern = '', ...owners] = line
        .replace(/(^|\s)#.*$/, '')
        .trim()
        .split(/(?<!\\)\s+/);
      if (pattern === '' || /^!|\[|^\[/.test(pattern)) return [];
      return [{ pattern, teams: owners.filter((owner) => /^@[\w.-]+\/[\w.-]+$/.test(owner)) }];
    });
}

/** A pattern that matches a folder owns what lies in it, except one that ends in `/*`, which stays on its level. */
function owns(pattern: string, path: string): boolean {
  const name = pattern.replace(/\/$/, '');
  if (name === '') return false;
  const isFolder = name !== pattern;
  // "docs/" is found at any level, as "docs" is; a slash in front or inside ties it to the root.
  if (!isFolder && matchesAttributePattern(name, path)) return true;
  if (name.endsWith('/*')) return false;
  const steps = path.split('/');
  return steps.slice(0, -1).some((_, i) => matchesAttributePattern(name, steps.slice(0, i + 1).join('/')));
}
