import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrations } from '../../../src/entry/command-line/migrations.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'review-vitals-test-'));
  for (const name of ['db/migrations', 'empty']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'db/migrations/001_a.up.sql'), 'CREATE TABLE a (id int);\n');
  symlinkSync('001_a.up.sql', join(folder, 'db/migrations/002_link.up.sql'));
  symlinkSync('db', join(folder, 'linked'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a link in a folder is left out with a sentence', async () => {
  const { output, exitCode } = await migrations([join(folder, 'db'), '--format', 'json']);
  expect(exitCode).toBe(0);
  const { files, remarks } = JSON.parse(output);
  expect(files.map(({ path }: { path: string }) => path)).toEqual([
    join(folder, 'db/migrations/001_a.up.sql'),
  ]);
  expect(remarks).toEqual([
    `\`${join(folder, 'db/migrations/002_link.up.sql')}\` was not read: it is a symbolic link`,
  ]);
});

test('a linked folder is not followed, and the sentence says what to name instead', async () => {
  await expect(migrations([join(folder, 'linked')])).rejects.toThrow(
    `${join(folder, 'linked')} is a symbolic link, which is not followed. Name the folder it leads to.`,
  );
});

test('a folder without migrations is said to have none', async () => {
  await expect(migrations([join(folder, 'empty')])).rejects.toThrow(
    `No migration was found in ${join(folder, 'empty')}.`,
  );
});
