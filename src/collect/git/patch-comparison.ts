import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { CommitId } from '../../core/change.ts';
import type { TailFile } from '../../core/review-facts.ts';
import { type BlobPair, diffBlobs } from './diff-blobs.ts';
import { GitFailure } from './git-failure.ts';
import { hashesIn, hashOf, keptBytes, moreOf, placesOf } from './line-hashes.ts';
import type { ObjectStore } from './object-store.ts';
import { pathText, type RawRecord } from './raw-diff.ts';
import type { ChangeMove } from './replay-change.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { rangesOf } from './tail-lines.ts';
import { readDifference, readRawDiff } from './tree-difference.ts';

/** A changed line: its number on its own side, and a hash standing for its text. */
interface PatchLine {
  readonly sign: '+' | '-';
  readonly line: number;
  readonly text: string;
}

interface PatchedFile {
  readonly record: RawRecord;
  readonly isBinary: boolean;
  readonly lines: readonly PatchLine[];
}

/** One file's two patches; one is absent when only the other change touches the file. */
interface Pair {
  readonly path: string;
  readonly before: PatchedFile | undefined;
  readonly after: PatchedFile | undefined;
}

interface LineVerdict {
  /** Head-side numbers of lines that only today's change adds. */
  readonly added: number[];
  /** Lines that only today's change deletes. */
  deleted: number;
  /** Lines that only the approved change added: gone again, or brought by the base itself meanwhile. */
  readonly notAdded: string[];
  /** Lines that only the approved change deleted: back again, or deleted by the base itself meanwhile. */
  readonly notDeleted: string[];
}

const mostLines = 400_000;

/**
 * Compares the approved change with today's, file by file, as two lists of added and deleted lines; git finds their
 * longest common part. Less exact than a replay, since the lines around are not looked at. `only` names the files to
 * compare; without it all are.
 */
export async function comparePatches(
  scratch: ScratchRepository,
  store: ObjectStore,
  { oldFork, approved, newFork, head }: ChangeMove,
  only?: ReadonlySet<string>,
): Promise<readonly TailFile[]> {
  const before = await readPatch(scratch, store, oldFork, approved);
  const after = await readPatch(scratch, store, newFork, head);
  const strayed = [...before.keys()].some((path) => !after.has(path));
  const renames = strayed
    ? await renamesBetween(scratch, store, oldFork, newFork)
    : new Map<string, string>();
  const moved = new Map(
    [...before].map(([path, file]) => [after.has(path) ? path : (renames.get(path) ?? path), file]),
  );
  const pairs = [...new Set([...moved.keys(), ...after.keys()])]
    .filter((path) => only === undefined || only.has(path))
    .map((path) => ({ path, before: moved.get(path), after: after.get(path) }));
  const verdicts = await compareLines(scratch, pairs);
  const tails: TailFile[] = [];
  for (const [index, pair] of pairs.entries()) {
    const { added, deleted, notAdded, notDeleted } = verdicts[index] ?? emptyVerdict();
    const read = (commit: CommitId, path: string) => hashesIn(scratch, store, commit, path);
    const back = notDeleted.length > 0 ? placesOf(notDeleted, await read(head, pair.path), added) : [];
    const brought =
      notAdded.length > 0
        ? moreOf(
            notAdded,
            await read(oldFork, basePathOf(pair.before, pair)),
            await read(newFork, basePathOf(pair.after, pair)),
          )
        : 0;
    const gone = deleted + notAdded.length - brought;
    if (added.length + back.length + gone === 0 && !isOtherBinary(pair)) continue;
    tails.push({
      path: pair.path,
      added: rangesOf([...added, ...back].toSorted((a, b) => a - b)),
      deletedLines: gone,
    });
  }
  return tails;
}

