import type { MigrationFile, MigrationFolder } from '../../core/migration-facts.ts';
import { companionPaths, detectMigration } from '../../migrations/detect/detect-migration.ts';
import type { MigrationSource } from '../../migrations/detect/framework.ts';
import { siblingMigrations } from '../../migrations/detect/sibling-migrations.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import { ordinaryPaths, type TreeFile } from '../git/tree-files.ts';
import { siblingPrograms } from './sibling-programs.ts';

/** How many of the newest migrations are asked for their way back. Chosen by us: what is usual today, not what once was. */
const askedForWayBack = 20;
const largestMigration = 256 * 1024;

/** One folder of migrations as the base branch has it now, which can be newer than the merge base. */
export async function folderAtBase(
  repository: JudgedRepository,
  folder: string,
  source: MigrationSource,
  filesAtBase: readonly TreeFile[],
  inChange: readonly MigrationFile[],
): Promise<MigrationFolder> {
  if (detectMigration(source)?.after !== undefined) {
    const { programs } = await siblingPrograms(repository, folder, source, filesAtBase);
    const files = programs.map(({ path, detected: { version, after = [] } }) => ({ path, version, after }));
    return {
      folder,
      files,
      ...waysOf(programs.slice(-askedForWayBack).map(({ detected }) => detected.wayBack)),
    };
  }
  const byPath = new Map(filesAtBase.map((file) => [file.path, file]));
  const paths = ordinaryPaths(filesAtBase);
  const files = siblingMigrations(source, paths);
  if (!inChange.some(({ wayBack }) => wayBack === 'none')) return { folder, files };

  const newest = files.slice(-askedForWayBack);
  const blobs = await repository.readBlobs(
    newest.flatMap(({ path }) => byPath.get(path) ?? []),
    { maxBytes: largestMigration },
  );
  // Whether a companion exists is all that counts for a way back; what the project's own files say is known already.
  const beside = newest.flatMap(({ path }) => [...companionPaths(path), ...undoOf(path, paths)]);
  const present = beside.filter((path) => byPath.has(path)).map((path) => [path, ''] as const);
  const companions = new Map([...present, ...source.companions]);
  const ways = newest.flatMap(({ path }) => {
    const blob = blobs.get(byPath.get(path)?.oid ?? '');
    if (!(blob instanceof Uint8Array)) return [];
    return detectMigration({ path, text: new TextDecoder().decode(blob), companions })?.wayBack ?? [];
  });
  return { folder, files, ...waysOf(ways) };
}

function waysOf(ways: readonly MigrationFile['wayBack'][]): Pick<MigrationFolder, 'waysBack'> {
  if (ways.length === 0) return {};
  return { waysBack: { files: ways.filter((way) => way === 'down-step').length, of: ways.length } };
}

/** Flyway's undo step of a version bears a description of its own. */
function undoOf(path: string, all: readonly string[]): readonly string[] {
  const match = /^(.*\/)?V(\d[^/]*?)__[^/]*\.sql$/.exec(path);
  if (!match) return [];
  const start = `${match[1] ?? ''}U${match[2]}__`;
  return all.filter((other) => other.startsWith(start));
}
