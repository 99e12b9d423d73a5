import { type CollectRequest, collectFacts } from './collect/collect-facts.ts';
import { settingsReader } from './config/settings-reader.ts';
import type { Facts } from './core/facts.ts';
import type { Report } from './core/report.ts';
import type { Published, Publisher } from './publish/publish-conversation.ts';
import type { ConversationSettings } from './render/conversation.ts';

/** Facts to judge: collected now, or read from a file that an earlier run saved. */
export type FactSource = { readonly collect: CollectRequest } | { readonly facts: Facts };

/** Collect facts → evaluate rules. Between the two everything is pure: the same facts give the same report. */
export async function judge(source: FactSource): Promise<{ readonly facts: Facts; readonly report: Report }> {
  const rules = async () => (await import('./rules.ts')).rules;
  const [facts, { reportOn }] = await Promise.all([
    'facts' in source ? source.facts : collectFacts(source.collect, settingsReader(rules)),
    // Each step is loaded while the one before waits for git or GitHub.
    import('./report-on.ts'),
  ]);
  return { facts, report: reportOn(facts) };
}

/** → render findings → publish them, for one pull request. */
export async function judgeAndPublish(
  source: FactSource,
  inputs: ConversationSettings,
  publisher: Publisher,
): Promise<{ readonly facts: Facts; readonly report: Report; readonly published: Published }> {
  const [{ facts, report }, { conversation }, { publishConversation }] = await Promise.all([
    judge(source),
    import('./render/conversation.ts'),
    import('./publish/publish-conversation.ts'),
  ]);
  // The base's settings stand above the workflow's inputs, which a pull request can edit.
  const { comment = inputs.comment, failOn = inputs.failOn } = facts.settings.settings;
  const wanted = conversation(report, facts, { ...inputs, comment, failOn });
  const published = await publishConversation(wanted, report, publisher);
  return { facts, report, published };
}
