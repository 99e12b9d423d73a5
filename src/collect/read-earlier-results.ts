import { type Part, unavailable } from '../core/part.ts';
import type { RuleResult } from '../core/report.ts';
import { decodeRunState } from '../core/run-state.ts';
import type { PullRequestQuestion } from './collect-facts.ts';
import { ownCheckRuns } from './github/own-check-runs.ts';

/**
 * What earlier runs found on this head, from the check run they left: only the app that made a check run can edit it.
 * Outcomes that were found against another merge base (before a retarget) say nothing about this one.
 */
export async function readEarlierResults(
  question: PullRequestQuestion,
  mergeBase: string,
): Promise<Part<readonly RuleResult[]>> {
  const answer = await ownCheckRuns<{ readonly output: { readonly text: string | null } }>(
    question.client,
    question,
    question.instance,
  );
  if (!answer.ok) return unavailable(`what earlier runs found could not be read: ${answer.error.message}`);
  const [own] = answer.data;
  const state = own?.output.text ? decodeRunState(own.output.text) : undefined;
  return state?.mergeBase === mergeBase ? state.results : [];
}
