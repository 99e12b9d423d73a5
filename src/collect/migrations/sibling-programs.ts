import { detectMigration, mayBeMigration } from '../../migrations/detect/detect-migration.ts';
import type { Detected, MigrationSource } from '../../migrations/detect/framework.ts';
import { inOrder } from '../../migrations/detect/in-order.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import type { TreeFile } from '../git/tree-files.ts';

export interface SiblingProgram {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly detected: Detected;
}

/** Limits of one folder. Chosen by us: a history of thousands of migrations has some megabytes. */
const mostFiles = 5_000;
const mostBytes = 32 * 1024 * 1024;
const largestFile = 1024 * 1024;

/**
 * The migrations of one folder that are programs, in the order their framework runs them. What they come after stands
 * inside, so each is read; `all` counts those that were left out too.
 */
export async function siblingPrograms(
  repository: JudgedRepository,
  folder: string,
  source: MigrationSource,
  files: readonly TreeFile[],
): Promise<{ readonly programs: readonly SiblingProgram[]; readonly all: number }> {
  const prefix = folder === '' ? '' : `${folder}/`;
  const candidates = files.filter(
    ({ path, kind }) =>
      kind === 'file' && path.startsWith(prefix) && !path.endsWith('.sql') && mayBeMigration(path),
  );
  const asked = candidates.slice(0, mostFiles);
  const blobs = await repository.readBlobs(asked, { maxBytes: largestFile });
  const programs: SiblingProgram[] = [];
  let bytes = 0;
  let unread = candidates.length - asked.length;
  for (const { path, oid } of asked) {
    const blob = blobs.get(oid);
    if (!(blob instanceof Uint8Array) || bytes + blob.length > mostBytes) {
      unread += 1;
      continue;
    }
    bytes += blob.length;
    const text = new TextDecoder().decode(blob);
    const detected = detectMigration({ path, text, companions: source.companions });
    if (detected?.root === folder) programs.push({ path, bytes: blob, detected });
  }
  return { programs: inOrder(programs), all: programs.length + unread };
}
