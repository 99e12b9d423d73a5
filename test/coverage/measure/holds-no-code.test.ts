import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { holdsNoCode } from '../../../src/coverage/measure/holds-no-code.ts';

describe('a file without code', () => {
  it.each([
    [
      'types',
      "import type { A } from './a.ts';\n\n/** One. */\nexport interface B {\n  readonly a: A;\n  run(): void;\n}\n\nexport type C = 'x' | 'y';\n",
    ],
    [
      'a union over several lines',
      "export type A =\n  | { readonly kind: 'a' }\n  | { readonly kind: 'b' };\n",
    ],
    ['a generic type', 'export type F<T> = { [name in keyof T]: (value: T) => void };\n'],
    [
      'declarations',
      'declare module "x" {\n  export default function f(): void;\n}\ndeclare const y: number;\n',
    ],
    ['re-exports of types', "export type { A } from './a.ts';\n"],
    ['comments only', '// export const a = 1;\n/* function f() {} */\n'],
  ])('holds %s', (_, text) => {
    expect(holdsNoCode('src/a.ts', text)).toBe(true);
  });
});

describe('a file with code', () => {
  it.each([
    ['a constant', 'export const a = 1;\n'],
    ['a function', 'export async function f(): Promise<void> {}\n'],
    ['a class behind a type', 'export interface A { a: string }\n\nexport class B {}\n'],
    ['a call', "import { f } from './f.ts';\n\nf('x');\n"],
    ['a default export', 'export default { a: 1 };\n'],
    ['an assignment', 'module.exports = {};\n'],
    ['an enum', 'export enum E { A }\n'],
    ['JavaScript, whatever it holds', ''],
  ])('holds %s', (name, text) => {
    expect(holdsNoCode(name.startsWith('JavaScript') ? 'src/a.js' : 'src/a.ts', text)).toBe(false);
  });
});

it('agrees with the build on every source of this project', () => {
  const src = fileURLToPath(new URL('../../../src', import.meta.url));
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.d.ts'),
  );
  const wrong = files.filter((path) => {
    const text = readFileSync(join(src, path), 'utf8');
    // A function, constant or class at the beginning of a line is code in this project's style.
    const hasCode =
      /^(?:export )?(?:default |async )*(?:function|const|let|class)\b|^(?:try|await|process)\b/m.test(text);
    return holdsNoCode(path, text) === hasCode;
  });
  expect(wrong).toEqual([]);
});
