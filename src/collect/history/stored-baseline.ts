import { isUnavailable, type Part } from '../../core/part.ts';
import type { PullRequest } from '../../core/pull-request.ts';
import type { ReviewBaseline } from '../../core/review-baseline.ts';
import { whyNotOrdinary } from '../../review/measure/change-class.ts';
import type { Remote } from '../git/git-environment.ts';
import { type HealthChain, openHealthChain } from './health-chain.ts';

export interface BaselineQuestion {
  readonly pullRequest: Part<PullRequest>;
  /** ISO 8601, UTC. */
  readonly now: string;
  /** Where the records are kept, when not under the hidden ref of `remote`. */
  readonly chain?: HealthChain;
  readonly remote?: Remote;
  readonly scratchFolder: string;
}

/** Older ones are of another time: a weekly run was missed, and what is usual is read anew. */
const mostDays = 14;
/** A run of this week that learned nothing, or a record of another version, may stand above the one to read. */
const recordsRead = 5;

/**
 * What is usual in the repository, as the newest weekly run has left it: read in place of the merged pull requests.
 * Undefined where there is none, it is older than 14 days, or nothing will be compared with it.
 */
export async function storedBaseline(question: BaselineQuestion): Promise<ReviewBaseline | undefined> {
  const { pullRequest, now } = question;
  if (isUnavailable(pullRequest) || whyNotOrdinary(pullRequest) !== undefined) return undefined;
  const chain = question.chain ?? (await openAtRemote(question));
  if (!chain) return undefined;
  try {
    const state = await chain.read(recordsRead);
    if (isUnavailable(state)) return undefined;
    const found = state.records.find(({ review }) => review !== undefined)?.review;
    return found && isFresh(found, now) ? found : undefined;
  } finally {
    if (!question.chain) await chain.close();
  }
}

async function openAtRemote({ remote, scratchFolder }: BaselineQuestion): Promise<HealthChain | undefined> {
  if (!remote) return undefined;
  const chain = await openHealthChain({ remote, scratchFolder });
  return isUnavailable(chain) ? undefined : chain;
}

/** One that was learned later than now is of a wrong clock, or forged. */
function isFresh({ until }: ReviewBaseline, now: string): boolean {
  const days = (Date.parse(now) - Date.parse(until)) / 86_400_000;
  return days >= 0 && days <= mostDays;
}
