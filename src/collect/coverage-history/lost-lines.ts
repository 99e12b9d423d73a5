import type { CommitId, LineRange } from '../../core/change.ts';
import type { LostLines } from '../../core/coverage-facts.ts';
import { isUnavailable } from '../../core/part.ts';
import { carryLines } from '../../coverage/carry-lines.ts';
import type { Target } from '../../coverage/measure/compare-measurements.ts';
import { carryRanges, linesIn, withoutRanges } from '../../coverage/measure/line-ranges.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import type { CoverageChain, StoredEntry } from './coverage-chain.ts';
import { mergeShards } from './shard-lines.ts';

type Ranges = ReadonlyMap<string, readonly LineRange[]>;

/** So many older measurements are asked whether a line came and went before. */
const askedEntries = 8;

/**
 * Lines that did not run at an older measurement either, although they stood there in the same form: they come and go
 * with the order or the timing of the tests, and no change is the reason. By path and numbering of the measured commit.
 */
export async function flakyLines(
  repository: JudgedRepository,
  chain: CoverageChain,
  older: readonly StoredEntry[],
  measured: CommitId,
  lost: Ranges,
): Promise<Ranges> {
  const flaky = new Map<string, readonly LineRange[]>();
  const asked = older.slice(0, askedEntries);
  const read = asked.length === 0 || lost.size === 0 ? new Map() : await chain.read(asked);
  if (isUnavailable(read)) return flaky;
  for (const entry of asked) {
    const shards = read.get(entry.id);
    if (shards === undefined || isUnavailable(shards)) continue;
    const carried = await repository.hunksBetween(entry.commit, measured);
    if (isUnavailable(carried)) continue;
    const sources = new Map<string, string>();
    for (const [path, target] of carried) if (target !== 'deleted') sources.set(target.path, path);
    const lines = mergeShards(shards);
    for (const path of lost.keys()) {
      const source = sources.get(path) ?? path;
      const target = carried.get(source);
      if (target === 'deleted' || (target !== undefined && target.path !== path)) continue;
      const { runs } = carryLines(lines.get(source) ?? [], target?.hunks ?? []);
      const missed = runs
        .filter(([, , status]) => status === 'miss')
        .map(([start, length]) => ({ start, end: start + length - 1 }));
      flaky.set(path, union(flaky.get(path) ?? [], missed));
    }
  }
  return flaky;
}

/** The lost lines at the head, without the flaky ones, which are counted. */
export function lostLinesAtHead(
  lost: Ranges,
  flaky: Ranges,
  toHead: ReadonlyMap<string, Target | 'deleted'>,
): readonly LostLines[] {
  return [...lost]
    .flatMap(([path, ranges]) => {
      const target = toHead.get(path) ?? { path, hunks: [] };
      if (target === 'deleted') return [];
      const steady = withoutRanges(ranges, flaky.get(path) ?? []);
      return [
        {
          path: target.path,
          ranges: carryRanges(steady, target.hunks),
          flaky: linesIn(ranges) - linesIn(steady),
        },
      ];
    })
    .filter(({ ranges, flaky }) => ranges.length > 0 || flaky > 0)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function union(a: readonly LineRange[], b: readonly LineRange[]): readonly LineRange[] {
  return [...a, ...withoutRanges(b, a)].toSorted((one, other) => one.start - other.start);
}
