import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModule, parseSync } from 'libpg-query';
import { timed } from './timed.ts';

/** PostgreSQL's parser alone on a folder: what reading migrations costs at least. */
await timed(async () => {
  await loadModule();
  const folder = process.argv[2] ?? '';
  let statements = 0;
  for (const name of readdirSync(folder))
    statements += parseSync(readFileSync(join(folder, name), 'utf8')).stmts?.length ?? 0;
  return statements;
});
