import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from './storage/lock-folder.ts';

export interface ScratchFolder {
  readonly path: string;
  remove(): void;
}

/**
 * A folder of this process for its jobs' repositories. Folders of processes that were killed are removed: their locks
 * are free.
 */
export async function openScratchFolder(parent: string): Promise<ScratchFolder> {
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(parent)) {
    const folder = join(parent, name);
    // Without a lock file yet it belongs to a process that is just starting.
    if (!name.startsWith('process-') || !existsSync(join(folder, 'lock'))) continue;
    const left = await lockFolder(folder).catch(() => undefined);
    if (!left) continue;
    left.release();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  const path = mkdtempSync(join(parent, 'process-'));
  const lock = await lockFolder(path);
  return {
    path,
    remove() {
      lock?.release();
      try {
        rmSync(path, { recursive: true, force: true, maxRetries: 3 });
      } catch {
        // A job that was handed back still writes there; the next process to start removes it.
      }
    },
  };
}
