import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPatchReader } from '../../../src/collect/git/patch-lines.ts';
import { fixedGitEnvironment } from '../../support/git-repository.ts';

function read(patch: string, pieces = 1) {
  const bytes = Buffer.from(patch);
  const reader = createPatchReader();
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  return reader.end();
}

const header = 'diff --git a/f0 b/f0\nindex 1..2 100644\n--- a/f0\n+++ b/f0\n';

describe('A patch', () => {
  test('gives hunks, added and deleted lines in the numbering of their own side', () => {
    const patch = `${header}@@ -1,4 +1,5 @@ function\n a\n-b\n+B\n+C\n c\n d\n@@ -20,2 +21 @@\n x\n-y\n`;
    expect(read(patch).get('f0')).toEqual({
      hunks: [
        { baseStart: 1, baseLines: 4, headStart: 1, headLines: 5 },
        { baseStart: 20, baseLines: 2, headStart: 21, headLines: 1 },
      ],
      added: [{ start: 2, end: 3 }],
      deleted: [
        { start: 2, end: 2 },
        { start: 21, end: 21 },
      ],
      isBinary: false,
    });
  });

  test('is read the same in pieces of any size', () => {
    const patch = `${header}@@ -1,2 +1,2 @@\n-${'x'.repeat(500)}\n+${'y'.repeat(700)}\n z\n`;
    for (const pieces of [1, 2, 3, 7, 100, 2000]) expect(read(patch, pieces)).toEqual(read(patch));
  });

  test('keeps content that looks like headers as content', () => {
    const patch = `${header}@@ -1,2 +1,3 @@\n--- a/evil\n+++ b/evil\n+@@ -1 +1 @@\n+diff --git a/f9 b/f9\n`;
    // Three added and two announced deleted lines; the second deleted one is missing, so the patch is refused.
    expect(() => read(patch)).toThrow('the patch ends in the middle of a line or hunk');
    const whole = `${header}@@ -1,1 +1,3 @@\n--- a/evil\n+++ b/evil\n+@@ -1 +1 @@\n+diff --git a/f9 b/f9\n`;
    expect([...read(whole).keys()]).toEqual(['f0']);
    expect(read(whole).get('f0')?.added).toEqual([{ start: 1, end: 3 }]);
  });

  test('counts a missing line end at the end of a file on no side', () => {
    const patch = `${header}@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n`;
    expect(read(patch).get('f0')).toMatchObject({
      added: [{ start: 1, end: 1 }],
      deleted: [{ start: 1, end: 1 }],
    });
  });

  test('is refused when a name in its header is none of ours', () => {
    expect(() => read('diff --git a/x y b/x y\n')).toThrow(
      'the patch has a file header that is not understood',
    );
  });

  test('is refused when it is cut off inside a hunk', () => {
    expect(() => read(`${header}@@ -1,2 +1,2 @@\n a\n`)).toThrow(
      'the patch ends in the middle of a line or hunk',
    );
  });
});

describe('For any two texts', () => {
  test('applying what was read turns one into the other', () => {
    const folder = mkdtempSync(join(tmpdir(), 'review-vitals-test-'));
    const line = fc.constantFrom(
      'a',
      'b',
      '--- a/f0',
      '+++ b/f0',
      '@@ -1 +1 @@',
      'diff --git a/f1 b/f1',
      '',
      '\\ No',
    );
    const text = fc
      .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
      .map(([lines, ended]) => lines.join('\n') + (ended ? '\n' : ''));
    try {
      fc.assert(
        fc.property(text, text, fc.constantFrom(0, 3), (before, after, context) => {
          writeFileSync(join(folder, 'f0'), before);
          writeFileSync(join(folder, 'f1'), after);
          const args = ['diff', '--no-index', `-U${context}`, '--no-color', 'f0', 'f1'];
          const { stdout } = spawnSync('git', args, { cwd: folder, env: fixedGitEnvironment });
          const patch = read(
            stdout.toString().replace(/^diff --git a\/f0 b\/f1/, 'diff --git a/f0 b/f0'),
          ).get('f0');
          const base = linesOf(before);
          const head = linesOf(after);
          const isIn = (ranges: readonly { start: number; end: number }[] | undefined, number: number) =>
            ranges?.some(({ start, end }) => start <= number && number <= end) ?? false;
          const keptBase = base.filter((_, index) => !isIn(patch?.deleted, index + 1));
          const keptHead = head.filter((_, index) => !isIn(patch?.added, index + 1));
          expect(keptBase).toEqual(keptHead);
        }),
        { numRuns: 150 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Lines with their end, so that a missing last line end is a difference, as it is for git. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
