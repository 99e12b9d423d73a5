import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rules } from '../src/rules.ts';
import { runCase } from './support/run-case.ts';

/** Adding a folder adds a test; README.md beside the folders says what may be in one. */
const root = fileURLToPath(new URL('cases', import.meta.url));
const test = fileURLToPath(new URL('.', import.meta.url));
const cases = foldersWith('expected.md', root);

describe.concurrent('cases', () => {
  it.each(cases.map((folder) => [relative(root, folder), folder]))('%s', async (name, folder) => {
    const [subject, rule] = name.split('/');
    const outcome = await runCase(folder, `${subject}/${rule}`);
    // `UPDATE_CASES=1 npx vitest run test/cases.test.ts` writes what the rules say now, to be read before it is committed.
    if (process.env.UPDATE_CASES) writeFileSync(join(folder, 'expected.md'), outcome);
    expect(outcome).toBe(readFileSync(join(folder, 'expected.md'), 'utf8'));
  });
});

describe('every rule is complete', () => {
  it.each(rules.map(({ id }) => id))('%s', (id) => {
    const expected = cases
      .filter((folder) => relative(root, folder).startsWith(`${id}/`))
      .map((folder) => readFileSync(join(folder, 'expected.md'), 'utf8'));
    const [subject, name] = id.split('/');
    const missing = [
      ...(existsSync(join(test, subject ?? '', 'rules', `${name}.test.ts`))
        ? []
        : [`${id} has no test: write test/${subject}/rules/${name}.test.ts.`]),
      ...(existsSync(join(test, '..', 'docs/rules', `${id}.md`))
        ? []
        : [`${id} has no page: run \`npm run generate\`.`]),
      ...(expected.some((text) => text.startsWith('## '))
        ? []
        : [`${id} has no case in which it speaks: add a folder test/cases/${id}/<what happens>/.`]),
      ...(expected.some((text) => !text.startsWith('## '))
        ? []
        : [`${id} has no case in which it stays quiet: add a folder test/cases/${id}/<what happens>/.`]),
    ];
    expect(missing).toEqual([]);
  });
});

function foldersWith(name: string, folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(`/${name}`))
    .map((path) => join(folder, path.slice(0, -name.length - 1)))
    .toSorted();
}
