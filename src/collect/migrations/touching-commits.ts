import type { Change } from '../../core/change.ts';
import type { MigrationFile, TouchingCommit } from '../../core/migration-facts.ts';
import { isUnavailable } from '../../core/part.ts';
import { mayBeMigration } from '../../migrations/detect/detect-migration.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';

/** On a longer branch the commits are not told apart. Chosen by us. */
const mostCommits = 200;

/**
 * Commits that touch the migrations themselves, on a branch where others do not; undefined for a branch of one commit,
 * where there is nothing to tell apart, and where git could not say. A migration that the branch itself renamed is known
 * by its folder.
 */
export async function touchingCommits(
  repository: JudgedRepository,
  change: Change,
  migrations: readonly MigrationFile[],
): Promise<readonly TouchingCommit[] | undefined> {
  const ids = change.commits.filter(({ parents }) => parents.length < 2).map(({ id }) => id);
  if (ids.length < 2 || ids.length > mostCommits) return undefined;
  const files = await repository.filesOf(ids);
  if (isUnavailable(files)) return undefined;
  const paths = new Set(migrations.flatMap(({ path, previousPath }) => [path, previousPath ?? path]));
  const folders = [...new Set(migrations.flatMap(({ folder }) => folder ?? []))].map((folder) =>
    folder === '' ? '' : `${folder}/`,
  );
  const isMigration = (path: string) =>
    paths.has(path) || (mayBeMigration(path) && folders.some((folder) => path.startsWith(folder)));
  return ids.flatMap((id) => {
    const touched = files.get(id) ?? [];
    const others = touched.filter((path) => !isMigration(path)).length;
    return others === touched.length ? [] : [{ commit: id, otherFiles: others }];
  });
}
