import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './generated-files.ts';

/** Writes every generated file; with `--check` only says which ones are stale. */
const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
const files = await generatedFiles();
const stale = [...files]
  .filter(
    ([path, content]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== content,
  )
  .map(([path]) => path);
const orphaned = rulePages().filter((path) => !files.has(path));
if (check) {
  if (stale.length + orphaned.length > 0) {
    console.error(
      `Out of date: ${[...stale, ...orphaned].join(', ')}. Run \`npm run generate\` and commit the result.`,
    );
    process.exitCode = 1;
  }
} else {
  for (const path of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path) ?? '');
  }
  for (const path of orphaned) rmSync(join(root, path));
  console.log(
    stale.length + orphaned.length === 0
      ? 'Everything generated is up to date.'
      : `Wrote ${stale.length}, removed ${orphaned.length}.`,
  );
}

function rulePages(): readonly string[] {
  const folder = join(root, 'docs/rules');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/rules/${path}`);
}
