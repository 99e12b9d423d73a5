import type { FindingDraft } from '../../core/finding.ts';
import { findings, notApplicable, notAvailable, pass } from '../../core/outcome.ts';
import { isUnavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { type Collision, collisionsOf } from '../measure/collisions.ts';
import { type TwoHeads, twoHeads } from '../measure/heads.ts';
import { newVersions } from '../measure/new-versions.ts';
import { frameworkName } from '../measure/statement-words.ts';

export const versionCollision = defineRule({
  id: 'migrations/version-collision',
  since: '0.1.0',
  level: 'warning',
  question: 'Is the version of a new migration taken, or too early for its tool?',
  docs: {
    triggered:
      'A new migration has the version of another one: on the base branch as it is now, in the same change, in an earlier open pull request or in the merge queue. Or it comes before one that is on the base, with Flyway, golang-migrate, goose or Supabase, which then refuse or skip it. Or it follows the same migration as another one, so that Alembic or Django find two heads.',
    why: 'Each branch passes its own tests. After the second merge the tool stops, or takes one of the two for done and never runs it.',
    fix: 'Give the migration a version after the newest one of the base; with Alembic and Django, let it follow that one.',
    quietWhen:
      'The folder has files that share a version already, the migration has no version, or the tool runs whatever is missing; the base has several heads already.',
  },
  sources: [
    {
      title: 'Flyway: Out Of Order',
      url: 'https://documentation.red-gate.com/flyway/reference/configuration/flyway-namespace/flyway-out-of-order-setting',
      supports: 'A migration below the highest one that has run is ignored unless outOfOrder is set.',
    },
    {
      title: 'golang-migrate: Frequently Asked Questions',
      url: 'https://github.com/golang-migrate/migrate/blob/master/FAQ.md',
      supports: 'The database keeps one version; migrations below it are not looked at.',
    },
    {
      title: 'Alembic: Working with Branches',
      url: 'https://alembic.sqlalchemy.org/en/latest/branches.html',
      supports: 'With two heads, `upgrade head` stops until one is chosen or both are merged.',
    },
    {
      title: 'Django: Migrations, version control',
      url: 'https://docs.djangoproject.com/en/5.2/topics/migrations/#version-control',
      supports: 'Two migrations that follow the same one are a conflict, and no migration runs.',
    },
  ],
  thresholds: {},
  needs: ['change', 'migrations'],
  identity: ({ about }) => [about.operation ?? '', about.path ?? ''],
  evaluate({ change, migrations, pullRequest }) {
    const steps = newVersions(migrations);
    if (steps.length === 0) return notApplicable('the change adds no migration');
    if (!migrations.folders) return notAvailable('the migrations of the base branch were not looked at');
    const ownNumber = isUnavailable(pullRequest) ? undefined : pullRequest.number;
    const collisions = collisionsOf(migrations, ownNumber);
    const heads = twoHeads(migrations);
    if (collisions.length + heads.length > 0) {
      return findings([
        ...heads.map((one) => headsDraft(one, change.baseName)),
        ...collisions.map((one) => draftOf(one, change.baseName)),
      ]);
    }
    const known = migrations.folders.reduce((sum, { files }) => sum + files.length, 0);
    const open =
      migrations.elsewhere === undefined
        ? '; other open pull requests were not looked at'
        : isUnavailable(migrations.elsewhere)
          ? `; other open pull requests were not looked at: ${migrations.elsewhere.unavailable}`
          : '';
    return pass(
      `${steps.length} new ${steps.length === 1 ? 'version' : 'versions'} beside ${known} on ${quoteName(change.baseName)}, none taken or too early${open}`,
    );
  },
});

function headsDraft({ file, other, parent, where }: TwoHeads, baseName: string): FindingDraft {
  const tool = frameworkName(file.framework);
  const place = where === 'base' ? `on ${quoteName(baseName)}` : 'in the same change';
  const after = parent === '' ? 'have nothing after them' : `both come after ${quoteName(parent)}`;
  return {
    about: { operation: 'two-heads', path: file.path, version: file.version },
    confidence: 'high',
    place: { path: file.path },
    observation: `${quoteName(file.path)}, and ${quoteName(other.path)} ${place}, ${after}: two heads.`,
    impact: `${tool} stops before it runs anything, since it cannot tell which of the two comes last.`,
    action:
      file.framework === 'django'
        ? `Would a dependency on ${quoteName(other.version)} do?`
        : `Would ${quoteName(other.version)} as \`down_revision\` do?`,
    measurements: [],
  };
}

function draftOf(collision: Collision, baseName: string): FindingDraft {
  const { file, kind, otherPath } = collision;
  const isNumber = file.framework === 'django';
  return {
    about: { operation: kind, path: file.path, version: file.version },
    confidence: file.framework === 'sql' ? 'medium' : 'high',
    place: { path: file.path },
    observation:
      kind === 'same-version'
        ? `${quoteName(file.path)} has ${isNumber ? 'number' : 'version'} ${quoteName(isNumber ? (file.version.split('_')[0] ?? '') : file.version)}, and so has ${quoteName(otherPath)} ${placeOf(collision, baseName)}.`
        : `${quoteName(file.path)} comes before ${quoteName(otherPath)}, which is on ${quoteName(baseName)} already.`,
    impact: impactOf(collision),
    action: `Would a version after ${quoteName(collision.newestVersion)} do?`,
    measurements: [],
  };
}

function placeOf({ where }: Collision, baseName: string): string {
  if (where === 'base') return `on ${quoteName(baseName)}`;
  if (where === 'change') return 'in the same change';
  return where.isQueued
    ? `of pull request ${where.pullRequest}, which waits in the merge queue`
    : `of the open pull request ${where.pullRequest}`;
}

function impactOf({ file, kind, otherVersion }: Collision): string {
  const tool = frameworkName(file.framework);
  if (kind === 'same-version' && file.framework === 'django')
    return 'After both are merged, Django finds two heads and stops before it runs anything.';
  if (kind === 'same-version') {
    return 'Both do not run: the tool stops at the second one, or takes it for done because the first has run.';
  }
  return file.framework === 'golang-migrate'
    ? `Where ${quoteName(otherVersion)} has run, ${tool} goes on after it, and this one never runs.`
    : `Where ${quoteName(otherVersion)} has run, ${tool} stops at the gap or leaves this one out, unless it is told otherwise.`;
}
