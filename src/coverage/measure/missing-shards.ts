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
 * files it covers: each new shard can stand for one that is not there any more.
 */
export function missingShards(
  base: readonly ShardExtent[],
  head: readonly ShardExtent[],
): readonly MissingShard[] {
  const known = new Set(base.map(({ name }) => name));
  const present = new Set(head.map(({ name }) => name));
  const unpaired = head.filter(({ name }) => !known.has(name));
  const missing: MissingShard[] = [];
  for (const { name, files, count } of base) {
    if (present.has(name) || files.size === 0) continue;
    const twin = unpaired.findIndex((other) => shared(files, other.files) >= files.size * leastShared);
    if (twin >= 0) unpaired.splice(twin, 1);
    else missing.push({ name, files: files.size, lines: count.lines });
  }
  return missing;
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let files = 0;
  for (const path of a) if (b.has(path)) files += 1;
  return files;
}
