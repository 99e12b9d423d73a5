import { checkRunName } from '../core/check-run-name.ts';
import { type Part, unavailable } from '../core/part.ts';
import type { RuleResult } from '../core/report.ts';
import { decodeRunState } from '../core/run-state.ts';
import type { PullRequestQuestion } from './collect-facts.ts';

interface CheckRuns {
  readonly check_runs: readonly {
    readonly external_id: string | null;
    readonly output: { readonly text: string | null };
  }[];
}

/**
 * What earlier runs found on this head, from the check run they left: only the app that made a check run can edit it.
 * Outcomes that were found against another merge base (before a retarget) say nothing about this one.
 */
export async function readEarlierResults(
  { client, owner, name, head, instance }: PullRequestQuestion,
  mergeBase: string,
): Promise<Part<readonly RuleResult[]>> {
  const answer = await client.rest<CheckRuns>('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    owner,
    repo: name,
    ref: head,
    // Without the name, those of a large matrix would fill the page.
    check_name: checkRunName(instance),
    filter: 'all',
    per_page: 100,
  });
  if (!answer.ok) return unavailable(`what earlier runs found could not be read: ${answer.error.message}`);
  const own = answer.data.check_runs.find(({ external_id }) => external_id === `review-vitals:${instance}`);
  const state = own?.output.text ? decodeRunState(own.output.text) : undefined;
  return state?.mergeBase === mergeBase ? state.results : [];
}
