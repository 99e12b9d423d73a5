import type { CommitId } from '../../core/change.ts';
import type { LineTotals, TrendPoint } from '../../core/coverage-facts.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import type { MeasuredBase } from './compare-with-base.ts';
import type { CoverageChain, StoredEntry } from './coverage-chain.ts';

export interface StoredBase {
  readonly base: MeasuredBase;
  /** Entries of commits before the base's, newest first. */
  readonly older: readonly StoredEntry[];
}

export interface StoredHistory {
  readonly base: Part<StoredBase>;
  /** Oldest first; without measurements that had reports which the newest lacks. */
  readonly trend: Part<readonly TrendPoint[]>;
  readonly remarks: readonly string[];
}

/** Farther back is another program: then only the changed lines are judged. */
const farthest = 50;
/** The trend looks at this many commits of the branch. */
const trendCommits = 1_000;
const mostRemarks = 3;

/**
 * Looks a base up by ancestry: the merge base, or the nearest of its first 50 first parents that was measured. Never by
 * date and never a descendant, because then other people's changes would count as this one's.
 */
export async function storedHistory(
  repository: JudgedRepository,
  chain: CoverageChain,
  mergeBase: CommitId,
): Promise<StoredHistory> {
  const found = await measuredAncestors(repository, chain, mergeBase);
  if (isUnavailable(found)) return { base: found, trend: found, remarks: [] };
  const { stored, measured } = found;
  const trend = trendOf(ofTheNewestShards(measured));
  const remarks = [...found.remarks];
  const near = measured.filter(({ distance }) => distance < farthest);
  const candidates = near.slice(0, 3);
  const read = await chain.read(candidates.map(({ entry }) => entry));
  if (isUnavailable(read)) return { base: read, trend, remarks };
  for (const { entry, distance } of candidates) {
    const shards = read.get(entry.id);
    if (shards === undefined) continue;
    if (isUnavailable(shards)) {
      remarks.push(shards.unavailable);
      continue;
    }
    const { commit, writtenAt, run } = entry;
    const base = {
      commit,
      from: 'history' as const,
      distance,
      storedAt: writtenAt,
      ...(run !== undefined && { run }),
      shards,
    };
    const older = measured.filter((other) => other.distance > distance).map((other) => other.entry);
    return { base: { base, older }, trend, remarks };
  }
  const isGone = candidates.some(({ entry }) => !read.has(entry.id));
  return { base: unavailable(isGone ? linesGone : whyNone(stored, measured.length)), trend, remarks };
}

/**
 * The stored measurements of a branch, oldest first, by ancestry of its tip; without those that had reports which the newest
 * lacks, which is said. Unavailable, with the reason, where there is
 * none.
 */
export async function storedTrend(
  repository: JudgedRepository,
  chain: CoverageChain,
  tip: CommitId,
): Promise<Part<{ readonly trend: readonly TrendPoint[]; readonly remarks: readonly string[] }>> {
  const found = await measuredAncestors(repository, chain, tip);
  if (isUnavailable(found)) return found;
  const { stored, measured, remarks } = found;
  const comparable = ofTheNewestShards(measured);
  const [newest] = comparable;
  const others = measured.length - comparable.length;
  if (newest !== undefined)
    return {
      trend: trendOf(comparable),
      remarks: [
        ...remarks,
        ...(others > 0
          ? [
              `${others} stored ${others === 1 ? 'measurement has' : 'measurements have'} reports that the newest (${newest.entry.commit.slice(0, 7)}) lacks, and ${others === 1 ? 'is' : 'are'} not compared with it`,
            ]
          : []),
      ],
    };
  return unavailable(stored === 0 ? nothingStored : 'no coverage is stored for any commit of this branch');
}

/** A shard that is not there any more makes the shares of before higher: its end is no change in testing. */
function ofTheNewestShards(measured: readonly MeasuredAncestor[]): readonly MeasuredAncestor[] {
  const known = new Set(measured[0]?.entry.shards.map(({ name }) => name));
  return measured.filter(({ entry }) => entry.shards.every(({ name }) => known.has(name)));
}

interface MeasuredAncestor {
  readonly entry: StoredEntry;
  readonly committedAt: string;
  /** First-parent commits from where the search began. */
  readonly distance: number;
}

interface MeasuredAncestors {
  /** Entries in all, of whatever commit. */
  readonly stored: number;
  /** Newest first. */
  readonly measured: readonly MeasuredAncestor[];
  readonly remarks: readonly string[];
}

async function measuredAncestors(
  repository: JudgedRepository,
  chain: CoverageChain,
  from: CommitId,
): Promise<Part<MeasuredAncestors>> {
  const [index, ancestors] = await Promise.all([chain.index(), repository.firstParents(from, trendCommits)]);
  if (isUnavailable(index)) return index;
  if (isUnavailable(ancestors)) return ancestors;
  const newest = new Map<CommitId, StoredEntry>();
  for (const entry of index.entries) if (!newest.has(entry.commit)) newest.set(entry.commit, entry);
  const more = index.refused.length - mostRemarks;
  return {
    stored: index.entries.length,
    measured: ancestors.flatMap(({ id, committedAt }, distance) => {
      const entry = newest.get(id);
      return entry ? [{ entry, committedAt, distance }] : [];
    }),
    remarks: [
      ...index.refused.slice(0, mostRemarks),
      ...(more > 0 ? [`${more} more stored measurements were refused`] : []),
    ],
  };
}

function trendOf(measured: readonly MeasuredAncestor[]): readonly TrendPoint[] {
  return measured.map(({ entry, committedAt }) => trendPoint(entry, committedAt)).toReversed();
}

const linesGone =
  'which lines ran at the merge base and the commits before it is not kept any more; with a newer base there is something to compare with';

const nothingStored =
  'no coverage has been stored for this repository yet; it is stored when the tests of the default branch are done';

function whyNone(stored: number, measured: number): string {
  if (stored === 0) return nothingStored;
  return measured > 0
    ? `no coverage is stored for the merge base or the ${farthest} commits before it; what is older is too far away to compare with`
    : 'no coverage is stored for the merge base or any commit before it';
}

function trendPoint(entry: StoredEntry, committedAt: string): TrendPoint {
  return {
    commit: entry.commit,
    committedAt,
    count: countOf(entry.totals),
    modules: entry.modules.map(({ name, totals }) => ({ name, count: countOf(totals) })),
  };
}

function countOf({ hit, partial, miss }: LineTotals): TrendPoint['count'] {
  return { ran: hit + partial, lines: hit + partial + miss };
}
