import type { Review, ReviewState } from '../core/review-facts.ts';
import { accountOf } from './account-of.ts';
import { approvalByComment } from './approval-by-comment.ts';
import { utc } from './in-time.ts';
import { machineOf } from './machine-of.ts';
import { wordsOf } from './measure/words.ts';
import type { PersonOf, RawComment, RawCommit, RawEvent, RawReview, TimelineOptions } from './timeline.ts';

export type Dismissal = NonNullable<Review['dismissed']>;

const states: Readonly<Record<string, ReviewState>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  COMMENTED: 'commented',
  DISMISSED: 'dismissed',
};

export function reviewOf(
  raw: RawReview,
  dismissals: ReadonlyMap<string, Dismissal>,
  personOf: PersonOf,
  { aiReviewers }: TimelineOptions,
): readonly Review[] {
  const state = states[raw.state];
  // A pending review has no time and is shown to its writer alone.
  if (!state || !raw.submittedAt) return [];
  const dismissed = dismissals.get(raw.id);
  const by = personOf(accountOf(raw.author));
  const machine = machineOf(raw.author, by, aiReviewers);
  return [
    {
      id: raw.id,
      by,
      state,
      submittedAt: utc(raw.submittedAt),
      ...(raw.commit ? { commit: raw.commit.oid } : {}),
      words: wordsOf(raw.body),
      inlineComments: raw.comments.totalCount,
      ...(state === 'dismissed' && dismissed ? { dismissed } : {}),
      ...(machine && { machine }),
    },
  ];
}

/** Such an approval is for the commit it names, else for the one that was the head then, which is not known. */
export function approvedByComment(
  raw: RawComment,
  n: number,
  commits: readonly RawCommit[],
  personOf: PersonOf,
  { approvalWords = [] }: TimelineOptions,
): readonly Review[] {
  const approval = approvalByComment(raw.body, approvalWords);
  if (!approval) return [];
  const { commit: named } = approval;
  const commit =
    named === undefined
      ? undefined
      : (commits.find(({ oid }) => oid.startsWith(named))?.oid ?? fullId(named));
  return [
    {
      id: `comment ${n}`,
      by: personOf(accountOf(raw.author)),
      state: 'approved',
      submittedAt: utc(raw.createdAt),
      ...(commit !== undefined && { commit }),
      words: wordsOf(raw.body),
      inlineComments: 0,
      isByComment: true,
    },
  ];
}

/** A commit that was pushed over is in no list any more, but its full id can still be looked for in git. */
function fullId(named: string): string | undefined {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(named) ? named : undefined;
}

export function dismissalsOf(events: readonly RawEvent[]): ReadonlyMap<string, Dismissal> {
  return new Map(
    events.flatMap((event) => {
      const from = states[event.previousReviewState ?? ''];
      if (event.__typename !== 'ReviewDismissedEvent' || !event.review || !event.createdAt || !from)
        return [];
      return [[event.review.id, { at: utc(event.createdAt), from }] as const];
    }),
  );
}
