import type { LineCount, MissingShard } from '../../core/coverage-facts.ts';

/** A shard by what it covers. */
export interface ShardExtent {
  readonly name: string;
  /** Its files, by their path at the measured commit; files that are gone are left out. */
  readonly files: ReadonlySet<string>;
  readonly count: LineCount;
}

/** A shard under another name covers at least this share of the other's files. */
const leastShared = 0.5;

/**
 * Shards of the base that this run lacks although files of theirs are still there. One that was renamed is told by the
 * files it covers: each file of a new shard can stand for that of one that is not there any more, so that a joined report
 * stands for all whose files it has.
 */
export function missingShards(
  base: readonly ShardExtent[],
  head: readonly ShardExtent[],
): readonly MissingShard[] {
  const known = new Set(base.map(({ name }) => name));
  const present = new Set(head.map(({ name }) => name));
  const unpaired = head.filter(({ name }) => !known.has(name)).map(({ files }) => new Set(files));
  const missing: MissingShard[] = [];
  for (const { name, files, count } of base) {
    if (present.has(name) || files.size === 0) continue;
    const twin = unpaired.find((free) => shared(files, free) >= files.size * leastShared);
    if (twin) for (const path of files) twin.delete(path);
    else missing.push({ name, files: files.size, lines: count.lines });
  }
  return missing;
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let files = 0;
  for (const path of a) if (b.has(path)) files += 1;
  return files;
}
