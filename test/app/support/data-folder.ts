import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createLog } from '../../../src/app/log.ts';
import { lockFolder } from '../../../src/app/storage/lock-folder.ts';
import { openEmbedded } from '../../../src/app/storage/open-embedded.ts';

const root = new URL('../../../', import.meta.url);
const silent = createLog('error', () => undefined);

/**
 * A data folder with a new embedded database in it. Making one takes five seconds of a core, so it is made once for
 * each state of the schema, kept under `node_modules/.cache`, and copied.
 */
export async function makeDataFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'review-vitals-data-test-'));
  const schema = readFileSync(new URL('src/app/storage/migrations.ts', root));
  const version = createHash('sha256').update(schema).update('0.5.16').digest('hex').slice(0, 16);
  const cache = fileURLToPath(new URL(`node_modules/.cache/review-vitals/embedded-${version}`, root));
  const marker = join(cache, 'whole');
  for (;;) {
    const lock = await lockFolder(cache);
    if (lock && existsSync(marker)) {
      cpSync(join(cache, 'postgres'), join(folder, 'postgres'), { recursive: true });
      lock.release();
      return folder;
    }
    lock?.release();
    // Another test file may be faster: then this one is refused, and waits for it.
    const made = lock ? await openEmbedded(cache, silent).catch(() => undefined) : undefined;
    if (made) {
      await made.close();
      writeFileSync(marker, '');
    } else {
      await pause(200);
    }
  }
}
