import type { CommitId } from '../../core/change.ts';
import type { StatusRun } from '../../core/coverage-facts.ts';
import { groupBy } from '../../core/group-by.ts';
import { isUnavailable, type Part, type Unavailable, unavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import { readLeaf, writeLeaf } from '../../coverage/formats/history/history-leaf.ts';
import {
  type HistorySummary,
  type NamedTotals,
  readHistoryMessage,
  writeHistoryMessage,
} from '../../coverage/formats/history/history-message.ts';
import { leafPath, readLeafPath } from '../../coverage/formats/history/history-path.ts';
import type { Remote } from '../git/git-environment.ts';
import { type ChainEntry, type ChainFile, type HiddenChain, openHiddenChain } from '../git/hidden-chain.ts';
import { mergeShards, type ShardLines, sumOfTotals } from './shard-lines.ts';

/** A hidden ref: no branch list shows it, no clone fetches it, no workflow starts from it. */
export const coverageRef = 'refs/review-vitals/coverage';

export interface StoredEntry extends HistorySummary {
  /** The commit of the chain that holds it. */
  readonly id: CommitId;
  readonly writtenAt: string;
}

export interface CoverageIndex {
  /** Absent: nothing has been stored yet. */
  readonly tip?: CommitId;
  /** Newest first; of several for one commit the newest holds the others' shards too. */
  readonly entries: readonly StoredEntry[];
  /** Why entries were refused, each in one sentence. */
  readonly refused: readonly string[];
}

/** What one run has measured, to be stored. */
export interface CoverageRecord {
  readonly commit: CommitId;
  readonly shards: ShardLines;
  readonly modules: readonly NamedTotals[];
  readonly run?: string;
}

/** The stored coverage of a repository. Anybody who can push can forge it: every part is checked when it is read. */
export interface CoverageChain extends Pick<HiddenChain, 'needs'> {
  /** The newest `most` entries (200 when absent). */
  index(most?: number): Promise<Part<CoverageIndex>>;
  /**
   * All lines of several entries, in two requests at most. An entry that is refused is given with its sentence; one whose
   * lines are not kept any more is left out.
   */
  read(entries: readonly StoredEntry[]): Promise<Part<ReadonlyMap<CommitId, Part<ShardLines>>>>;
  append(record: CoverageRecord, tip: CommitId | undefined): Promise<'written' | 'moved' | Unavailable>;
  close(): Promise<void>;
}

/** 200 points are a year of a busy branch, and 60 kB. */
const indexed = 200;
const limits = { files: 20_000, fileBytes: 4_000_000, allBytes: 256_000_000 };

export async function openCoverageChain(options: {
  readonly remote: Remote;
  readonly scratchFolder: string;
  readonly ref?: string;
}): Promise<Part<CoverageChain>> {
  const chain = await openHiddenChain({ ...options, ref: options.ref ?? coverageRef });
  return isUnavailable(chain) ? chain : coverageChainOver(chain);
}

/** Coverage in any chain: the message holds the totals, the files hold the lines. */
export function coverageChainOver(chain: HiddenChain): CoverageChain {
  return {
    ...(chain.needs !== undefined && { needs: chain.needs }),
    async index(most = indexed) {
      const listed = await chain.list(most);
      if (isUnavailable(listed))
        return unavailable(`the stored coverage could not be read: ${listed.unavailable}`);
      return indexOf(listed);
    },
    async read(entries) {
      const files = await chain.read(
        entries.map(({ id }) => id),
        limits,
      );
      if (isUnavailable(files))
        return unavailable(`the stored coverage could not be read: ${files.unavailable}`);
      return new Map(
        entries.flatMap((entry) => {
          const leaves = files.get(entry.id);
          return leaves ? [[entry.id, linesOf(entry, leaves)] as const] : [];
        }),
      );
    },
    append: (record, tip) =>
      chain.append({ message: writeHistoryMessage(summaryOf(record)), files: filesOf(record.shards) }, tip),
    close: () => chain.close(),
  };
}

function indexOf(listed: readonly ChainEntry[]): CoverageIndex {
  const entries: StoredEntry[] = [];
  const refused: string[] = [];
  const [newest] = listed;
  for (const { id, writtenAt, message } of listed) {
    const summary = readHistoryMessage(message);
    if ('refused' in summary) refused.push(refusal(id, summary.refused));
    else entries.push({ ...summary, id, writtenAt });
  }
  return { ...(newest && { tip: newest.id }), entries, refused };
}

function summaryOf({ commit, shards, modules, run }: CoverageRecord): HistorySummary {
  return {
    commit,
    totals: sumOfTotals(mergeShards(shards)),
    shards: [...shards]
      .map(([name, files]) => ({ name, totals: sumOfTotals(files) }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    modules,
    ...(run !== undefined && { run }),
  };
}

function filesOf(shards: ShardLines): readonly ChainFile[] {
  const leaves: ChainFile[] = [];
  for (const [shard, files] of shards) {
    const directories = groupBy(files, ([path]) => path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    for (const [directory, inside] of directories) {
      const text = writeLeaf(
        new Map(inside.map(([path, runs]) => [path.slice(path.lastIndexOf('/') + 1), runs])),
      );
      leaves.push({ path: leafPath(shard, directory), content: Buffer.from(text) });
    }
  }
  return leaves;
}

/** The tree has to say what the message says: otherwise one of the two was made by somebody else. */
function linesOf(entry: StoredEntry, leaves: readonly ChainFile[]): Part<ShardLines> {
  const shards = new Map<string, Map<string, readonly StatusRun[]>>();
  for (const { path, content } of leaves) {
    const place = readLeafPath(path);
    if (!place) return unavailable(refusal(entry.id, `it holds ${quoteName(path)}, which is no coverage`));
    const leaf = readLeaf(Buffer.from(content).toString('utf8'));
    if ('refused' in leaf)
      return unavailable(refusal(entry.id, `in ${quoteName(path)} ${String(leaf.refused)}`));
    const files = shards.get(place.shard) ?? new Map<string, readonly StatusRun[]>();
    shards.set(place.shard, files);
    for (const [name, runs] of leaf)
      files.set(place.directory === '' ? name : `${place.directory}/${name}`, runs);
  }
  const told = new Map(entry.shards.map(({ name, totals }) => [name, totals]));
  for (const [name, files] of shards) {
    const [a, b] = [told.get(name), sumOfTotals(files)];
    told.delete(name);
    if (a?.hit !== b.hit || a.partial !== b.partial || a.miss !== b.miss)
      return unavailable(
        refusal(entry.id, `its message and its files contradict each other in ${quoteName(name)}`),
      );
  }
  // A shard without a single line has no leaf.
  if ([...told.values()].some(({ hit, partial, miss }) => hit + partial + miss > 0))
    return unavailable(refusal(entry.id, 'its message names a shard that it does not hold'));
  return shards;
}

function refusal(id: CommitId, why: string): string {
  return `the stored coverage ${id.slice(0, 7)} was refused: ${why}`;
}
