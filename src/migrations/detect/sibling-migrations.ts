import { compareVersions } from './compare-versions.ts';
import { migrationStep } from './detect-migration.ts';
import type { MigrationSource } from './framework.ts';

export interface SiblingMigration {
  readonly path: string;
  readonly version: string;
}

/**
 * The steps on the way up among `paths` that belong to the same schema as `source`, in the order their framework runs
 * them. Contents are not looked at: files of one folder carry the same markers, so those of `source` stand for all.
 */
export function siblingMigrations(
  source: MigrationSource,
  paths: readonly string[],
): readonly SiblingMigration[] {
  const root = migrationStep(source)?.root;
  if (root === undefined) return [];
  const prefix = root === '' ? '' : `${root}/`;
  return paths
    .filter((path) => path.startsWith(prefix))
    .flatMap((path) => {
      const step = migrationStep({ ...source, path });
      return step?.root === root && step.direction === 'up' ? [{ path, version: step.version }] : [];
    })
    .toSorted((a, b) => compareVersions(a.version, b.version) || (a.path < b.path ? -1 : 1));
}
