import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../../scripts/build.ts';

export interface BuiltApp {
  /** The entry, for `startAppProcess`. */
  readonly entry: string;
  remove(): void;
}

/** The server as it is shipped, bundled from the sources of now; below `node_modules`, where it finds its database. */
export async function buildApp(): Promise<BuiltApp> {
  const cache = fileURLToPath(new URL('../../../node_modules/.cache/review-vitals', import.meta.url));
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'built-'));
  await build(folder);
  return {
    entry: join(folder, 'app.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
