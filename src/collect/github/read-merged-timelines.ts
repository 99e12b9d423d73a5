import { isUnavailable, type Part } from '../../core/part.ts';
import type { ReviewBaseline } from '../../core/review-baseline.ts';
import { baselineOfSamples, startOfLearning } from '../../review/measure/baseline.ts';
import { type ReviewSample, reviewSample } from '../../review/measure/review-sample.ts';
import { readMergedPulls } from '../history/read-merged-pulls.ts';
import type { People } from '../people.ts';
import type { GitHubClient } from './create-client.ts';
import { limitedClient } from './limited-client.ts';

/** What an earlier reading got hold of: numbers of pull requests only, so it can be kept anywhere. */
export interface TimelineCheckpoint {
  readonly version: 1;
  readonly samples: readonly ReviewSample[];
  /** Every pull request merged between the two is in `samples`. ISO 8601. */
  readonly completeSince: string;
  readonly until: string;
  /** Where the list goes on backwards; absent when all of the 180 days were read. */
  readonly after?: string;
}

export interface MergedTimelinesOptions {
  /** ISO 8601, UTC. */
  readonly now: string;
  /** Milliseconds after which nothing more is asked. Default 20,000. */
  readonly timeBudget?: number;
  /** Requests in all. Default 20: 16 pages of 25 pull requests, and what they cut off. */
  readonly requests?: number;
  /** Of an earlier reading; only what is new since then, and what it did not reach, is read. */
  readonly checkpoint?: TimelineCheckpoint;
}

export interface MergedTimelines {
  readonly baseline: Part<ReviewBaseline>;
  /** To be handed to the next reading; absent when nothing was read at all. */
  readonly checkpoint?: TimelineCheckpoint;
  readonly remarks: readonly string[];
}

const defaultRequests = 20;
/** The share of the requests that the list itself may use; the rest follows what its pages cut off. */
const shareForList = 0.8;

/**
 * What is usual in a repository, from its merged pull requests of the last 180 days, for when no weekly run has left a
 * baseline. Reads as far as its budget of requests and time goes, the newest first, and says how far that was; the check
 * never waits for the rest. Never throws.
 */
export async function readMergedTimelines(
  client: GitHubClient,
  { owner, name }: { readonly owner: string; readonly name: string },
  people: People,
  options: MergedTimelinesOptions,
): Promise<MergedTimelines> {
  const { now, timeBudget = 20_000, requests = defaultRequests } = options;
  const start = startOfLearning(now);
  const before = usable(options.checkpoint, start);
  const limited = limitedClient(client, {
    requests,
    listRequests: Math.max(1, Math.floor(requests * shareForList)),
    until: Date.now() + timeBudget,
  });
  const newest = await readMergedPulls(limited.client, { owner, name }, before?.until ?? start, people);
  if (isUnavailable(newest.pulls)) {
    return {
      baseline: before ? baselineOfSamples(before.samples, before.until, before.completeSince) : newest.pulls,
      ...(before && { checkpoint: before }),
      remarks: newest.remarks,
    };
  }
  const hasGap = before !== undefined && Date.parse(newest.pulls.completeSince) > Date.parse(before.until);
  // What lies behind a gap is put aside: a baseline with a hole in it would be one of two different times.
  const kept = hasGap ? undefined : before;
  const older =
    kept?.after === undefined
      ? undefined
      : await readMergedPulls(limited.from(kept.after), { owner, name }, start, people);
  const olderPulls = older && !isUnavailable(older.pulls) ? older.pulls : undefined;
  const read = [...(olderPulls?.pulls ?? []), ...newest.pulls.pulls].flatMap(
    (pull) => reviewSample(pull) ?? [],
  );
  const samples = distinct([...(kept?.samples ?? []), ...read]).filter(
    ({ mergedAt }) => Date.parse(mergedAt) >= Date.parse(start),
  );
  const completeSince = olderPulls?.completeSince ?? kept?.completeSince ?? newest.pulls.completeSince;
  const isComplete = Date.parse(completeSince) <= Date.parse(start);
  const after = isComplete ? undefined : (limited.cursor() ?? kept?.after);
  return {
    baseline: baselineOfSamples(samples, now, completeSince),
    checkpoint: { version: 1, samples, completeSince, until: now, ...(after !== undefined && { after }) },
    remarks: older?.remarks ?? newest.remarks,
  };
}

/** One that ended before the 180 days began has nothing to say any more. */
function usable(checkpoint: TimelineCheckpoint | undefined, start: string): TimelineCheckpoint | undefined {
  if (!checkpoint || Date.parse(checkpoint.until) <= Date.parse(start)) return undefined;
  return Date.parse(checkpoint.completeSince) < Date.parse(start)
    ? { ...checkpoint, completeSince: start }
    : checkpoint;
}

function distinct(samples: readonly ReviewSample[]): readonly ReviewSample[] {
  return [...new Map(samples.map((sample) => [sample.number, sample])).values()];
}
