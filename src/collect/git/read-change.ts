import type { Change, ChangedFile, CommitId, LineRange } from '../../core/change.ts';
import { mayHoldPragma } from '../../coverage/formats/tests/coverage-pragmas.ts';
import type { People } from '../people.ts';
import { readCommitObjects, toCommit } from './commit-objects.ts';
import { GitFailure } from './git-failure.ts';
import type { HistoryBetween } from './merge-bases.ts';
import type { ObjectStore } from './object-store.ts';
import { kindOf, pathText, type RawRecord } from './raw-diff.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { blobPair, type FileDifference, readDifference } from './tree-difference.ts';

export interface ChangeQuestion {
  readonly base: CommitId;
  readonly head: CommitId;
  readonly baseName: string;
  /** Told which files differ before their lines are compared: whoever needs no lines can begin. */
  readonly onFiles?: (change: ChangeWithoutLines) => void;
}

/** What of a change is known before its lines are compared. */
export type ChangeWithoutLines = Pick<Change, 'base' | 'head' | 'mergeBase'> & {
  readonly files: readonly Pick<ChangedFile, 'path' | 'previousPath' | 'status' | 'kind'>[];
};

/** Where the contents of a changed file stand. */
export interface ChangedContents {
  readonly base?: string;
  readonly head?: string;
  /** A line that the change adds may take code out of a coverage report (`mayHoldPragma`): worth reading the file. */
  readonly mayAddPragma: boolean;
}

export interface ReadChange {
  readonly change: Change;
  /** By path at the head, of a deleted file at the base. */
  readonly contents: ReadonlyMap<string, ChangedContents>;
}

/** Lines are looked at up to here; a longer one may hold anything. */
const keptBytes = 4096;

/** `onRecords` is told what differs between the merge base and the head, before `onFiles` is. */
export async function readChange(
  scratch: ScratchRepository,
  store: ObjectStore,
  people: People | Promise<People>,
  question: ChangeQuestion & {
    readonly onRecords: (mergeBase: CommitId, records: readonly RawRecord[]) => void;
  },
  { mergeBases, commits: ids }: HistoryBetween,
): Promise<ReadChange> {
  const { base, head, baseName } = question;
  const [mergeBase] = mergeBases;
  if (mergeBase === undefined) throw new GitFailure('the two have no commit in common');
  const marked = new Set<number>();
  const [differences, objects, known] = await Promise.all([
    readDifference(scratch, store, mergeBase, head, {
      context: 3,
      keptBytes,
      onRecords(records) {
        question.onRecords(mergeBase, records);
        question.onFiles?.({ base, head, mergeBase, files: records.map(namedFile) });
      },
      mayMatter: mayHoldPragma,
      onLine: (index, sign, _, text) => {
        if (sign === '+' && !marked.has(index) && (text.length >= keptBytes - 1 || mayHoldPragma(text)))
          marked.add(index);
      },
    }),
    readCommitObjects(scratch, ids),
    people,
  ]);
  const commits = ids.flatMap((id) => {
    const object = objects.get(id);
    return object ? [toCommit(id, object, known)] : [];
  });
  const remarks =
    mergeBases.length > 1
      ? [
          `${mergeBases.length} commits could serve as merge base (criss-cross merges); compared with the one git names first`,
        ]
      : [];
  const files = differences.map(changedFile);
  return {
    change: {
      base,
      head,
      mergeBase,
      baseName,
      files,
      commits,
      ...(remarks.length > 0 ? { remarks } : {}),
    },
    contents: new Map(
      differences.map(({ record }, index) => [
        files[index]?.path ?? '',
        { ...blobPair(record), mayAddPragma: marked.has(index) },
      ]),
    ),
  };
}

const noLines: readonly LineRange[] = [];

function namedFile(record: RawRecord): Pick<ChangedFile, 'path' | 'previousPath' | 'status' | 'kind'> {
  const isRename = record.status === 'renamed' || record.status === 'copied';
  return {
    path: pathText(record.headPath),
    ...(isRename ? { previousPath: pathText(record.basePath) } : {}),
    status: record.status,
    kind: kindOf(record),
  };
}

function changedFile({ record, patch, isTooLarge }: FileDifference): ChangedFile {
  return {
    ...namedFile(record),
    isBinary: patch?.isBinary ?? false,
    ...(isTooLarge ? { isTooLarge: true as const } : {}),
    hunks: patch?.hunks ?? [],
    added: patch?.added ?? noLines,
    deleted: patch?.deleted ?? noLines,
  };
}
