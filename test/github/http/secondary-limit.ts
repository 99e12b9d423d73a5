import type { GitHubState } from '../state/github-state.ts';
import { Refusal } from '../state/model.ts';

/** Counts what a token creates per minute, and refuses above GitHub's secondary limit. */
export class SecondaryLimit {
  private readonly created = new Map<string, number[]>();
  private readonly state: GitHubState;

  constructor(state: GitHubState) {
    this.state = state;
  }

  check(token: string): void {
    const now = Date.now();
    const recent = (this.created.get(token) ?? []).filter((at) => at > now - 60_000);
    if (recent.length >= this.state.limits.contentPerMinute) {
      const message =
        'You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.';
      throw new Refusal(403, message, undefined, { 'retry-after': String(this.state.limits.retryAfter) });
    }
    this.created.set(token, [...recent, now]);
  }
}

/** Whether a REST request makes something that people are told about. */
export function createsContent(method: string, path: string): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'DELETE') return false;
  return /\/(comments|reviews|issues|pulls|replies|events|merge)(\/|$)/.test(path);
}
