import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.ts';

/** Builds into a folder beside and compares byte by byte: what runs is what is read. */
const root = fileURLToPath(new URL('..', import.meta.url));
const fresh = mkdtempSync(join(tmpdir(), 'review-vitals-dist-'));
await build(fresh);
const committed = join(root, 'dist');
const differing = [...new Set([...filesIn(fresh), ...filesIn(committed)])]
  .filter((path) => !same(path))
  .toSorted();
rmSync(fresh, { recursive: true });
if (differing.length > 0) {
  console.error(
    `dist/ is not what the sources build: ${differing.join(', ')}. Run \`npm run build\` and commit dist/ with its sources.`,
  );
  process.exitCode = 1;
} else {
  console.log('dist/ is what the sources build, byte for byte.');
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
}

function same(path: string): boolean {
  try {
    return readFileSync(join(fresh, path)).equals(readFileSync(join(committed, path)));
  } catch {
    return false;
  }
}
