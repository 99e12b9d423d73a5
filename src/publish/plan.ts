import type { Conversation } from '../render/conversation.ts';
import { counted } from '../render/numbers.ts';
import type { ReviewComment } from '../render/review-comments.ts';
import type { ExistingOutput, ExistingSummary, ExistingThread } from './existing-output.ts';

/** What a plan compares with. */
export type Standing = Pick<ExistingOutput, 'summaries' | 'threads' | 'answered'> &
  Partial<Pick<ExistingOutput, 'others'>>;

/** One write. A plan without steps is a run that posts nothing new. */
export type Step =
  | { readonly kind: 'post-review'; readonly comments: readonly ReviewComment[]; readonly body: string }
  | { readonly kind: 'edit-review-comment'; readonly thread: ExistingThread; readonly body: string }
  | { readonly kind: 'reopen-thread'; readonly thread: ExistingThread }
  | { readonly kind: 'close-thread'; readonly thread: ExistingThread }
  | { readonly kind: 'answer'; readonly body: string }
  | { readonly kind: 'create-summary'; readonly body: string }
  | { readonly kind: 'edit-summary'; readonly summary: ExistingSummary; readonly body: string }
  | { readonly kind: 'delete-summary'; readonly summary: ExistingSummary };

/**
 * The writes that turn what stands on the pull request into what should stand there: first those about the review, since
 * what they post is remembered by the summary.
 *
 * - A finding that already has a thread gets no second one; a thread that a person resolved stays as it is.
 * - A review comment that a person deleted stays deleted, and one that a person edited stays as it is; the summary has
 *   its finding.
 * - A finding is gone only when its rule looked on this head and did not report it.
 * - Where nothing new may be posted, what exists is still kept true.
 */
export function reviewSteps(wanted: Conversation, existing: Standing): readonly Step[] {
  const commented = commentedBefore(existing);
  const fresh = wanted.comments.filter(({ fingerprint }) => !commented.has(fingerprint));
  const room = Math.max(0, wanted.comments.length - openCount(existing, wanted));
  const posted = wanted.silence === undefined ? fresh.slice(0, room) : [];
  return [
    ...(posted.length > 0
      ? [{ kind: 'post-review', comments: posted, body: reviewBody(posted.length, wanted) } as const]
      : []),
    ...existing.threads.flatMap((thread) => threadSteps(thread, wanted)),
  ];
}

/** The rest of the plan, given for which findings a review comment was posted just now. */
export function commentSteps(
  wanted: Conversation,
  existing: Standing,
  posted: readonly string[],
): readonly Step[] {
  const commented = new Set([...commentedBefore(existing), ...posted]);
  return [...summarySteps(wanted, existing, commented), ...answerSteps(wanted, existing)];
}

/** Findings that have a review comment, and those that had one when the summary was last written. */
function commentedBefore({ threads, summaries: [summary] }: Standing): ReadonlySet<string> {
  const remembered = summary?.shown.filter(({ isCommented }) => isCommented) ?? [];
  return new Set([...threads, ...remembered].map(({ fingerprint }) => fingerprint));
}

/** What stands above the comments of a review; the cap on them is told. */
function reviewBody(posted: number, { uncommented, summary }: Conversation): string {
  const more =
    uncommented > 0 && summary(undefined) !== undefined
      ? ` ${counted(uncommented, 'more finding')} ${uncommented === 1 ? 'stands' : 'stand'} in the summary.`
      : '';
  return `${counted(posted, 'place')} in this change to look at.${more}`;
}

/** Threads of ours that still stand open for a finding of this run: they count against the cap on inline comments. */
function openCount(existing: Standing, wanted: Conversation): number {
  return existing.threads.filter(
    ({ fingerprint, isResolved }) =>
      !isResolved &&
      wanted.found.has(fingerprint) &&
      !wanted.comments.some((comment) => comment.fingerprint === fingerprint),
  ).length;
}

function threadSteps(thread: ExistingThread, wanted: Conversation): readonly Step[] {
  if (!wanted.found.has(thread.fingerprint)) {
    return wanted.looked.has(thread.rule) && !thread.isResolved && !thread.isAddressed
      ? [{ kind: 'close-thread', thread }]
      : [];
  }
  const comment = wanted.comments.find(({ fingerprint }) => fingerprint === thread.fingerprint);
  return [
    ...(thread.isResolved && thread.wasResolvedByUs ? [{ kind: 'reopen-thread', thread } as const] : []),
    ...(comment && !thread.isEditedByOthers && !sameText(comment.body, thread.body)
      ? [{ kind: 'edit-review-comment', thread, body: comment.body } as const]
      : []),
  ];
}

/** More in one run are left to the next: somebody plays. */
const mostAnswers = 5;

/**
 * A question is answered once, also where nothing else may be said: somebody asked. That an id is unknown is left to the
 * instance that knows it, and said by one of those that do not.
 */
function answerSteps(wanted: Conversation, existing: Standing): readonly Step[] {
  return wanted.answers
    .filter(({ commentId }) => !existing.answered.has(commentId))
    .filter(
      ({ commentId, unknown }) =>
        unknown === undefined ||
        !(existing.others?.fingerprints.has(unknown) || existing.others?.answered.has(commentId)),
    )
    .slice(0, mostAnswers)
    .map(({ body }) => ({ kind: 'answer', body }));
}

function summarySteps(
  wanted: Conversation,
  existing: Standing,
  commented: ReadonlySet<string>,
): readonly Step[] {
  const [summary, ...duplicates] = existing.summaries;
  const cleanUp = duplicates.map((duplicate) => ({ kind: 'delete-summary', summary: duplicate }) as const);
  const body = wanted.summary(summary, commented);
  if (!summary)
    return body !== undefined && wanted.silence === undefined ? [{ kind: 'create-summary', body }] : [];
  // A run that could not read the change has nothing to put in the place of what stands there.
  if (body === undefined || wanted.checkRun.isUnread || sameText(body, summary.body)) return cleanUp;
  return [{ kind: 'edit-summary', summary, body }, ...cleanUp];
}

/** GitHub stores a body with its own line endings and without blanks at its end. */
function sameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trimEnd() === b.replaceAll('\r\n', '\n').trimEnd();
}
