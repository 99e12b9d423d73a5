import type { ApiResult, GitHubClient } from '../collect/github/create-client.ts';
import {
  type EndedFinding,
  readAnswerMarker,
  readFindingMarker,
  readSummaryMarker,
  reviewMarker,
  type ShownFinding,
} from '../render/marker.ts';
import {
  type Answer,
  type CommentNode,
  type Deletion,
  type Output,
  outputQuery,
  type Page,
  type ThreadNode,
} from './output-query.ts';

export interface ExistingSummary {
  /** REST id. */
  readonly id: number;
  readonly body: string;
  readonly shown: readonly ShownFinding[];
  readonly ended: readonly EndedFinding[];
}

export interface ExistingThread {
  /** GraphQL id of the thread. */
  readonly id: string;
  /** REST id of our comment, the first of the thread. */
  readonly commentId: number;
  readonly body: string;
  readonly fingerprint: string;
  readonly rule: string;
  readonly isResolved: boolean;
  readonly wasResolvedByUs: boolean;
  readonly canBeResolved: boolean;
  readonly hasReplies: boolean;
  /** The comment was edited to say that its finding is addressed. */
  readonly isAddressed: boolean;
  /** Somebody else has changed our words: they are theirs from then on. */
  readonly isEditedByOthers: boolean;
}

/** Our own comments on a pull request, oldest first. A marker in somebody else's comment is only text. */
export interface ExistingOutput {
  /** GraphQL id of the pull request. */
  readonly id?: string;
  /** Where the pull request's branch is now. */
  readonly head?: string;
  /** GraphQL ids of reviews that a run of ours began and never submitted: nobody else sees them. */
  readonly unsubmitted: readonly string[];
  /** Another tool of our account has begun a review: what is added without a review of one's own lands in it. */
  readonly isOtherReviewPending: boolean;
  readonly summaries: readonly ExistingSummary[];
  readonly threads: readonly ExistingThread[];
  /** Ids of the comments that we have answered. */
  readonly answered: ReadonlySet<number>;
  /** What other instances have said here. */
  readonly others: {
    /** Of their findings, open or ended. */
    readonly fingerprints: ReadonlySet<string>;
    /** Ids of the comments that they have answered. */
    readonly answered: ReadonlySet<number>;
  };
  /** Somebody else deleted a comment of our account. GitHub does not tell which. */
  readonly isCommentDeleted: boolean;
  /** What stands here besides the summary, or an account that no other tool writes as, says that we have spoken here. */
  readonly hasSpoken: boolean;
}

/** The account of every workflow, whichever tools run in it. */
const accountOfWorkflows = 'github-actions';

export const addressedWords = '_Addressed as of ';

/** Reads every page of both lists; two requests' worth of comments and threads fit into one. */
export async function readExistingOutput(
  client: GitHubClient,
  target: { readonly owner: string; readonly name: string; readonly number: number },
  instance: string,
): Promise<ApiResult<ExistingOutput>> {
  const comments: CommentNode[] = [];
  const threads: ThreadNode[] = [];
  let viewer = '';
  let id: string | undefined;
  let head: string | undefined;
  const unsubmitted = new Set<string>();
  let isOtherReviewPending = false;
  let isCommentDeleted = false;
  let hasReviewed = false;
  let afterComment: string | null | undefined = null;
  let afterThread: string | null | undefined = null;
  let last: ApiResult<Answer>;
  do {
    last = await client.graphql<Answer>(outputQuery, {
      ...target,
      comments: afterComment !== undefined,
      threads: afterThread !== undefined,
      afterComment: afterComment ?? null,
      afterThread: afterThread ?? null,
    });
    if (!last.ok) return last;
    viewer = last.data.viewer.login;
    const pullRequest: Output | null | undefined = last.data.repository?.pullRequest;
    const isTold =
      (afterComment === undefined || pullRequest?.comments?.nodes) &&
      (afterThread === undefined || pullRequest?.reviewThreads?.nodes);
    if (!pullRequest || !isTold) return { ok: false, error: untold };
    id = pullRequest.id;
    head = pullRequest.headRefOid;
    for (const review of pullRequest.reviews?.nodes ?? []) {
      if (review?.body.startsWith(reviewMarker(instance))) unsubmitted.add(review.id);
      else if (review) isOtherReviewPending = true;
    }
    const ofReview = reviewMarker(instance);
    hasReviewed ||= (pullRequest.submitted?.nodes ?? []).some(
      (review) => review?.viewerDidAuthor && review.body.startsWith(ofReview),
    );
    isCommentDeleted ||= (pullRequest.timelineItems?.nodes ?? []).some((one) => isByOthers(one, viewer));
    afterComment = collect(pullRequest.comments, comments);
    afterThread = collect(pullRequest.reviewThreads, threads);
  } while (afterComment !== undefined || afterThread !== undefined);
  const ours = threads.flatMap((thread) => threadOf(thread, viewer, instance));
  const answered = new Set(comments.flatMap((comment) => answeredBy(comment, instance)));
  const data = {
    ...(id !== undefined && { id }),
    ...(head !== undefined && { head }),
    unsubmitted: [...unsubmitted],
    isOtherReviewPending,
    summaries: comments.flatMap((comment) => summaryOf(comment, instance)).toSorted((a, b) => a.id - b.id),
    threads: ours,
    answered,
    others: othersOf(comments, threads, instance),
    isCommentDeleted,
    hasSpoken:
      hasReviewed || ours.length > 0 || answered.size > 0 || accountName(viewer) !== accountOfWorkflows,
  };
  return { ...last, data };
}

