import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, seededRandom } from './seeded-random.ts';
import { sourcePath } from './source-files.ts';
import { sqlMigrations } from './sql-migrations.ts';

interface RepositoryShape {
  readonly files: number;
  readonly lines: (index: number, random: Random) => number;
  /** How many of the files the change edits, and one of how many of their lines. */
  readonly changed: number;
  readonly oneLineOf: number;
  /** Migrations that the change adds. */
  readonly migrations: number;
}

/** A repository whose branch `change` is checked out. */
export function createRepository(folder: string, shape: RepositoryShape): void {
  const random = seededRandom(23);
  const base = Array.from(
    { length: shape.files },
    (_, index) => [sourcePath(index), linesOf(shape.lines(index, random), random)] as const,
  );
  const changed = base
    .slice(0, shape.changed)
    .map(([path, lines]) => [path, edited(lines, shape.oneLineOf, random)] as const);
  const migrations = [...sqlMigrations(shape.migrations)].map(
    ([name, text]) => [`db/migrations/${name}`, [text.trimEnd()]] as const,
  );
  const stream = [
    commit('refs/heads/main', 'Begin', base),
    commit('refs/heads/change', 'Change it', [...changed, ...migrations], 'refs/heads/main'),
  ].join('');
  git(folder, ['init', '--quiet', '--initial-branch=main', folder]);
  git(folder, ['-C', folder, 'fast-import', '--quiet'], stream);
  git(folder, ['-C', folder, 'checkout', '--quiet', 'change']);
  // For danger alone: it wants a file with its rules, and this one has none.
  writeFileSync(join(folder, 'dangerfile.js'), '');
}

function linesOf(length: number, random: Random): readonly string[] {
  return Array.from({ length }, (_, line) => `export const value${line} = ${random(100_000)};`);
}

function edited(lines: readonly string[], oneOf: number, random: Random): readonly string[] {
  return lines.flatMap((line) => (random(oneOf) === 0 ? [line, `${line} // ${random(1000)}`] : [line]));
}

function commit(
  branch: string,
  message: string,
  files: readonly (readonly [path: string, lines: readonly string[]])[],
  from?: string,
): string {
  const blobs = files.map(([path, lines]) => `M 100644 inline ${path}\n${data(`${lines.join('\n')}\n`)}`);
  return (
    `commit ${branch}\ncommitter Bench <bench@example.org> 1700000000 +0000\n${data(message)}` +
    `${from === undefined ? '' : `from ${from}\n`}${blobs.join('')}\n`
  );
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function git(folder: string, parameters: readonly string[], input = ''): void {
  const { status, stderr } = spawnSync('git', parameters, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git could not make ${folder}: ${stderr}`);
}
