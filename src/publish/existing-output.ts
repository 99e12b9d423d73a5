import type { ApiResult, GitHubClient } from '../collect/github/create-client.ts';
import {
  type EndedFinding,
  readAnswerMarker,
  readFindingMarker,
  readSummaryMarker,
  reviewMarker,
  type ShownFinding,
} from '../render/marker.ts';

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
}

export const addressedWords = '_Addressed as of ';

interface Page<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly (T | null)[] | null;
}

interface CommentNode {
  readonly databaseId: number;
  readonly body: string;
  readonly viewerDidAuthor: boolean;
}

interface ReviewCommentNode extends CommentNode {
  readonly state: 'PENDING' | 'SUBMITTED';
}

interface ThreadNode {
  readonly id: string;
  readonly isResolved: boolean;
  readonly viewerCanResolve: boolean;
  readonly resolvedBy: { readonly login: string } | null;
  readonly comments: {
    readonly totalCount: number;
    readonly nodes: readonly (ReviewCommentNode | null)[] | null;
  };
}

interface Output {
  readonly id: string;
  readonly headRefOid: string;
  /** Pending ones, which GitHub shows to their author alone. */
  readonly reviews?: {
    readonly nodes: readonly ({ readonly id: string; readonly body: string } | null)[] | null;
  };
  readonly comments?: Page<CommentNode>;
  readonly reviewThreads?: Page<ThreadNode>;
}

interface Answer {
  readonly viewer: { readonly login: string };
  readonly repository: { readonly pullRequest: Output | null } | null;
}

const query = `query Output($owner:String!,$name:String!,$number:Int!,$comments:Boolean!,$threads:Boolean!,$afterComment:String,$afterThread:String){
  viewer{login}
  repository(owner:$owner,name:$name){
    pullRequest(number:$number){
      id headRefOid
      reviews(first:5,states:[PENDING]) @include(if:$comments){nodes{id body}}
      comments(first:100,after:$afterComment) @include(if:$comments){
        pageInfo{hasNextPage endCursor} nodes{databaseId body viewerDidAuthor}
      }
      reviewThreads(first:100,after:$afterThread) @include(if:$threads){
        pageInfo{hasNextPage endCursor}
        nodes{id isResolved viewerCanResolve resolvedBy{login}
          comments(first:1){totalCount nodes{databaseId body viewerDidAuthor state}}}
      }
    }
  }
}`;

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
  let afterComment: string | null | undefined = null;
  let afterThread: string | null | undefined = null;
  let last: ApiResult<Answer>;
  do {
    last = await client.graphql<Answer>(query, {
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
    afterComment = collect(pullRequest.comments, comments);
    afterThread = collect(pullRequest.reviewThreads, threads);
  } while (afterComment !== undefined || afterThread !== undefined);
  const data = {
    ...(id !== undefined && { id }),
    ...(head !== undefined && { head }),
    unsubmitted: [...unsubmitted],
    isOtherReviewPending,
    summaries: comments.flatMap((comment) => summaryOf(comment, instance)).toSorted((a, b) => a.id - b.id),
    threads: threads.flatMap((thread) => threadOf(thread, viewer, instance)),
    answered: new Set(comments.flatMap((comment) => answeredBy(comment, instance))),
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
    },
  ];
}

/** GitHub writes an app's account with and without this ending, depending on where it stands. */
function accountName(login: string): string {
  return login.replace(/\[bot\]$/, '');
}
