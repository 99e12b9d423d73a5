import type { Change, CommitId } from '../../core/change.ts';
import type { CoverageFacts } from '../../core/coverage-facts.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { fileCoverageOfRuns } from '../artifact/file-coverage-of-runs.ts';
import { coverageOfMeasured } from '../coverage/coverage-of-change.ts';
import type { MeasuredReports } from '../coverage/read-reports.ts';
import {
  type CoverageChain,
  coverageRef,
  openCoverageChain,
  type StoredEntry,
} from '../coverage-history/coverage-chain.ts';
import { mergeShards, type ShardLines } from '../coverage-history/shard-lines.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';

/** What the tests measured when changes were merged, as the branch's hidden chain keeps it. */
export interface StoredCoverage {
  /** Commits that were measured. */
  readonly measured: number;
  /** Of a change that `merged` brought to the branch; what was before comes from the same chain. */
  of(repository: JudgedRepository, change: Change, merged: CommitId): Promise<Part<CoverageFacts>>;
  close(): Promise<void>;
}

/** Years of a busy branch. */
const mostEntries = 20_000;

/** The chain of a clone that has fetched it. */
export async function openStoredCoverage(
  checkout: string,
  scratchFolder: string,
): Promise<Part<StoredCoverage>> {
  const opened = await openCoverageChain({ remote: { url: checkout }, scratchFolder });
  if (isUnavailable(opened)) return opened;
  const index = await opened.index(mostEntries);
  if (isUnavailable(index) || index.entries.length === 0) {
    await opened.close();
    return isUnavailable(index)
      ? index
      : unavailable(
          `this clone has no stored coverage; \`git fetch origin ${coverageRef}:${coverageRef}\` brings it where there is some`,
        );
  }
  // Every change asks for the list, and a base of two years ago lies far down in it.
  const chain: CoverageChain = { ...opened, index: async () => index };
  const byCommit = new Map(index.entries.toReversed().map((entry) => [entry.commit, entry]));
  return {
    measured: byCommit.size,
    of: async (repository, change, merged) => {
      const entry = byCommit.get(merged);
      if (!entry) return unavailable('no coverage is stored for the day it was merged');
      const read = await measuredOf(chain, entry);
      if (isUnavailable(read)) return read;
      const question = { workspace: '', reports: [], history: chain, scratchFolder };
      return coverageOfMeasured(repository, change, { measured: read, commit: merged }, question);
    },
    close: () => opened.close(),
  };
}

async function measuredOf(chain: CoverageChain, entry: StoredEntry): Promise<Part<MeasuredReports>> {
  const read = await chain.read([entry]);
  if (isUnavailable(read)) return read;
  const shards: Part<ShardLines> =
    read.get(entry.id) ?? unavailable('the lines of that day are not kept any more');
  if (isUnavailable(shards)) return shards;
  const files = mergeShards(shards);
  return {
    reports: [...shards].map(([path, own]) => ({ path, format: 'stored', files: own.size, remarks: [] })),
    files: new Map([...files].map(([path, runs]) => [path, fileCoverageOfRuns(path, runs)])),
    shards: () => shards,
    unmapped: [],
    reportedFiles: files.size,
  };
}
