import { gitBytes } from './run-git.ts';

interface DiffHunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** The `@@` line and the lines below it, each with its sign. */
  readonly lines: readonly string[];
}

export interface FileDiff {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  /** Blob at the head; at the base for a removed file. */
  readonly blob: string;
  readonly additions: number;
  readonly deletions: number;
  /** From the first `@@` on; absent for binary files, pure renames and mode changes. */
  readonly patch?: string;
  readonly hunks: readonly DiffHunk[];
}

export type Side = 'LEFT' | 'RIGHT';

const statuses: Readonly<Record<string, FileDiff['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
};
const cache = new Map<string, readonly FileDiff[]>();
const options = [
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--no-abbrev',
  '-M',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];

/** The diff between two commits with three lines of context, as GitHub shows it. */
export function diffFiles(directory: string, base: string, head: string): readonly FileDiff[] {
  const key = `${directory} ${base} ${head}`;
  const cached = cache.get(key);
  if (cached !== undefined) return cached;
  const files = parseDiff(
    gitBytes(directory, ['diff', '--raw', '-p', '-z', '-U3', ...options, base, head, '--']),
  );
  cache.set(key, files);
  return files;
}

export function diffText(directory: string, base: string, head: string): Buffer {
  return gitBytes(directory, ['diff', '-p', '-U3', '--full-index', '--binary', ...options, base, head, '--']);
}

function parseDiff(out: Buffer): readonly FileDiff[] {
  const raw: { status: string; blob: string; paths: string[] }[] = [];
  let at = 0;
  const token = (): string => {
    const end = out.indexOf(0, at);
    const text = out.subarray(at, end === -1 ? out.length : end).toString('utf8');
    at = end === -1 ? out.length : end + 1;
    return text;
  };
  while (at < out.length && out[at] === 0x3a) {
    const [, , oldBlob = '', newBlob = '', status = ''] = token().split(' ');
    const letter = status.charAt(0);
    const paths = letter === 'R' || letter === 'C' ? [token(), token()] : [token()];
    raw.push({ status: letter, blob: letter === 'D' ? oldBlob : newBlob, paths });
  }
  if (out[at] === 0) at += 1;
  const sections = splitSections(out.subarray(at).toString('utf8'));
  let next = 0;
  return raw.map(({ status, blob, paths }) => {
    // Git shows a change of type as a deletion and an addition.
    const mine = sections.slice(next, next + (status === 'T' ? 2 : 1));
    next += mine.length;
    const text = mine.flatMap((section) => section.slice(Math.max(0, firstHunk(section))));
    const hunks = mine.some((section) => firstHunk(section) >= 0) ? parseHunks(text) : [];
    const path = paths.at(-1) ?? '';
    const body = hunks.flatMap((hunk) => hunk.lines.slice(1));
    return {
      path,
      ...(paths.length === 2 && paths[0] !== undefined ? { previousPath: paths[0] } : {}),
      status: statuses[status] ?? 'changed',
      blob,
      additions: body.filter((line) => line.startsWith('+')).length,
      deletions: body.filter((line) => line.startsWith('-')).length,
      ...(hunks.length > 0 ? { patch: hunks.map((hunk) => hunk.lines.join('\n')).join('\n') } : {}),
      hunks,
    };
  });
}

function splitSections(text: string): string[][] {
  const sections: string[][] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    if (line.startsWith('diff --git ')) sections.push([]);
    sections.at(-1)?.push(line);
  }
  return sections;
}

function firstHunk(section: readonly string[]): number {
  return section.findIndex((line) => line.startsWith('@@ '));
}

function parseHunks(lines: readonly string[]): readonly DiffHunk[] {
  const hunks: { oldStart: number; oldLines: number; newStart: number; newLines: number; lines: string[] }[] =
    [];
  for (const line of lines) {
    const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (header !== null) {
      const [, oldStart, oldLines = '1', newStart, newLines = '1'] = header;
      hunks.push({
        oldStart: Number(oldStart),
        oldLines: Number(oldLines),
        newStart: Number(newStart),
        newLines: Number(newLines),
        lines: [line],
      });
    } else hunks.at(-1)?.lines.push(line);
  }
  return hunks;
}

export interface AnchorPlace {
  readonly hunk: DiffHunk;
  /** Index in `hunk.lines`; the `@@` line is 0. */
  readonly index: number;
  /** Lines below the first `@@` of the file, as the API counts `position`. */
  readonly position: number;
}

/** Where a line of one side stands in a file's diff; nothing when GitHub would not show that line. */
export function placeOf(file: FileDiff, side: Side, wanted: number): AnchorPlace | undefined {
  let position = -1;
  for (const hunk of file.hunks) {
    let oldLine = hunk.oldStart;
    let newLine = hunk.newStart;
    for (const [index, line] of hunk.lines.entries()) {
      position += 1;
      if (index === 0 || line.startsWith('\\')) continue;
      const sign = line.charAt(0);
      const here = side === 'RIGHT' ? newLine : oldLine;
      const onSide = side === 'RIGHT' ? sign !== '-' : sign !== '+';
      if (onSide && here === wanted) return { hunk, index, position };
      if (sign !== '-') newLine += 1;
      if (sign !== '+') oldLine += 1;
    }
  }
  return undefined;
}

/** The line that `position` names, the other way round. */
export function lineAt(
  file: FileDiff,
  wanted: number,
): { readonly side: Side; readonly line: number } | undefined {
  let position = -1;
  for (const hunk of file.hunks) {
    let oldLine = hunk.oldStart;
    let newLine = hunk.newStart;
    for (const [index, line] of hunk.lines.entries()) {
      position += 1;
      if (index === 0 || line.startsWith('\\')) continue;
      const sign = line.charAt(0);
      if (position === wanted)
        return sign === '-' ? { side: 'LEFT', line: oldLine } : { side: 'RIGHT', line: newLine };
      if (sign !== '-') newLine += 1;
      if (sign !== '+') oldLine += 1;
    }
  }
  return undefined;
}

/**
 * Where a line of one commit is found in another; nothing when the line was changed or its file is gone.
 * Renames are followed.
 */
export function carryLine(
  directory: string,
  from: string,
  to: string,
  path: string,
  line: number,
): { readonly path: string; readonly line: number } | undefined {
  if (from === to) return { path, line };
  const file = diffFiles(directory, from, to).find((one) => (one.previousPath ?? one.path) === path);
  if (file === undefined) return { path, line };
  if (file.status === 'removed') return undefined;
  let shift = 0;
  for (const hunk of file.hunks) {
    if (line < hunk.oldStart) break;
    const place = placeOf(file, 'LEFT', line);
    if (place !== undefined && place.hunk === hunk) {
      if (hunk.lines[place.index]?.startsWith('-')) return undefined;
      const before = hunk.lines.slice(1, place.index);
      const removed = before.filter((one) => one.startsWith('-')).length;
      const added = before.filter((one) => one.startsWith('+')).length;
      return { path: file.path, line: line + shift + added - removed };
    }
    shift += hunk.newLines - hunk.oldLines;
  }
  return { path: file.path, line: line + shift };
}
