import type { MigrationFacts, MigrationFile } from '../../core/migration-facts.ts';
import { newVersions } from './new-versions.ts';

/** Where an order that files give themselves has two ends, and its tool does not know which is meant. */
export interface TwoHeads {
  readonly file: MigrationFile;
  readonly other: { readonly path: string; readonly version: string };
  /** What both come after, as far as it is the same; empty otherwise. */
  readonly parent: string;
  readonly where: 'base' | 'change';
}

interface Step {
  readonly path: string;
  readonly version: string;
  readonly after: readonly string[];
  readonly where: TwoHeads['where'];
}

/** Migrations of the change that make one end more than the base has; branches that were there before are meant. */
export function twoHeads(migrations: MigrationFacts): readonly TwoHeads[] {
  const added = new Set(newVersions(migrations));
  const touched = new Set(migrations.files.flatMap(({ path, previousPath = path }) => [path, previousPath]));
  return (migrations.folders ?? []).flatMap(({ folder, files }) => {
    const own = migrations.files.filter(
      (file) => (file.folder ?? '') === folder && file.status !== 'deleted',
    );
    if (!own.some((file) => file.after !== undefined && added.has(file))) return [];
    const onBase = stepsOf(files, 'base');
    const steps = [
      ...stepsOf(
        files.filter(({ path }) => !touched.has(path)),
        'base',
      ),
      ...stepsOf(own, 'change'),
    ];
    const heads = headsOf(steps);
    if (heads.length <= Math.max(1, headsOf(onBase).length)) return [];
    return own.flatMap((file): readonly TwoHeads[] => {
      const head = heads.find(({ path }) => path === file.path);
      const other = heads.find((one) => one.where === 'base') ?? heads.find(({ path }) => path < file.path);
      if (!head || !other || other === head || !added.has(file)) return [];
      const parent = head.after.find((version) => other.after.includes(version)) ?? '';
      return [{ file, other, parent, where: other.where }];
    });
  });
}

function stepsOf(
  files: readonly { readonly path: string; readonly version: string; readonly after?: readonly string[] }[],
  where: Step['where'],
): readonly Step[] {
  return files.flatMap(({ path, version, after }) => (after ? [{ path, version, after, where }] : []));
}

/** Steps that no other comes after. */
function headsOf(steps: readonly Step[]): readonly Step[] {
  const followed = new Set(steps.flatMap(({ after }) => after));
  return steps.filter(({ version }) => !followed.has(version));
}
