import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { writeTree } from '../../../src/collect/git/write-tree.ts';
import { createCleanup } from './opened.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

function emptyRepository(objectFormat: 'sha1' | 'sha256') {
  const folder = cleanup.folder();
  const git = (args: readonly string[], input = '') =>
    spawnSync('git', args, { cwd: folder, input, encoding: 'utf8', maxBuffer: 2 ** 27 }).stdout.trim();
  git(['init', '--quiet', '--bare', `--object-format=${objectFormat}`, '.']);
  mkdirSync(join(folder, 'objects'), { recursive: true });
  return { scratch: { gitDirectory: folder, objectFormat } as Parameters<typeof writeTree>[0], git };
}

// The largest has 1,500 entries of 48 bytes: more than one stored block of 65,535.
test.each([
  ['sha1', 0],
  ['sha1', 1],
  ['sha1', 12],
  ['sha1', 4_000],
  ['sha256', 1_500],
] as const)('a tree of %s with %i files is the one that git makes', (format, count) => {
  const { scratch, git } = emptyRepository(format);
  const id = (index: number) => (index + 1).toString(16).padStart(format === 'sha1' ? 40 : 64, '0');
  const blobs = Array.from({ length: count }, (_, index) => (index % 5 === 3 ? undefined : id(index)));
  const written = writeTree(scratch, blobs);
  const entries = blobs.flatMap((blob, index) =>
    blob === undefined ? [] : [`100644 blob ${blob}\tf${String(index).padStart(6, '0')}`],
  );
  expect(git(['ls-tree', written]).split('\n').filter(Boolean)).toEqual(entries);
  expect(git(['mktree', '--missing'], entries.map((entry) => `${entry}\n`).join(''))).toBe(written);
  expect(git(['fsck', '--no-dangling', '--connectivity-only'])).toBe('');
});

test('a tree that is there already stays as it is: another git may be reading it just then', () => {
  const { scratch } = emptyRepository('sha1');
  const id = writeTree(scratch, ['1'.repeat(40)]);
  const file = join(scratch.gitDirectory, 'objects', id.slice(0, 2), id.slice(2));
  utimesSync(file, 0, 0);
  expect(writeTree(scratch, ['1'.repeat(40)])).toBe(id);
  expect(statSync(file).mtimeMs).toBe(0);
});
