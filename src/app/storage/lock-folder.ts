import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export interface FolderLock {
  release(): void;
}

/**
 * Takes a folder for this process: an open exclusive transaction on a lock file, which the system frees when the process
 * ends, however it ends. Undefined when another process has it. The file's content means nothing.
 */
export async function lockFolder(folder: string): Promise<FolderLock | undefined> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { DatabaseSync } = await import('node:sqlite');
  const file = new DatabaseSync(join(folder, 'lock'), { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return { release: () => file.close() };
}

/** SQLITE_BUSY. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}
