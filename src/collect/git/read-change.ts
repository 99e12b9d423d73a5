import type { Change, ChangedFile, CommitId, LineRange } from '../../core/change.ts';
import type { People } from '../people.ts';
import { readCommitObjects, toCommit } from './commit-objects.ts';
import { GitFailure } from './git-failure.ts';
import type { ObjectStore } from './object-store.ts';
import { kindOf, pathText } from './raw-diff.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { type FileDifference, readDifference } from './tree-difference.ts';

export interface ChangeQuestion {
  readonly base: CommitId;
  readonly head: CommitId;
  readonly baseName: string;
}

export async function readChange(
  scratch: ScratchRepository,
  store: ObjectStore,
  people: People,
  question: ChangeQuestion,
  mergeBases: readonly CommitId[],
): Promise<Change> {
  const { base, head, baseName } = question;
  const [mergeBase] = mergeBases;
  if (mergeBase === undefined) throw new GitFailure('the two have no commit in common');
  const [differences, commits] = await Promise.all([
    readDifference(scratch, store, mergeBase, head, { context: 3 }),
    readCommits(scratch, people, base, head),
  ]);
  const remarks =
    mergeBases.length > 1
      ? [
          `${mergeBases.length} commits could serve as merge base (criss-cross merges); compared with the one git names first`,
        ]
      : [];
  return {
    base,
    head,
    mergeBase,
    baseName,
    files: differences.map(changedFile),
    commits,
    ...(remarks.length > 0 ? { remarks } : {}),
  };
}

async function readCommits(scratch: ScratchRepository, people: People, base: CommitId, head: CommitId) {
  const { stdout } = await scratch.run([
    'rev-list',
    '--topo-order',
    '--reverse',
    '--end-of-options',
    head,
    `^${base}`,
  ]);
  const ids = stdout.toString('latin1').split('\n').filter(Boolean);
  const objects = await readCommitObjects(scratch, ids);
  return ids.flatMap((id) => {
    const object = objects.get(id);
    return object ? [toCommit(id, object, people)] : [];
  });
}

const noLines: readonly LineRange[] = [];

function changedFile({ record, patch, isTooLarge }: FileDifference): ChangedFile {
  const path = pathText(record.headPath);
  const isRename = record.status === 'renamed' || record.status === 'copied';
  return {
    path,
    ...(isRename ? { previousPath: pathText(record.basePath) } : {}),
    status: record.status,
    kind: kindOf(record),
    isBinary: patch?.isBinary ?? false,
    ...(isTooLarge ? { isTooLarge: true as const } : {}),
    hunks: patch?.hunks ?? [],
    added: patch?.added ?? noLines,
    deleted: patch?.deleted ?? noLines,
  };
}
