import type { LineTotals, StatusRun } from '../../core/coverage-facts.ts';
import { totalsOfRuns } from '../../coverage/formats/history/history-leaf.ts';
import { mergeRuns } from '../../coverage/measure/merge-runs.ts';

/** The lines of each file, by tracked path. */
export type FileLines = ReadonlyMap<string, readonly StatusRun[]>;

/** What each shard (a test job, or one report of several) says. */
export type ShardLines = ReadonlyMap<string, FileLines>;

/** All shards together. */
export function mergeShards(shards: ShardLines): FileLines {
  const merged = new Map<string, readonly StatusRun[]>();
  for (const files of shards.values()) {
    for (const [path, runs] of files) {
      const known = merged.get(path);
      merged.set(path, known === undefined ? runs : mergeRuns(known, runs));
    }
  }
  return merged;
}

export function sumOfTotals(files: FileLines): LineTotals {
  const sum = { hit: 0, partial: 0, miss: 0 };
  for (const runs of files.values()) {
    const totals = totalsOfRuns(runs);
    sum.hit += totals.hit;
    sum.partial += totals.partial;
    sum.miss += totals.miss;
  }
  return sum;
}
