import type { MigrationFile } from '../../core/migration-facts.ts';
import { findings, notApplicable, notAvailable, pass } from '../../core/outcome.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { dangerOf } from '../measure/danger-of.ts';
import { isStepUp } from '../measure/new-steps.ts';
import { confidenceIn } from '../measure/statement-finding.ts';

export const irreversibleMigration = defineRule({
  id: 'migrations/irreversible-migration',
  since: '0.1.0',
  level: 'notice',
  question: 'Is there a way back where this folder usually has one?',
  docs: {
    triggered:
      'A new migration has no down step (file, section or undo script), or an empty one, although most of the newest ones in its folder have one.',
    why: 'A release that is taken back leaves the schema behind, and whoever is on call writes the way back at the worst time.',
    fix: 'Write the down step, or write down why there is none and how the data would be restored.',
    quietWhen:
      'The framework knows no down steps, the folder has fewer than five migrations, down steps are not usual in it, or migrations/destructive-change says already that nothing brings the data back.',
  },
  sources: [
    {
      title: 'golang-migrate: Migrations',
      url: 'https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md',
      supports: 'Each migration is a pair of an up and a down file; best practice is to have both.',
    },
  ],
  thresholds: {
    usualShare: {
      fallback: 0.8,
      unit: 'ratio',
      meaning:
        'Share of the newest 20 migrations of the folder that have a way back, at which a new one without it is unusual.',
    },
    fewestEarlier: {
      fallback: 5,
      unit: 'files',
      meaning: 'A folder with fewer migrations has no custom yet.',
    },
  },
  needs: ['migrations'],
  identity: ({ about }) => [about.path ?? ''],
  evaluate({ migrations }, { usualShare, fewestEarlier }) {
    const steps = migrations.files.filter(
      (file) => isStepUp(file) && file.status === 'added' && file.wayBack !== 'unknown',
    );
    if (steps.length === 0)
      return notApplicable('the change adds no migration whose framework knows a way back');
    const bare = steps.filter(({ wayBack }) => wayBack === 'none');
    if (bare.length === 0)
      return pass(
        `${steps.length} new ${steps.length === 1 ? 'migration has' : 'migrations, all with'} a way back`,
      );
    if (!migrations.folders) return notAvailable('the other migrations of the folder were not looked at');
    const drafts = bare.flatMap((file) => {
      const usual = migrations.folders?.find(({ folder }) => folder === file.folder)?.waysBack;
      if (!usual || usual.of < fewestEarlier || usual.files < usualShare * usual.of) return [];
      // PostgreSQL cannot take a value of an enum back.
      const operations = file.operations.filter(({ isOld, kind }) => !isOld && kind !== 'add-enum-value');
      if (operations.length === 0 || isDestructive(file)) return [];
      const tables = new Set(operations.map(({ table }) => table).filter((table) => table !== ''));
      return [
        {
          about: { path: file.path },
          confidence: confidenceIn(file),
          place: { path: file.path },
          observation: `${quoteName(file.path)} has no down step that does anything; ${usual.files} of the newest ${usual.of} migrations in ${quoteName(file.folder || '.')} have one.`,
          impact:
            tables.size === 0
              ? 'A release that is taken back leaves what it did behind.'
              : `A release that is taken back leaves ${tables.size} changed ${tables.size === 1 ? 'table' : 'tables'} behind.`,
          action: 'How is this one undone?',
          measurements: [
            {
              name: 'migrations with a way back',
              value: usual.files,
              unit: 'files' as const,
              base: usual.of,
            },
          ],
        },
      ];
    });
    if (drafts.length > 0) return findings(drafts);
    const why = bare.some(isDestructive)
      ? 'what is gone is told by another rule'
      : `not known to be unusual in ${bare.length === 1 ? 'its folder' : 'their folders'}`;
    return pass(
      `${bare.length} of ${steps.length} new ${steps.length === 1 ? 'migration' : 'migrations'} without a way back, ${why}`,
    );
  },
});

function isDestructive({ operations }: MigrationFile): boolean {
  return operations.some((one) => !one.isOld && dangerOf(one) === 'destructive-change');
}
