import { type CollectRequest, collectFacts } from './collect/collect-facts.ts';
import { evaluate } from './core/evaluate.ts';
import type { Facts } from './core/facts.ts';
import { keepEarlierOutcomes } from './core/keep-earlier-outcomes.ts';
import { isUnavailable } from './core/part.ts';
import { remarksOf } from './core/remarks-of.ts';
import type { Report } from './core/report.ts';
import { type Published, type Publisher, publishConversation } from './publish/publish-conversation.ts';
import { type ConversationSettings, conversation } from './render/conversation.ts';
import { rules } from './rules.ts';

/** Facts to judge: collected now, or read from a file that an earlier run saved. */
export type FactSource = { readonly collect: CollectRequest } | { readonly facts: Facts };

/** Collect facts → evaluate rules. Between the two everything is pure: the same facts give the same report. */
export async function judge(source: FactSource): Promise<{ readonly facts: Facts; readonly report: Report }> {
  const facts = 'facts' in source ? source.facts : await collectFacts(source.collect);
  return { facts, report: reportOn(facts) };
}

/** → render findings → publish them, for one pull request. */
export async function judgeAndPublish(
  source: FactSource,
  settings: ConversationSettings,
  publisher: Publisher,
): Promise<{ readonly facts: Facts; readonly report: Report; readonly published: Published }> {
  const { facts, report } = await judge(source);
  const published = await publishConversation(conversation(report, facts, settings), report, publisher);
  return { facts, report, published };
}

export function reportOn(facts: Facts): Report {
  const earlier = isUnavailable(facts.earlierResults) ? [] : facts.earlierResults;
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
    results: keepEarlierOutcomes(evaluate(facts, rules), earlier),
    remarks: remarksOf(facts),
  };
}
