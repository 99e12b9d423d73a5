import type { LineTotals, StatusRun } from '../../core/coverage-facts.ts';
import { isUnavailable, type Part, type Unavailable } from '../../core/part.ts';
import { appendWithRetry, type RetryOptions } from '../append-with-retry.ts';

type FileLines = ReadonlyMap<string, readonly StatusRun[]>;
type ShardLines = ReadonlyMap<string, FileLines>;

interface NamedTotals {
  readonly name: string;
  readonly totals: LineTotals;
}

interface Entry {
  readonly id: string;
  readonly commit: string;
}

/** The stored coverage as `collect` opens it. */
export interface WritableCoverageChain<E extends Entry> {
  /** The permission that writing takes; absent where it takes none. */
  readonly needs?: string;
  index(most?: number): Promise<Part<{ readonly tip?: string; readonly entries: readonly E[] }>>;
  read(entries: readonly E[]): Promise<Part<ReadonlyMap<string, Part<ShardLines>>>>;
  append(
    record: {
      readonly commit: string;
      readonly shards: ShardLines;
      readonly modules: readonly NamedTotals[];
      readonly run?: string;
    },
    tip: string | undefined,
  ): Promise<'written' | 'moved' | Unavailable>;
}

export interface HistoryToWrite<E extends Entry> {
  readonly chain: WritableCoverageChain<E>;
  /** The commit whose tests ran. */
  readonly commit: string;
  /** What this run has measured; shards of the commit that others stored stay as they are. */
  readonly shards: ShardLines;
  /** Totals by module of all shards of the commit together. */
  readonly modulesOf: (shards: ShardLines) => readonly NamedTotals[];
  /** "<run id>/<attempt>". */
  readonly run?: string;
  readonly retry?: RetryOptions;
}

export interface KeptHistory {
  readonly done?: string;
  readonly problem?: string;
}

/** So far back another shard of the same commit is looked for. */
const searched = 50;

/**
 * Stores the coverage of a commit: on top of whatever is there, and together with the shards that other jobs stored for
 * the same commit. A writer who comes second reads again and tries again, so nothing is lost. Never throws: what could
 * not be kept is a problem to tell, and no reason to fail a job.
 */
export async function writeCoverageHistory<E extends Entry>(
  history: HistoryToWrite<E>,
): Promise<KeptHistory> {
  const { commit, shards } = history;
  if ([...shards.values()].every((files) => files.size === 0))
    return { problem: 'No coverage was stored: the reports name no line of a tracked file' };
  const outcome = await appendWithRetry(() => tryOnce(history), history.retry);
  if (!isUnavailable(outcome)) return { done: `stored the coverage of ${commit.slice(0, 7)}` };
  const { needs } = history.chain;
  const what = needs === undefined ? '' : `it needs ${needs}; `;
  return {
    problem: `The coverage of ${commit.slice(0, 7)} was not stored: ${outcome.unavailable.replace(/\.$/, '')} (${what}without it changes are judged by their own lines alone)`,
  };
}

async function tryOnce<E extends Entry>({
  chain,
  commit,
  shards,
  modulesOf,
  run,
}: HistoryToWrite<E>): Promise<'written' | 'moved' | Unavailable> {
  const index = await chain.index(searched);
  if (isUnavailable(index)) return index;
  const before = index.entries.find((entry) => entry.commit === commit);
  const stored = before ? await chain.read([before]) : undefined;
  if (isUnavailable(stored)) return stored;
  const known = before && stored?.get(before.id);
  // An entry that was refused is written over: this run has measured the commit itself.
  const all = new Map(known === undefined || isUnavailable(known) ? [] : known);
  for (const [name, files] of shards) all.set(name, files);
  return chain.append(
    { commit, shards: all, modules: modulesOf(all), ...(run !== undefined && { run }) },
    index.tip,
  );
}
