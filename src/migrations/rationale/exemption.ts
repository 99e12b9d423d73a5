import type { Change } from '../../core/change.ts';
import type { MigrationFacts, MigrationFile } from '../../core/migration-facts.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import type { PullRequest } from '../../core/pull-request.ts';
import { mayBeMigration } from '../detect/detect-migration.ts';
import { riskOf } from '../measure/risk.ts';
import { forwardFiles } from './assess-rationale.ts';

/** Why a change with migrations needs no written reason; absent when it does. */
export function exemptionFromRationale(
  change: Change,
  migrations: MigrationFacts,
  pullRequest: Part<PullRequest>,
): string | undefined {
  const files = forwardFiles(migrations);
  if (files.length === 0)
    return migrations.files.length === 0 ? 'the change has no migration' : 'only down steps change';
  if (!isUnavailable(pullRequest) && pullRequest.author.kind === 'bot')
    return 'a machine account opened the pull request';
  if (change.commits.length > 0 && change.commits.every(({ author }) => author.kind === 'bot')) {
    return 'every commit comes from a machine account';
  }
  const isUntouched = files.every(
    (file) => file.notAnalysed.length === 0 && file.operations.every((operation) => operation.isOld === true),
  );
  if (isUntouched && files.some(({ status, operations }) => status === 'added' && operations.length === 0))
    return 'no statement touches a table or its rows';
  if (isUntouched) return 'no statement is added: migrations are only renamed, or their comments edited';
  if (isFirstSchema(files)) return 'a project’s first schema';
  if (
    isSquash(
      change,
      files.map(({ path }) => path),
    ) &&
    riskOf(files) === 'low'
  ) {
    return 'older migrations are squashed into one';
  }
  return undefined;
}

/** "0001_init.sql" that creates everything it touches. */
function isFirstSchema(files: readonly MigrationFile[]): boolean {
  return files.every(
    ({ path, status, operations, notAnalysed }) =>
      status === 'added' &&
      notAnalysed.length === 0 &&
      operations.length > 0 &&
      operations.every(({ onTableOfThisChange }) => onTableOfThisChange) &&
      path
        .split(/[^A-Za-z]+/)
        .some((word) => /^(?:init|initial|initialize|initialise|baseline)$/i.test(word)),
  );
}

/** At least three migrations go from the folders into which fewer come. */
function isSquash(change: Change, added: readonly string[]): boolean {
  const folders = new Set(added.flatMap((path) => [folderOf(path), folderOf(folderOf(path))]));
  const gone = change.files.filter(
    ({ status, path }) =>
      status === 'deleted' &&
      mayBeMigration(path) &&
      (folders.has(folderOf(path)) || folders.has(folderOf(folderOf(path)))),
  );
  return gone.length >= 3 && gone.length > added.length;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
