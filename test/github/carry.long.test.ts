import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { applyGitSteps, type StepContext } from './git/apply-steps.ts';
import { createBareRepository } from './git/bare-repository.ts';
import { carryLine, diffFiles, lineAt, placeOf } from './git/diff.ts';
import { readRef, writeRef } from './git/refs.ts';
import { git } from './git/run-git.ts';

const directory = mkdtempSync(join(tmpdir(), 'fake-github-carry-'));
createBareRepository(directory, 'main');
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const context: StepContext = {
  directory,
  defaultBranch: 'main',
  names: new Map(),
  author: () => ({ name: 'A', email: 'a@x', date: '2026-11-02T09:00:00Z' }),
};

/** Two commits of one file, as ids. */
function commits(before: readonly string[], after: readonly string[]): readonly [string, string] {
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
  applyGitSteps(context, [
    { commit: 'before', files: { f: text(before) }, as: 'before' },
    { commit: 'after', files: { f: text(after) }, as: 'after' },
  ]);
  return [context.names.get('before') ?? '', context.names.get('after') ?? ''];
}

const lines = fc.array(
  fc.constantFrom('a', 'b', 'c', 'd', '', '-', '+', '@@ -1 +1 @@', 'diff --git a/f b/f'),
  { minLength: 1, maxLength: 40 },
);

describe('lines between two commits', () => {
  test('a carried line holds the same text, and an unchanged file keeps every line', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const [from, to] = commits(before, after);
        const landed = before.map((_, index) => carryLine(directory, from, to, 'f', index + 1)?.line);
        for (const [index, line] of landed.entries())
          if (line !== undefined) expect(after[line - 1]).toBe(before[index]);
        const kept = landed.filter((line) => line !== undefined);
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        if (before.join('\n') === after.join('\n')) expect(kept).toHaveLength(before.length);
      }),
      { numRuns: 25 },
    );
  });

  test('a place in the diff and its position name the same line', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const [from, to] = commits(before, after);
        const [file] = diffFiles(directory, from, to);
        if (file === undefined) return;
        for (const side of ['LEFT', 'RIGHT'] as const) {
          const all = side === 'LEFT' ? before : after;
          for (const [index, text] of all.entries()) {
            const place = placeOf(file, side, index + 1);
            if (place === undefined) continue;
            const line = place.hunk.lines[place.index] ?? '';
            expect(line.slice(1)).toBe(text);
            const back = lineAt(file, place.position);
            // A context line stands on both sides; by position it is the right one.
            if (back?.side === side) expect(back.line).toBe(index + 1);
            else expect(line.startsWith(' ')).toBe(true);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  test('every added and removed line has a place', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const [from, to] = commits(before, after);
        const [file] = diffFiles(directory, from, to);
        const places = after.filter(
          (_, index) => file !== undefined && placeOf(file, 'RIGHT', index + 1) !== undefined,
        );
        expect(places.length).toBeGreaterThanOrEqual(file?.additions ?? 0);
      }),
      { numRuns: 15 },
    );
  });
});

describe('refs', () => {
  test('what is written is what git reads, packed or not', () => {
    const [from, to] = commits(['a'], ['b']);
    writeRef(directory, 'refs/heads/topic/one', from);
    expect(git(directory, ['rev-parse', 'refs/heads/topic/one'])).toBe(from);
    git(directory, ['pack-refs', '--all']);
    expect(readRef(directory, 'refs/heads/topic/one')).toBe(from);
    writeRef(directory, 'refs/heads/topic/one', to);
    expect(git(directory, ['rev-parse', 'refs/heads/topic/one'])).toBe(to);
    expect(readRef(directory, 'refs/heads/none')).toBeUndefined();
    expect(readRef(directory, '../../etc/passwd')).toBeUndefined();
  });

  test('a branch below a branch is refused, as git refuses it', () => {
    const [from] = commits(['a'], ['b']);
    writeRef(directory, 'refs/heads/one', from);
    expect(() => writeRef(directory, 'refs/heads/one/two', from)).toThrow('refs/heads/one');
  });
});
