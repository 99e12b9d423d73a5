import { type CollectRequest, collectFacts } from './collect/collect-facts.ts';
import { mergeSettings } from './config/merge-settings.ts';
import { repliesNotFollowed, withReplies } from './core/apply-replies.ts';
import { withoutIgnored, withWaivers } from './core/apply-settings.ts';
import { evaluate } from './core/evaluate.ts';
import type { Facts } from './core/facts.ts';
import { keepEarlierOutcomes } from './core/keep-earlier-outcomes.ts';
import { isUnavailable } from './core/part.ts';
import { remarksOf } from './core/remarks-of.ts';
import type { Report, RuleResult } from './core/report.ts';
import { type Published, type Publisher, publishConversation } from './publish/publish-conversation.ts';
import { type ConversationSettings, conversation } from './render/conversation.ts';
import { rules } from './rules.ts';

const settingsReader = {
  // Most repositories have no settings file: what reads one is loaded with the first that is found.
  parse: async (text: string, file: string) =>
    (await import('./config/parse-settings.ts')).parseSettings(text, file, rules),
  merge: mergeSettings,
};

/** Facts to judge: collected now, or read from a file that an earlier run saved. */
export type FactSource = { readonly collect: CollectRequest } | { readonly facts: Facts };

/** Collect facts → evaluate rules. Between the two everything is pure: the same facts give the same report. */
export async function judge(source: FactSource): Promise<{ readonly facts: Facts; readonly report: Report }> {
  const facts = 'facts' in source ? source.facts : await collectFacts(source.collect, settingsReader);
  return { facts, report: reportOn(facts) };
}

/** → render findings → publish them, for one pull request. */
export async function judgeAndPublish(
  source: FactSource,
  inputs: ConversationSettings,
  publisher: Publisher,
): Promise<{ readonly facts: Facts; readonly report: Report; readonly published: Published }> {
  const { facts, report } = await judge(source);
  // The base's settings stand above the workflow's inputs, which a pull request can edit.
  const { comment = inputs.comment, failOn = inputs.failOn } = facts.settings.settings;
  const wanted = conversation(report, facts, { ...inputs, comment, failOn });
  const published = await publishConversation(wanted, report, publisher);
  return { facts, report, published };
}

export function reportOn(facts: Facts): Report {
  const earlier = isUnavailable(facts.earlierResults) ? [] : facts.earlierResults;
  const { settings } = facts.settings;
  const results = keepEarlierOutcomes(evaluate(withoutIgnored(facts, settings), rules, settings), earlier);
  const replies = isUnavailable(facts.replies) ? [] : facts.replies;
  const decided = withReplies(withWaivers(results, settings, facts.now), replies);
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
    remarks: [...remarksOf(facts), ...repliesNotFollowed(results, replies), ...dryRun(facts, results)],
  };
}

/** What the settings would do that the change itself brings: said, and not in force before they are merged. */
function dryRun(facts: Facts, results: readonly RuleResult[]): readonly string[] {
  const { proposed } = facts.settings;
  if (!proposed) return [];
  const then = evaluate(withoutIgnored(facts, proposed.settings), rules, proposed.settings);
  const waived = withWaivers(then, proposed.settings, facts.now);
  const problems = proposed.problems.length === 0 ? '' : ` Problems in it: ${proposed.problems.join('; ')}`;
  return [
    `the change edits the settings; with them this run would have ${speaking(waived)} instead of ${speaking(results)}.${problems}`,
  ];
}

function speaking(results: readonly RuleResult[]): string {
  const found = results.flatMap(({ outcome }) => (outcome.kind === 'findings' ? outcome.findings : []));
  const open = found.filter(({ waiver }) => waiver === undefined);
  return `${open.length} findings (${open.filter(({ level }) => level !== 'notice').length} of level warning or failure)`;
}
