import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const parser = fileURLToPath(
  new URL('../../../src/collect/sql-parser/load-postgres-parser.ts', import.meta.url),
);

/** Parses enough for V8 to want to optimise the grammar, waits until it would have, and prints the peak in megabytes. */
const program = `
  import { loadPostgresParser } from '${pathToFileURL(parser).href}';
  const parse = await loadPostgresParser();
  let statements = 0;
  for (let round = 0; round < 2000; round += 1)
    statements += parse('CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12, 2) NOT NULL);').stmts.length;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  console.log(JSON.stringify({ statements, megabytes: process.resourceUsage().maxRSS / 1000 }));
`;

test('the grammar is not optimised, which would take 600 MB', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const { statements, megabytes }: { statements: number; megabytes: number } = JSON.parse(stdout);
  expect(statements).toBe(2000);
  expect(megabytes).toBeLessThan(300);
});
