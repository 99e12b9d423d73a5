import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const source = fileURLToPath(new URL('programs/', import.meta.url));
/** Below node_modules, so that the peers are found from there and git does not see it. */
const target = fileURLToPath(new URL('node_modules/.programs/', import.meta.url));

/** Bundles the programs as `dist/` is bundled, the peers left as they are installed. Gives their folder. */
export async function bundlePrograms(): Promise<string> {
  const names = readdirSync(source).filter((name) => name.endsWith('.ts'));
  const bundle = await rolldown({
    input: Object.fromEntries(names.map((name) => [name.replace(/\.ts$/, ''), join(source, name)])),
    platform: 'node',
    external: ['libpg-query', 'lcov-parse', 'parse-lcov', '@friedemannsommer/lcov-parser'],
    logLevel: 'warn',
  });
  await bundle.write({ dir: target, format: 'esm', minify: true });
  await bundle.close();
  return target;
}