/** A list that is missing without an error is none that is empty: what stands there would be posted again. */
const untold = {
  status: 200,
  message: 'GitHub left the comments out of what it returned',
  mayHaveHappened: false,
};

/** Cursor of the next page, or undefined when there is none. */
function collect<T>(page: Page<T> | undefined, into: T[]): string | undefined {
  for (const node of page?.nodes ?? []) if (node) into.push(node);
  return page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? undefined) : undefined;
}

function summaryOf(comment: CommentNode, instance: string): readonly ExistingSummary[] {
  const marker = readSummaryMarker(comment.body);
  if (!comment.viewerDidAuthor || marker?.instance !== instance) return [];
  return [{ id: comment.databaseId, body: comment.body, shown: marker.shown, ended: marker.ended }];
}

function answeredBy(comment: CommentNode, instance: string): readonly number[] {
  const marker = readAnswerMarker(comment.body);
  return comment.viewerDidAuthor && marker?.instance === instance ? [marker.commentId] : [];
}

function othersOf(
  comments: readonly CommentNode[],
  threads: readonly ThreadNode[],
  instance: string,
): ExistingOutput['others'] {
  const ours = [...comments, ...threads.flatMap((thread) => thread.comments.nodes?.[0] ?? [])]
    .filter(({ viewerDidAuthor }) => viewerDidAuthor)
    .map(({ body }) => body);
  const ofOthers = <T extends { readonly instance: string }>(marker: T | undefined): readonly T[] =>
    marker && marker.instance !== instance ? [marker] : [];
  return {
    fingerprints: new Set([
      ...ours.flatMap((body) => ofOthers(readFindingMarker(body))).map(({ fingerprint }) => fingerprint),
      ...ours
        .flatMap((body) => ofOthers(readSummaryMarker(body)))
        .flatMap(({ shown, ended }) => [...shown, ...ended].map(({ fingerprint }) => fingerprint)),
    ]),
    answered: new Set(
      ours.flatMap((body) => ofOthers(readAnswerMarker(body))).map(({ commentId }) => commentId),
    ),
  };
}

function threadOf(thread: ThreadNode, viewer: string, instance: string): readonly ExistingThread[] {
  const comment = thread.comments.nodes?.[0];
  const marker = comment && readFindingMarker(comment.body);
  if (!comment?.viewerDidAuthor || comment.state === 'PENDING' || marker?.instance !== instance) return [];
  return [
    {
      id: thread.id,
      commentId: comment.databaseId,
      body: comment.body,
      fingerprint: marker.fingerprint,
      rule: marker.rule,
      isResolved: thread.isResolved,
      wasResolvedByUs:
        thread.resolvedBy !== null && accountName(thread.resolvedBy.login) === accountName(viewer),
      canBeResolved: thread.viewerCanResolve,
      hasReplies: thread.comments.totalCount > 1,
      isAddressed: comment.body.includes(addressedWords),
      isEditedByOthers: comment.editor ? accountName(comment.editor.login) !== accountName(viewer) : false,
    },
  ];
}

/** Duplicates and what was addressed we delete ourselves. */
function isByOthers(deletion: Deletion | null, viewer: string): boolean {
  const [by, of] = [deletion?.actor?.login, deletion?.deletedCommentAuthor?.login].map((login) =>
    login === undefined ? undefined : accountName(login),
  );
  return of === accountName(viewer) && by !== of;
}

/** GitHub writes an app's account with and without this ending, depending on where it stands. */
function accountName(login: string): string {
  return login.replace(/\[bot\]$/, '');
}
