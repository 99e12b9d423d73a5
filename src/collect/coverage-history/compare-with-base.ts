import type { Change, CommitId, LineRange } from '../../core/change.ts';
import type { BaseCoverage } from '../../core/coverage-facts.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import {
  type ComparedFile,
  compareMeasurements,
  type Target,
} from '../../coverage/measure/compare-measurements.ts';
import { sumOfLedgers } from '../../coverage/measure/coverage-ledger.ts';
import { invertedHunks } from '../../coverage/measure/inverted-hunks.ts';
import { carryRanges } from '../../coverage/measure/line-ranges.ts';
import { missingShards, type ShardExtent } from '../../coverage/measure/missing-shards.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import { type FileLines, mergeShards, type ShardLines, sumOfTotals } from './shard-lines.ts';

export interface MeasuredBase
  extends Pick<BaseCoverage, 'commit' | 'from' | 'distance' | 'storedAt' | 'run'> {
  readonly shards: ShardLines;
}

export interface Measured {
  readonly change: Change;
  /** The commit that was checked out when the tests ran. */
  readonly commit: CommitId;
  readonly shards: ShardLines;
  readonly lines: FileLines;
  /** From the measured commit to the head. */
  readonly toHead: ReadonlyMap<string, Target | 'deleted'>;
}

export interface Comparison {
  readonly files: readonly ComparedFile[];
  readonly base: Omit<BaseCoverage, 'lostLines'>;
  /** Unchanged lines that ran and do not any more, by path and numbering of the measured commit. */
  readonly lost: ReadonlyMap<string, readonly LineRange[]>;
}

/** Carries the base's lines to the measured commit and says where every difference comes from. */
export async function compareWithBase(
  repository: JudgedRepository,
  base: MeasuredBase,
  measured: Measured,
): Promise<Part<Comparison>> {
  const { change } = measured;
  const [between, tracked, toMergeBase] = await Promise.all([
    repository.linesBetween(base.commit, measured.commit),
    repository.listFiles(base.commit),
    base.commit === change.mergeBase ? new Map() : repository.hunksBetween(base.commit, change.mergeBase),
  ]);
  if (isUnavailable(between)) return between;
  if (isUnavailable(tracked)) return tracked;
  if (isUnavailable(toMergeBase)) return toMergeBase;
  const atBase = new Set(tracked.map(({ path }) => path));
  const lines = mergeShards(base.shards);
  const isAlone = base.commit === change.mergeBase && measured.commit === change.head;
  const files = compareMeasurements({
    base: lines,
    head: measured.lines,
    carried: between.files,
    moved: between.moved,
    isAtBase: (path) => atBase.has(path),
    ...(!isAlone && {
      addedHere: carriedBack(measured.toHead, new Map(change.files.map((file) => [file.path, file.added]))),
      removedHere: carriedBack(
        toMergeBase,
        new Map(change.files.map((file) => [file.previousPath ?? file.path, file.deleted])),
      ),
    }),
  });
  const { shards: _, ...about } = base;
  const unchanged = { lines: 0, knownToOne: 0 };
  let lost = 0;
  for (const { ledger } of files) {
    unchanged.lines += ledger.unchanged.lines;
    unchanged.knownToOne += ledger.unchanged.knownToOne;
    lost += ledger.gone;
  }
  const ledger = sumOfLedgers(files.map((file) => file.ledger));
  return {
    files,
    lost: new Map(
      files.flatMap(({ path, ledger }) =>
        path === undefined || ledger.lost.length === 0 ? [] : [[path, ledger.lost] as const],
      ),
    ),
    base: {
      ...about,
      ledger,
      unchanged,
      carried: { lines: ledger.base.lines, lost },
      missingShards: missingShards(
        extents(base.shards, (path) => targetOf(between.files, path)),
        extents(measured.shards, (path) => path),
      ),
    },
  };
}

/** Ranges of the later side's files, by path and numbering of the earlier side. */
function carriedBack(
  forward: ReadonlyMap<string, Target | 'deleted'>,
  ranges: ReadonlyMap<string, readonly LineRange[]>,
): (path: string) => readonly LineRange[] {
  return (path) => {
    const target = forward.get(path) ?? { path, hunks: [] };
    if (target === 'deleted') return [];
    return carryRanges(ranges.get(target.path) ?? [], invertedHunks(target.hunks));
  };
}

function targetOf(carried: ReadonlyMap<string, Target | 'deleted'>, path: string): string | undefined {
  const target = carried.get(path);
  return target === undefined ? path : target === 'deleted' ? undefined : target.path;
}

function extents(shards: ShardLines, pathOf: (path: string) => string | undefined): readonly ShardExtent[] {
  return [...shards].map(([name, files]) => {
    const { hit, partial, miss } = sumOfTotals(files);
    return {
      name,
      files: new Set([...files.keys()].flatMap((path) => pathOf(path) ?? [])),
      count: { ran: hit + partial, lines: hit + partial + miss },
    };
  });
}
