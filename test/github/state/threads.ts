import { mergeBase } from '../git/commits.ts';
import { carryLine, type FileDiff, lineAt, placeOf, type Side } from '../git/diff.ts';
import type { GitHubState } from './github-state.ts';
import type { PullRequest, Repository, ReviewComment, Thread } from './model.ts';
import { pullFiles } from './pull-diff.ts';

export interface Anchor {
  readonly path: string;
  readonly line?: number;
  readonly side?: Side;
  readonly startLine?: number;
  readonly startSide?: Side;
  readonly position?: number;
  readonly subjectType?: 'LINE' | 'FILE';
}

export interface AnchorProblem {
  /** GitHub's name for the argument that is wrong. */
  readonly field: 'path' | 'line' | 'start_line' | 'position';
  readonly message: string;
}

export interface ResolvedAnchor {
  readonly file: FileDiff;
  readonly side: Side;
  readonly startSide?: Side;
  readonly line?: number;
  readonly startLine?: number;
  readonly position: number;
  readonly diffHunk: string;
}

/** Judges an anchor against the pull request's diff at a commit, hunk by hunk, as GitHub does. */
export function resolveAnchor(files: readonly FileDiff[], anchor: Anchor): ResolvedAnchor | AnchorProblem {
  const file = files.find((one) => one.path === anchor.path);
  if (file === undefined) return { field: 'path', message: 'Path could not be resolved' };
  if (anchor.subjectType === 'FILE') return { file, side: 'RIGHT', position: 1, diffHunk: '' };
  const byPosition =
    anchor.line === undefined && anchor.position !== undefined ? lineAt(file, anchor.position) : undefined;
  if (anchor.line === undefined && anchor.position !== undefined && byPosition === undefined) {
    return { field: 'position', message: 'Position could not be resolved' };
  }
  const line = anchor.line ?? byPosition?.line;
  if (line === undefined) return { field: 'line', message: 'Line could not be resolved' };
  const side = byPosition?.side ?? anchor.side ?? 'RIGHT';
  const place = placeOf(file, side, line);
  if (place === undefined) return { field: 'line', message: 'Line could not be resolved' };
  const startSide = anchor.startLine === undefined ? undefined : (anchor.startSide ?? side);
  if (anchor.startLine !== undefined && startSide !== undefined) {
    if (anchor.startLine >= line && startSide === side) {
      return { field: 'start_line', message: 'start_line must precede the end line.' };
    }
    const start = placeOf(file, startSide, anchor.startLine);
    if (start === undefined) return { field: 'start_line', message: 'Start line could not be resolved' };
    if (start.hunk !== place.hunk || start.index > place.index) {
      return { field: 'start_line', message: 'start_line must be part of the same hunk as the line.' };
    }
  }
  return {
    file,
    side,
    line,
    position: place.position,
    diffHunk: place.hunk.lines.slice(0, place.index + 1).join('\n'),
    ...(anchor.startLine === undefined || startSide === undefined
      ? {}
      : { startLine: anchor.startLine, startSide }),
  };
}

export function isProblem(value: ResolvedAnchor | AnchorProblem): value is AnchorProblem {
  return 'field' in value;
}

export function newThread(
  state: GitHubState,
  commit: string,
  anchor: ResolvedAnchor,
  first: ReviewComment,
): Thread {
  return {
    id: state.nextId(),
    path: anchor.file.path,
    subjectType: anchor.line === undefined ? 'FILE' : 'LINE',
    side: anchor.side,
    ...(anchor.startSide === undefined ? {} : { startSide: anchor.startSide }),
    line: anchor.line,
    startLine: anchor.startLine,
    outdated: false,
    commitId: commit,
    ...(anchor.line === undefined ? {} : { originalLine: anchor.line }),
    ...(anchor.startLine === undefined ? {} : { originalStartLine: anchor.startLine }),
    originalCommitId: commit,
    originalPosition: anchor.position,
    diffHunk: anchor.diffHunk,
    resolvedBy: null,
    comments: [first],
  };
}

/** After a push: each thread moves with its line, or is outdated once that line was changed or left the diff. */
export function carryThreads(
  repository: Repository,
  pull: PullRequest,
  oldHead: string,
  oldBase: string,
): void {
  for (const thread of pull.threads) carryThread(repository, pull, thread, oldHead, oldBase);
}

export function carryThread(
  repository: Repository,
  pull: PullRequest,
  thread: Thread,
  oldHead: string,
  oldBase: string,
): void {
  if (thread.outdated) return;
  const { directory } = repository;
  const files = pullFiles(repository, pull);
  if (thread.subjectType === 'FILE') {
    const file = files.find((one) => one.path === thread.path || one.previousPath === thread.path);
    if (file === undefined) thread.outdated = true;
    else thread.path = file.path;
    return;
  }
  const leftFrom = mergeBase(directory, oldBase, oldHead) ?? oldBase;
  const leftTo = mergeBase(directory, pull.baseSha, pull.headSha) ?? pull.baseSha;
  const carry = (side: Side, line: number | undefined): { path: string; line: number } | undefined => {
    if (line === undefined) return undefined;
    const [from, to] = side === 'RIGHT' ? [oldHead, pull.headSha] : [leftFrom, leftTo];
    return carryLine(directory, from, to, thread.path, line);
  };
  const end = carry(thread.side, thread.line);
  const start =
    thread.startLine === undefined ? undefined : carry(thread.startSide ?? thread.side, thread.startLine);
  const file = end === undefined ? undefined : files.find((one) => one.path === end.path);
  const stays = end !== undefined && file !== undefined && placeOf(file, thread.side, end.line) !== undefined;
  if (!stays || (thread.startLine !== undefined && start === undefined)) {
    thread.outdated = true;
    thread.line = undefined;
    thread.startLine = undefined;
    return;
  }
  thread.path = end.path;
  thread.line = end.line;
  thread.startLine = start?.line;
  thread.commitId = pull.headSha;
}
