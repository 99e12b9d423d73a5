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
  const texts = await textsOf(
    repository,
    newest.map(({ path }) => path),
    byPath,
  );
  // A step back has to do something; of others it counts that they are there, and the project's own files are known already.
  const beside = newest
    .flatMap(({ path }) => [...companionPaths(path), ...undoOf(path, paths)])
    .filter((path) => byPath.has(path));
  const steps = await textsOf(
    repository,
    beside.filter((path) => /down\.sql$/i.test(path)),
    byPath,
  );
  const companions = new Map([...beside.map((path) => [path, ''] as const), ...steps, ...source.companions]);
  const ways = newest.flatMap(({ path }) => {
    const text = texts.get(path);
    return text === undefined ? [] : (detectMigration({ path, text, companions })?.wayBack ?? []);
  });
  return { folder, files, ...waysOf(ways) };
}

async function textsOf(
  repository: JudgedRepository,
  paths: readonly string[],
  byPath: ReadonlyMap<string, TreeFile>,
): Promise<ReadonlyMap<string, string>> {
  const files = paths.flatMap((path) => byPath.get(path) ?? []);
  const blobs = await repository.readBlobs(files, { maxBytes: largestMigration });
  return new Map(
    files.flatMap(({ path, oid }) => {
      const blob = blobs.get(oid);
      return blob instanceof Uint8Array ? [[path, new TextDecoder().decode(blob)] as const] : [];
    }),
  );
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
