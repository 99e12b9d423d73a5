import type { PathAttribute } from '../../core/review-facts.ts';
import { matchesAttributePattern } from './attribute-pattern.ts';

/** A `.gitattributes` file of the base. Never the head's: a change could hide its own lines with it. */
export interface AttributesFile {
  /** The folder it lies in, without a slash at the end; "" for the root. */
  readonly folder: string;
  readonly text: string;
}

const kinds: Readonly<Record<string, Exclude<PathAttribute['is'], 'code'>>> = {
  'linguist-generated': 'generated',
  'linguist-vendored': 'vendored',
  'linguist-documentation': 'documentation',
};
/** GitHub folds these in a diff; they are not shown line by line. */
const folded = new Set(['-diff', 'binary']);

/** Longer files are cut here: git itself ignores a `.gitattributes` above 100 MB, and no line above 2,048 bytes. */
const longestLine = 2048;
const mostLines = 20_000;

interface Line {
  readonly folder: string;
  readonly pattern: string;
  readonly attributes: readonly string[];
}

/**
 * What the base's attributes say of each path, for the paths they say anything of. Of several lines the last one that
 * speaks of an attribute wins, files nearer to the path after those farther from it, as in git. `-linguist-generated` and
 * `linguist-generated=false` take back what the name suggests (`code`).
 * Domain: any text; lines that are not understood are left out. Macros are not expanded, except `binary`.
 * Source: gitattributes(5); github-linguist, "Overrides".
 */
export function linguistAttributes(
  files: readonly AttributesFile[],
  paths: readonly string[],
): readonly PathAttribute[] {
  const lines = files
    .toSorted((a, b) => depthOf(a.folder) - depthOf(b.folder))
    .flatMap(({ folder, text }) => linesOf(text).map((line) => ({ folder, ...line })));
  return paths.flatMap((path) => {
    const is = attributeOf(path, lines);
    return is === undefined ? [] : [{ path, is }];
  });
}

function attributeOf(path: string, lines: readonly Line[]): PathAttribute['is'] | undefined {
  const set = new Map<PathAttribute['is'], boolean>();
  for (const { folder, pattern, attributes } of lines) {
    const inside = relativeTo(folder, path);
    if (inside === undefined || !matchesAttributePattern(pattern, inside)) continue;
    for (const attribute of attributes) {
      if (folded.has(attribute)) set.set('generated', true);
      const [, minus, name = '', value] = /^([-!]?)([^=]+)(?:=(.*))?$/.exec(attribute) ?? [];
      const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
      if (!kind) continue;
      if (minus === '!') set.delete(kind);
      else set.set(kind, minus !== '-' && value !== 'false');
    }
  }
  const said = (['generated', 'vendored', 'documentation'] as const).find((kind) => set.get(kind));
  return said ?? (set.size > 0 ? 'code' : undefined);
}

function linesOf(
  text: string,
): readonly { readonly pattern: string; readonly attributes: readonly string[] }[] {
  return text
    .split(/\r?\n/, mostLines)
    .filter((line) => line.length <= longestLine)
    .flatMap((line) => {
      const [pattern = '', ...attributes] = /^\s*"((?:[^"\\]|\\.)*)"\s+(.*)$/.test(line)
        ? quoted(line)
        : line.trim().split(/[ \t]+/);
      // Negative patterns are forbidden in attributes files, and "[attr]" defines a macro.
      if (!pattern || /^[#!]|^\[attr\]/.test(pattern)) return [];
      return [{ pattern, attributes }];
    });
}

function quoted(line: string): readonly string[] {
  const [, name = '', rest = ''] = /^\s*"((?:[^"\\]|\\.)*)"\s+(.*)$/.exec(line) ?? [];
  return [name.replace(/\\(["\\])/g, '$1'), ...rest.trim().split(/[ \t]+/)];
}

function relativeTo(folder: string, path: string): string | undefined {
  if (folder === '') return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

function depthOf(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length;
}