async function readPatch(
  scratch: ScratchRepository,
  store: ObjectStore,
  from: CommitId,
  to: CommitId,
): Promise<ReadonlyMap<string, PatchedFile>> {
  const lines = new Map<number, PatchLine[]>();
  let count = 0;
  const differences = await readDifference(scratch, store, from, to, {
    context: 0,
    keptBytes,
    onLine: (index, sign, line, text) => {
      count += 1;
      if (count > mostLines)
        throw new GitFailure(`a change of more than ${mostLines} lines is not compared line by line`);
      const known = lines.get(index) ?? [];
      known.push({ sign, line, text: hashOf(text) });
      lines.set(index, known);
    },
  });
  return new Map(
    differences.map(({ record, patch }, index) => [
      pathText(record.headPath),
      { record, isBinary: patch?.isBinary ?? false, lines: lines.get(index) ?? [] },
    ]),
  );
}

async function compareLines(
  scratch: ScratchRepository,
  pairs: readonly Pair[],
): Promise<readonly LineVerdict[]> {
  const verdicts = pairs.map(emptyVerdict);
  const blobs = await writeLists(
    scratch,
    pairs.flatMap(({ before, after }) => [before?.lines ?? [], after?.lines ?? []]),
  );
  const lists: BlobPair[] = pairs.map((_, index) => ({
    base: blobs[2 * index] ?? '',
    head: blobs[2 * index + 1] ?? '',
  }));
  await diffBlobs(scratch, lists, {
    context: 0,
    onLine: (index, sign, position) => {
      const pair = pairs[index];
      const verdict = verdicts[index];
      const entry = (sign === '+' ? pair?.after : pair?.before)?.lines[position - 1];
      if (!entry || !verdict) return;
      if (sign === '+' && entry.sign === '+') verdict.added.push(entry.line);
      else if (sign === '-' && entry.sign === '-') verdict.notDeleted.push(entry.text);
      else if (sign === '-') verdict.notAdded.push(entry.text);
      else verdict.deleted += 1;
    },
  });
  return verdicts;
}

/** Writes each list as a blob, one line per entry, and gives the ids. */
async function writeLists(
  scratch: ScratchRepository,
  lists: readonly (readonly PatchLine[])[],
): Promise<readonly string[]> {
  if (lists.length === 0) return [];
  const folder = await mkdtemp(join(scratch.folder, 'lists-'));
  try {
    const names: string[] = [];
    for (const [index, list] of lists.entries()) {
      await writeFile(join(folder, String(index)), list.map(({ sign, text }) => `${sign}${text}\n`).join(''));
      // Relative to the scratch repository: a path read from standard input must not hold a line break.
      names.push(`../${basename(folder)}/${index}`);
    }
    const { stdout } = await scratch.run(['hash-object', '-w', '--no-filters', '--stdin-paths'], {
      input: `${names.join('\n')}\n`,
    });
    return stdout.toString('latin1').trim().split('\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function basePathOf(file: PatchedFile | undefined, { path }: Pair): string {
  return file ? pathText(file.record.basePath) : path;
}

async function renamesBetween(
  scratch: ScratchRepository,
  store: ObjectStore,
  from: CommitId,
  to: CommitId,
): Promise<ReadonlyMap<string, string>> {
  const moved = await readRawDiff(scratch, from, to, ['--no-renames']);
  const candidates = moved.filter(({ status }) => status === 'added' || status === 'deleted');
  await store.prefetch(
    candidates.map(({ status, baseId, headId }) => (status === 'added' ? headId : baseId)),
  );
  const records = await readRawDiff(scratch, from, to, ['-M', '-l1000']);
  return new Map(
    records
      .filter(({ status }) => status === 'renamed')
      .map(({ basePath, headPath }) => [pathText(basePath), pathText(headPath)]),
  );
}

function isOtherBinary({ before, after }: Pair): boolean {
  const isBinary = before?.isBinary || after?.isBinary;
  return isBinary === true && before?.record.headId !== after?.record.headId;
}

function emptyVerdict(): LineVerdict {
  return { added: [], deleted: 0, notAdded: [], notDeleted: [] };
}
