import { repliesNotFollowed, withEarlierReplies, withReplies } from './core/apply-replies.ts';
import { withoutIgnored, withWaivers } from './core/apply-settings.ts';
import type { ChangedFile } from './core/change.ts';
import { evaluateInstance } from './core/evaluate-instance.ts';
import type { Facts } from './core/facts.ts';
import { keepEarlierOutcomes } from './core/keep-earlier-outcomes.ts';
import { isUnavailable } from './core/part.ts';
import { remarksOf } from './core/remarks-of.ts';
import type { Report, RuleResult } from './core/report.ts';
import { settingsPath } from './core/settings.ts';
import { rules } from './rules.ts';

/** Evaluate every rule on the facts, under their settings, earlier results, waivers and replies. */
export function reportOn(facts: Facts): Report {
  const earlier = isUnavailable(facts.earlierResults) ? [] : facts.earlierResults;
  const { settings } = facts.settings;
  const results = keepEarlierOutcomes(
    evaluateInstance(withoutIgnored(facts, settings), rules, settings),
    earlier,
  );
  const replies = isUnavailable(facts.replies) ? [] : facts.replies;
  const waived = withWaivers(results, settings, facts.now);
  const decided = isUnavailable(facts.replies)
    ? withEarlierReplies(waived, earlier)
    : withReplies(waived, replies);
  const { change, migrations } = facts;
  return {
    schemaVersion: 1,
    repository: facts.repository,
    ...facts.asked,
    ...(!isUnavailable(change) && {
      head: change.head,
      mergeBase: change.mergeBase,
      baseName: change.baseName,
    }),
    changedFiles: isUnavailable(change) ? 0 : change.files.length,
    migrations: isUnavailable(migrations) ? 0 : migrations.files.length,
    results: decided,
    remarks: [...remarksOf(facts), ...repliesNotFollowed(results, replies), ...dryRun(facts, waived)],
  };
}

/**
 * What the settings would do that the change itself brings: said, and not in force before they are merged. Those of a
 * branch that is merely older than its base's bring nothing.
 */
function dryRun(facts: Facts, now: readonly RuleResult[]): readonly string[] {
  const { change, settings } = facts;
  const { proposed } = settings;
  if (!proposed) return [];
  if (!isUnavailable(change) && !change.files.some(isSettings)) return [];
  const earlier = isUnavailable(facts.earlierResults) ? [] : facts.earlierResults;
  const then = withWaivers(
    keepEarlierOutcomes(
      evaluateInstance(withoutIgnored(facts, proposed.settings), rules, proposed.settings),
      earlier,
    ),
    proposed.settings,
    facts.now,
  );
  const problems = proposed.problems.length === 0 ? '' : ` Problems in it: ${proposed.problems.join('; ')}`;
  const [what, how] = proposed.isRemoved ? ['deletes', 'without'] : ['edits', 'with'];
  return [
    `the change ${what} the settings; ${how} them this run would have ${speaking(then)} instead of ${speaking(now)}.${problems}`,
  ];
}

/** A file that was renamed away is one that is gone. */
function isSettings({ path, previousPath }: ChangedFile): boolean {
  return path === settingsPath || previousPath === settingsPath;
}

function speaking(results: readonly RuleResult[]): string {
  const found = results.flatMap(({ outcome }) => (outcome.kind === 'findings' ? outcome.findings : []));
  const open = found.filter(({ waiver }) => waiver === undefined);
  const loud = open.filter(({ level }) => level !== 'notice').length;
  return `${open.length === 1 ? '1 finding' : `${open.length} findings`} (${loud} of level warning or failure)`;
}
