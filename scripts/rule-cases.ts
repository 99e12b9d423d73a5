import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface RuleCase {
  readonly name: string;
  /** What the head has and the base has not, or has otherwise, and the other given files. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly expected: string;
}

const root = fileURLToPath(new URL('../test/cases', import.meta.url));

/** The cases of a rule, by name. */
export function ruleCases(id: string): readonly RuleCase[] {
  const folder = join(root, id);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .filter((name) => existsSync(join(folder, name, 'expected.md')))
    .map((name) => ({
      name,
      files: changedFiles(join(folder, name)),
      expected: readFileSync(join(folder, name, 'expected.md'), 'utf8'),
    }));
}

function changedFiles(folder: string): RuleCase['files'] {
  const [base, head] = [read(join(folder, 'base')), read(join(folder, 'head'))];
  const changed = [...head].filter(([path, text]) => base.get(path) !== text);
  const given = ['message.txt', 'lcov.info', 'facts.json']
    .filter((name) => existsSync(join(folder, name)))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
  return [...changed, ...given].map(([path, text]) => ({ path, text }));
}

function read(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(folder, path)).isFile())
      .toSorted()
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );
}
