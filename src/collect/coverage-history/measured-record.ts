import type { CommitId } from '../../core/change.ts';
import type { LineTotals, StatusRun } from '../../core/coverage-facts.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import { totalsOfRuns } from '../../coverage/formats/history/history-leaf.ts';
import type { NamedTotals } from '../../coverage/formats/history/history-message.ts';
import { findModules } from '../../coverage/measure/find-modules.ts';
import type { MeasuredCommit } from '../coverage/measured-in-workspace.ts';
import { moduleSources } from '../coverage/module-sources.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import { ordinaryPaths } from '../git/tree-files.ts';
import { mergeShards, type ShardLines } from './shard-lines.ts';

export interface RecordToWrite {
  readonly commit: CommitId;
  readonly shards: ShardLines;
  /** Totals by module, of whatever shards the record will hold in the end. */
  readonly modulesOf: (shards: ShardLines) => readonly NamedTotals[];
}

/** What the tests of a commit on the default branch (or in a merge group) measured, as it is stored. */
export async function measuredRecord(
  repository: JudgedRepository,
  { measured, commit }: MeasuredCommit,
  configured?: Readonly<Record<string, readonly string[]>>,
): Promise<Part<RecordToWrite>> {
  const tracked = await repository.listFiles(commit);
  if (isUnavailable(tracked)) return tracked;
  const modules = findModules({
    ...(await moduleSources(repository, commit)),
    ...(configured && { configured }),
    tracked: ordinaryPaths(tracked),
    measured: [...measured.files.keys()],
  });
  return { commit, shards: measured.shards(), modulesOf: (shards) => totalsByModule(shards, modules.nameOf) };
}

function totalsByModule(shards: ShardLines, nameOf: (path: string) => string): readonly NamedTotals[] {
  const totals = new Map<string, LineTotals>();
  for (const [path, runs] of mergeShards(shards)) {
    const name = nameOf(path);
    totals.set(name, plus(totals.get(name), runs));
  }
  return [...totals].map(([name, sum]) => ({ name, totals: sum }));
}

function plus(sum: LineTotals | undefined, runs: readonly StatusRun[]): LineTotals {
  const { hit, partial, miss } = totalsOfRuns(runs);
  return {
    hit: (sum?.hit ?? 0) + hit,
    partial: (sum?.partial ?? 0) + partial,
    miss: (sum?.miss ?? 0) + miss,
  };
}
