import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { supportPage } from '../../../scripts/support-table.ts';
import type { MigrationFile } from '../../../src/core/migration-facts.ts';
import { readSql } from '../read-sql.ts';
import { filesText, frameworks, operationText, readFramework } from './read-framework.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

describe.each(frameworks)('the migrations of %s', async (name) => {
  const files = await readFramework(name);

  it('are ten or more', () => {
    expect(files.length).toBeGreaterThanOrEqual(10);
  });

  it('are read as expected.txt has them', async () => {
    await expect(filesText(files)).toMatchFileSnapshot(join(root, name, 'expected.txt'));
  });

  // Of SQL there is nothing to translate.
  if (!existsSync(join(root, name, 'sent.json'))) return;
  it('do what the SQL does that the framework itself sends for them', () => {
    const sent: { readonly files: Readonly<Record<string, readonly string[]>> } = JSON.parse(
      readFileSync(join(root, name, 'sent.json'), 'utf8'),
    );
    const told = readSql(
      Object.values(sent.files).map((statements, at) => ({
        path: `postgres/migrations/${String(at).padStart(4, '0')}_step.sql`,
        sql: statements.join(';\n'),
      })),
    );
    const paths = Object.keys(sent.files);
    paths.forEach((path, at) => {
      const file = files.find((one) => one.path === path);
      const expected = done(told[at]);
      // What is named as not analysed is missing, and nothing else.
      if (file?.notAnalysed.length === 0)
        expect({ path, done: done(file) }).toEqual({ path, done: expected });
      else expect({ path, more: without(done(file), expected) }).toEqual({ path, more: [] });
    });
  });
});

/** What is done, without the names that frameworks make up of a hash, in no order of its own. */
function done(file: MigrationFile | undefined): readonly string[] {
  return (file?.operations ?? [])
    .map(({ name: _, ...operation }) => operationText({ ...operation, inTransaction: true }))
    .toSorted();
}

function without(lines: readonly string[], taken: readonly string[]): readonly string[] {
  const rest = [...taken];
  return lines.filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

it('docs/migrations-support.md says what the corpus says', async () => {
  const page = readFileSync(join(root, '../../../docs/migrations-support.md'), 'utf8');
  expect(await supportPage(), 'out of date: run `npm run generate`').toBe(page);
});
