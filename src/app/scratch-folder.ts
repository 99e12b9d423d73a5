import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from './storage/lock-folder.ts';

export interface ScratchFolder {
  readonly path: string;
  remove(): void;
}

/**
 * A folder of this process for its jobs' repositories, in one that stays. Folders of processes that were killed are
 * removed: their locks are free. Throws one sentence when others may write there.
 */
export async function openScratchFolder(parent: string): Promise<ScratchFolder> {
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  refuseForeign(parent);
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

/** Whoever may write there could put commits into a clone that are not the repository's. */
function refuseForeign(folder: string): void {
  const user = process.getuid?.();
  if (user === undefined) return;
  const found = statSync(folder);
  // A link of somebody else's can lead elsewhere later.
  const isOwn = lstatSync(folder).uid === user && found.uid === user;
  if (isOwn && (found.mode & 0o022) === 0) return;
  throw new Error(
    `The folder ${folder} is not one that this user alone can write. Remove it, or name another one with REVIEW_VITALS_CACHE.`,
  );
}
