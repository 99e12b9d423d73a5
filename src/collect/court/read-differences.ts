import { isTestFile } from '../../coverage/measure/source-file.ts';
import { leftOut } from '../../review/measure/effective-lines.ts';
import { diffBlobs } from '../git/diff-blobs.ts';
import type { ObjectStore } from '../git/object-store.ts';
import type { ScratchRepository } from '../git/scratch-repository.ts';
import type { LogPath } from '../history/log-reader.ts';
import type { BranchEntry } from './branch-entries.ts';
import type { FileDifference } from './line-origins.ts';

/** What an entry changes in code; `forgotten`: files whose lines cannot be followed through it. */
export interface EntryDifference {
  readonly files: readonly FileDifference[];
  readonly forgotten: readonly string[];
}

/** Pairs of contents that one process compares. */
const pairsAtOnce = 1_500;
/** An entry that touches more code files than this rewrites the house; nobody's line is followed through it. */
const mostFiles = 3_000;
const largestFile = 1024 * 1024;
const keptBytes = 400;

const code =
  /\.(?:[cm]?[jt]sx?|py|go|java|kts?|scala|rb|rs|php|cs|swift|c|cc|cpp|cxx|h|hh|hpp|mm?|exs?|erl|hs|ml|clj[cs]?|lua|dart|vue|svelte|erb|ejs|slim|sql|sh|pl|r|zig|nim|f90|graphql|proto)$/i;

/** Whether the lines of a file are followed: code that is neither a test nor generated nor vendored. */
export function isFollowed(path: string): boolean {
  return code.test(path) && !isTestFile(path) && leftOut(path) === undefined;
}

/** Differences of entries, in their order, for the files that are followed. */
export async function* readDifferences(
  entries: readonly BranchEntry[],
  scratch: ScratchRepository,
  store: ObjectStore,
): AsyncGenerator<EntryDifference> {
  let batch: BranchEntry[] = [];
  let pairs = 0;
  for (const entry of entries) {
    batch.push(entry);
    pairs += entry.files.length;
    if (pairs < pairsAtOnce) continue;
    yield* await differencesOf(batch, scratch, store);
    [batch, pairs] = [[], 0];
  }
  if (batch.length > 0) yield* await differencesOf(batch, scratch, store);
}

async function differencesOf(
  entries: readonly BranchEntry[],
  scratch: ScratchRepository,
  store: ObjectStore,
): Promise<readonly EntryDifference[]> {
  const followed = entries.map(({ files }) => files.filter(({ path }) => isFollowed(path)));
  const small = followed.map((files) => (files.length > mostFiles ? [] : files));
  const known = await store.inspect(small.flat().flatMap(blobsOf));
  const isReadable = (file: LogPath) =>
    blobsOf(file).every((id) => (known.get(id)?.bytes ?? Number.POSITIVE_INFINITY) <= largestFile);
  const pairs = small.flat().filter(isReadable);
  const place = new Map(pairs.map((file, index) => [file, index]));
  const lines = pairs.map(() => ({
    deleted: [] as FileDifference['deleted'][number][],
    added: [] as FileDifference['added'][number][],
  }));
  const patches =
    pairs.length === 0
      ? new Map()
      : await diffBlobs(scratch, pairs, {
          context: 0,
          keptBytes,
          onLine: (index, sign, line, bytes) => {
            const text = Buffer.from(bytes).toString('latin1');
            (sign === '+' ? lines[index]?.added : lines[index]?.deleted)?.push({ line, text });
          },
        });
  return entries.map((_, i) => {
    const files: FileDifference[] = [];
    const forgotten: string[] = [];
    for (const file of followed[i] ?? []) {
      const index = place.get(file);
      const patch = index === undefined ? undefined : patches.get(index);
      if (index === undefined || patch?.isBinary) forgotten.push(file.path);
      else
        files.push({
          path: file.path,
          isGone: file.head === undefined,
          hunks: patch?.hunks ?? [],
          deleted: lines[index]?.deleted ?? [],
          added: lines[index]?.added ?? [],
        });
    }
    return { files, forgotten };
  });
}

function blobsOf({ base, head }: LogPath): readonly string[] {
  return [base, head].filter((id) => id !== undefined);
}
