import type { FindingDraft } from '../../core/finding.ts';
import type { MigrationFile } from '../../core/migration-facts.ts';
import { findings, notApplicable, pass } from '../../core/outcome.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { frameworkName } from '../measure/statement-words.ts';

export const migrationEditedAfterMerge = defineRule({
  id: 'migrations/migration-edited-after-merge',
  since: '0.1.0',
  level: 'warning',
  question: 'Does a migration that was merged before do something else now?',
  docs: {
    triggered:
      'A migration that stands at the merge base is edited in what it runs, removed, or renamed so that its tool sees another one.',
    why: 'A database that has run it keeps the old result. Tools with checksums stop; the others never run the new text, and databases made before and after differ from then on.',
    fix: 'Take the edit back and write the difference as a new migration.',
    quietWhen:
      'Only comments and spacing change, the file is a repeatable migration or a step on the way down.',
  },
  sources: [
    {
      title: 'Flyway: Validate',
      url: 'https://documentation.red-gate.com/flyway/reference/commands/validate',
      supports: 'Validation fails when the checksum of an applied migration differs, or one is missing.',
    },
    {
      title: 'Prisma Migrate: Editing and deleting applied migrations',
      url: 'https://www.prisma.io/docs/orm/prisma-migrate/understanding-prisma-migrate/migration-histories',
      supports: 'Migrations that have been applied must not be edited or deleted.',
    },
  ],
  thresholds: {},
  needs: ['change', 'migrations'],
  identity: ({ about }) => [about.operation ?? '', about.path ?? ''],
  evaluate({ change, migrations }) {
    const old = migrations.files.filter(
      (file) => isOnBase(file) && file.direction === 'up' && runsOnce(file),
    );
    if (old.length === 0) return notApplicable('the change touches no migration that was merged before');
    const edited = old.filter(({ edit }) => edit === 'statements');
    const renamed = old.filter(isRenamed);
    const deleted = old.filter(({ status }) => status === 'deleted');
    const drafts = [
      ...(edited[0] ? [editedDraft(edited[0], edited, change.baseName)] : []),
      ...(renamed[0] ? [renamedDraft(renamed[0], renamed, change.baseName)] : []),
      ...(deleted[0] ? [removed(deleted[0], deleted, change.baseName)] : []),
    ];
    if (drafts.length > 0) return findings(drafts);
    return pass(
      `${old.length} merged ${old.length === 1 ? 'migration' : 'migrations'} edited in comments and spacing alone`,
    );
  },
});

/** Repeatable files have no version; sql-migrate keeps the whole name of what has run, a number in front or not. */
function runsOnce({ version, framework }: MigrationFile): boolean {
  return version !== '' || framework === 'sql-migrate';
}

function isOnBase({ status, edit }: MigrationFile): boolean {
  return status === 'deleted' || status === 'renamed' || (status !== 'copied' && edit !== undefined);
}

/** Tools that compare a merged migration with what has run, and tools that tell migrations apart by their whole name. */
const checked: ReadonlySet<string> = new Set(['flyway', 'prisma', 'sqlx']);
const namedWhole: ReadonlySet<string> = new Set(['flyway', 'prisma', 'sql-migrate']);

function editedDraft(first: MigrationFile, all: readonly MigrationFile[], baseName: string): FindingDraft {
  const tool = frameworkName(first.framework);
  const isOne = all.length === 1;
  const [verb, it, run] = isOne ? ['is', 'it', 'it runs'] : ['are', 'they', 'they run'];
  return {
    ...common(first, 'edit'),
    otherPlaces: all.slice(1, 6).map(({ path }) => ({ path })),
    observation: `${quoteName(first.previousPath ?? first.path)}${more(all)} ${verb} on ${quoteName(baseName)} already, and this change edits what ${run}.`,
    impact: checked.has(first.framework)
      ? `Where ${it} ${isOne ? 'has' : 'have'} run, ${tool} finds another checksum and stops; a new database gets another schema.`
      : `Where ${it} ${isOne ? 'has' : 'have'} run, ${subjectOf(first)} does not run ${isOne ? 'it' : 'them'} again: those databases keep the old result, new ones get another.`,
    action: 'Would a new migration with the difference alone do?',
    measurements: [{ name: 'merged migrations edited', value: all.length, unit: 'files' }],
  };
}

function more(all: readonly MigrationFile[]): string {
  return all.length === 1 ? '' : ` and ${all.length - 1} more`;
}

/** Renamed so that its tool sees another migration. */
function isRenamed({ status, edit, version, previousVersion, framework }: MigrationFile): boolean {
  return (
    status === 'renamed' &&
    edit !== 'statements' &&
    (version !== previousVersion || namedWhole.has(framework))
  );
}

function renamedDraft(first: MigrationFile, all: readonly MigrationFile[], baseName: string): FindingDraft {
  const [it, has] = all.length === 1 ? ['it', 'has'] : ['they', 'have'];
  return {
    ...common(first, 'rename'),
    otherPlaces: all.slice(1, 6).map(({ path }) => ({ path })),
    observation:
      all.length === 1
        ? `${quoteName(first.previousPath ?? '')} is on ${quoteName(baseName)} already, and this change renames it to ${quoteName(first.path)}.`
        : `${all.length} migrations that are on ${quoteName(baseName)} already are renamed, the first from ${quoteName(first.previousPath ?? '')} to ${quoteName(first.path)}.`,
    impact:
      first.version !== first.previousVersion
        ? `Where ${it} ${has} run, ${all.length === 1 ? 'it is a new migration under the new version, and runs' : 'they are new migrations under new versions, and run'} a second time.`
        : `Where ${it} ${has} run, ${frameworkName(first.framework)} misses the old ${all.length === 1 ? 'name' : 'names'} and stops.`,
    action: all.length === 1 ? 'Would the old name do?' : 'Would the old names do?',
    measurements:
      all.length === 1 ? [] : [{ name: 'merged migrations renamed', value: all.length, unit: 'files' }],
  };
}

function removed(first: MigrationFile, all: readonly MigrationFile[], baseName: string): FindingDraft {
  const stops = checked.has(first.framework);
  const [they, them] = all.length === 1 ? ['it', 'it'] : ['they', 'them'];
  return {
    ...common(first, 'delete'),
    otherPlaces: all.slice(1, 6).map(({ path }) => ({ path, side: 'base' })),
    observation: `${quoteName(first.path)}${more(all)}, on ${quoteName(baseName)} already, ${all.length === 1 ? 'is' : 'are'} removed.`,
    impact: stops
      ? `A database that has run ${them} knows more than the folder: ${frameworkName(first.framework)} stops there.`
      : `A new database is built without what ${they} did, and one that has run ${them} cannot be taken back past ${them}.`,
    action: `Has every database run ${them}, and does another migration build the same for new ones?`,
    measurements: [{ name: 'merged migrations removed', value: all.length, unit: 'files' }],
  };
}

function common(
  file: MigrationFile,
  operation: string,
): Pick<FindingDraft, 'about' | 'confidence' | 'place' | 'measurements'> {
  return {
    about: { operation, path: file.previousPath ?? file.path },
    confidence: file.framework === 'sql' ? 'medium' : 'high',
    place: { path: file.path, ...(file.status === 'deleted' ? { side: 'base' as const } : {}) },
    measurements: [],
  };
}

function subjectOf({ framework }: MigrationFile): string {
  return framework === 'sql' ? 'the tool, as most do,' : frameworkName(framework);
}
