import type { MigrationFacts, MigrationFile } from '../../core/migration-facts.ts';

/** Steps on the way up that come with a version of their own: added, copied, or renamed to another one. */
export function newVersions({ files }: MigrationFacts): readonly MigrationFile[] {
  return files.filter(
    ({ direction, status, version, previousVersion }) =>
      direction === 'up' &&
      version !== '' &&
      status !== 'deleted' &&
      (status === 'added' || status === 'copied' || (status === 'renamed' && version !== previousVersion)),
  );
}
