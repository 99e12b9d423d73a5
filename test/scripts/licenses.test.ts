import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { licensesText } from '../../scripts/licenses.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'licenses-'));
  pack(
    'used',
    { license: 'MIT' },
    { 'index.js': 'export const used = () => process.hrtime();\n', LICENSE: 'MIT, of course.\r\n' },
  );
  pack(
    'unused',
    { license: 'MIT' },
    { 'index.js': 'export const unused = () => process.hrtime();\n', LICENSE: 'Never shown.' },
  );
  pack('@scope/bare', { license: 'ISC' }, { 'index.js': 'export const bare = () => process.hrtime();\n' });
  pack(
    'grammar',
    { license: 'BSD-3-Clause' },
    { 'grammar.wasm': '', COPYING: 'Copy it.', NOTICE: 'Notice it.' },
  );
  pack('nameless', {}, { 'index.js': 'export const nameless = () => process.hrtime();\n' });
  write(
    'entry.js',
    "import { used } from 'used';\nimport 'unused';\nimport { bare } from '@scope/bare';\nconsole.log(used, bare);\n",
  );
  write('bad.js', "import { nameless } from 'nameless';\nconsole.log(nameless);\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a package whose code or file is in the bundle is named once with its terms, any other is not', async () => {
  const text = licensesText(await bundled('entry.js'), [join(folder, 'node_modules/grammar/grammar.wasm')]);
  const line = '-'.repeat(80);
  expect(
    text,
  ).toBe(`The bundles in this folder hold code of 3 packages besides Review Vitals itself, under these terms.

${line}

@scope/bare 1.0.0 (ISC)

The package says "ISC" and holds no text of its own.

${line}

grammar 1.0.0 (BSD-3-Clause)

Copy it.

Notice it.

${line}

used 1.0.0 (MIT)

MIT, of course.
`);
});

test('a package that names no license stops the build', async () => {
  const output = await bundled('bad.js');
  expect(() => licensesText(output, [])).toThrow(
    'nameless/package.json names no license; look before it is bundled.',
  );
});

async function bundled(entry: string) {
  const bundle = await rolldown({ cwd: folder, input: entry, platform: 'node', logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  return output.flatMap((file) => (file.type === 'chunk' ? [file] : []));
}

function pack(name: string, about: object, files: Readonly<Record<string, string>>): void {
  const own = { name, version: '1.0.0', type: 'module', sideEffects: false, main: 'index.js', ...about };
  write(`node_modules/${name}/package.json`, JSON.stringify(own));
  for (const [path, text] of Object.entries(files)) write(`node_modules/${name}/${path}`, text);
}

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}
