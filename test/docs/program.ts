import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What documents are held against, read from the sources themselves. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The commands that `src/entry/cli.ts` dispatches, each with the file that carries it out. */
export function commandFiles(): ReadonlyMap<string, string> {
  const pattern = /^ {2}'?([a-z]+)'?: async \(\) => \(await import\('\.\/(command-line\/[a-z-]+\.ts)'\)\)/gm;
  return new Map(
    [...textOf('src/entry/cli.ts').matchAll(pattern)].map(([, name = '', file = '']) => [
      name,
      `src/entry/${file}`,
    ]),
  );
}

/** The options that a command's file hands to `parseArgs`. */
export function acceptedOptions(file: string): readonly string[] {
  return [...textOf(file).matchAll(/'?\b([a-z][a-z-]*)'?: \{ type: '(?:string|boolean)'/g)].map(
    ([, name = '']) => name,
  );
}

/** Option → the words it takes, where it takes only some. */
export function acceptedWords(file: string): ReadonlyMap<string, readonly string[]> {
  const pattern = /oneOf\(\s*values(?:\.|\[')[a-zA-Z-]+(?:'\])?,\s*\[([^\]]*)\],\s*'([a-z-]+)',?\s*\)/g;
  return new Map(
    [...textOf(file).matchAll(pattern)].map(([, words = '', name = '']) => [
      name,
      [...words.matchAll(/'([^']*)'/g)].map(([, word = '']) => word),
    ]),
  );
}
