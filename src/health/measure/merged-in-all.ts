import type { HealthFacts } from '../../core/health-facts.ts';
import { isUnavailable } from '../../core/part.ts';

/** How much half a year holds to learn from: merged pull requests, or without them entries of the branch's history. */
export function mergedInAll({ pulls, history }: HealthFacts): number {
  if (!isUnavailable(pulls)) return pulls.pulls.length;
  return isUnavailable(history) ? 0 : history.commits.length;
}
