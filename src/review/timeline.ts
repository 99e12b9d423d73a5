import type { Person } from '../core/people.ts';
import type { ForcePush, Review, ReviewFacts, ReviewRequest, ReviewState } from '../core/review-facts.ts';
import { wordsOf } from './measure/words.ts';

/** An account as GraphQL gives it; null for one that was deleted. */
export interface RawAccount {
  readonly __typename?: string;
  readonly login: string;
}

export interface RawReview {
  readonly id: string;
  readonly state: string;
  readonly body: string;
  readonly submittedAt: string | null;
  readonly author: RawAccount | null;
  readonly commit: { readonly oid: string } | null;
  readonly comments: { readonly totalCount: number };
}

/** An author of a commit: the git author or somebody a `Co-authored-by` trailer names. */
export interface RawCommitAuthor {
  readonly email: string | null;
  readonly user: RawAccount | null;
}

export interface RawCommit {
  readonly oid: string;
  readonly parents: number;
  readonly authors: readonly RawCommitAuthor[];
}

/** One entry of `timelineItems`; which fields there are depends on `__typename`. */
export interface RawEvent {
  readonly __typename: string;
  readonly createdAt?: string;
  readonly beforeCommit?: { readonly oid: string } | null;
  readonly afterCommit?: { readonly oid: string } | null;
  readonly requestedReviewer?: {
    readonly __typename: string;
    readonly login?: string;
    readonly id?: string;
    readonly slug?: string;
  } | null;
  readonly previousReviewState?: string;
  readonly review?: { readonly id: string } | null;
}

/** A pull request's review as GraphQL tells it, every connection read to its end. Names people: never leaves `collect`. */
export interface RawTimeline {
  readonly createdAt: string;
  readonly mergedAt: string | null;
  readonly author: RawAccount | null;
  readonly mergedBy: RawAccount | null;
  readonly reviews: readonly RawReview[];
  readonly commits: readonly RawCommit[];
  readonly events: readonly RawEvent[];
}

/** Gives an account its opaque key and its kind. */
export type PersonOf = (
  account:
    | {
        readonly login?: string | undefined;
        readonly email?: string | undefined;
        readonly type?: string | undefined;
      }
    | null
    | undefined,
) => Person;

/**
 * What GitHub tells of a pull request's review, in time order and with opaque people. The lines that changed since an
 * approval are not GitHub's to tell: `tail` is added by whoever reads git.
 */
export function timeline(raw: RawTimeline, personOf: PersonOf): ReviewFacts {
  const dismissals = dismissalsOf(raw.events);
  const at = (typename: string) =>
    raw.events
      .flatMap((event) => (event.__typename === typename && event.createdAt ? [utc(event.createdAt)] : []))
      .toSorted();
  return {
    author: personOf(accountOf(raw.author)),
    createdAt: utc(raw.createdAt),
    ...(raw.mergedAt ? { mergedAt: utc(raw.mergedAt) } : {}),
    // A merge queue merges as a bot; a merge by a deleted account is by a ghost.
    ...(raw.mergedAt ? { mergedBy: personOf(accountOf(raw.mergedBy)) } : {}),
    reviews: inTime(
      raw.reviews.flatMap((review) => reviewOf(review, dismissals, personOf)),
      (review) => review.submittedAt,
    ),
    forcePushes: inTime(raw.events.flatMap(forcePushOf), (push) => push.at),
    requests: inTime(
      raw.events.flatMap((event) => requestOf(event, personOf)),
      (request) => request.at,
    ),
    readyForReviewAt: at('ReadyForReviewEvent'),
    convertedToDraftAt: at('ConvertToDraftEvent'),
    commitAuthors: distinct(
      raw.commits
        .filter(writesLines)
        .flatMap(({ authors }) => authors.map((author) => personOf(commitAccountOf(author)))),
    ),
  };
}

/** A reviewer who presses "Update branch" becomes the author of a merge, and has written nothing by it. */
function writesLines({ parents }: RawCommit): boolean {
  return parents <= 1;
}

type Dismissal = NonNullable<Review['dismissed']>;

const states: Readonly<Record<string, ReviewState>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  COMMENTED: 'commented',
  DISMISSED: 'dismissed',
};

function reviewOf(
  raw: RawReview,
  dismissals: ReadonlyMap<string, Dismissal>,
  personOf: PersonOf,
): readonly Review[] {
  const state = states[raw.state];
  // A pending review has no time and is shown to its writer alone.
  if (!state || !raw.submittedAt) return [];
  const dismissed = dismissals.get(raw.id);
  return [
    {
      id: raw.id,
      by: personOf(accountOf(raw.author)),
      state,
      submittedAt: utc(raw.submittedAt),
      ...(raw.commit ? { commit: raw.commit.oid } : {}),
      words: wordsOf(raw.body),
      inlineComments: raw.comments.totalCount,
      ...(state === 'dismissed' && dismissed ? { dismissed } : {}),
    },
  ];
}

function dismissalsOf(events: readonly RawEvent[]): ReadonlyMap<string, Dismissal> {
  return new Map(
    events.flatMap((event) => {
      const from = states[event.previousReviewState ?? ''];
      if (event.__typename !== 'ReviewDismissedEvent' || !event.review || !event.createdAt || !from)
        return [];
      return [[event.review.id, { at: utc(event.createdAt), from }] as const];
    }),
  );
}

function forcePushOf(event: RawEvent): readonly ForcePush[] {
  if (event.__typename !== 'HeadRefForcePushedEvent' || !event.createdAt) return [];
  return [
    {
      at: utc(event.createdAt),
      ...(event.beforeCommit ? { before: event.beforeCommit.oid } : {}),
      ...(event.afterCommit ? { after: event.afterCommit.oid } : {}),
    },
  ];
}

function requestOf(event: RawEvent, personOf: PersonOf): readonly ReviewRequest[] {
  if (!/^ReviewRequest(?:ed|Removed)Event$/.test(event.__typename) || !event.createdAt) return [];
  const kind = event.__typename === 'ReviewRequestedEvent' ? 'requested' : 'removed';
  return [{ at: utc(event.createdAt), kind, of: requestedOf(event.requestedReviewer, personOf) }];
}

function requestedOf(reviewer: RawEvent['requestedReviewer'], personOf: PersonOf): ReviewRequest['of'] {
  // Null when the account is gone, or when the token may not see the organisation's teams.
  if (!reviewer) return 'unknown';
  if (reviewer.__typename === 'Team') return reviewer.id ? { team: reviewer.id } : 'unknown';
  if (!reviewer.login) return 'unknown';
  return { person: personOf({ login: reviewer.login, type: reviewer.__typename }) };
}

function accountOf(raw: RawAccount | null) {
  return raw ? { login: raw.login, type: raw.__typename } : null;
}

function commitAccountOf(raw: RawCommitAuthor) {
  return {
    login: raw.user?.login,
    type: raw.user?.__typename,
    email: raw.email ?? undefined,
  };
}

function distinct(people: readonly Person[]): readonly Person[] {
  return [...new Map(people.map((person) => [person.key, person])).values()];
}

/** Equal times keep the order GitHub gave. */
function inTime<T>(items: readonly T[], timeOf: (item: T) => string): readonly T[] {
  return items.toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0));
}

/** One spelling for one moment, so that times can be compared as text. */
function utc(time: string): string {
  const moment = new Date(time);
  return Number.isNaN(moment.getTime()) ? time : moment.toISOString().replace('.000Z', 'Z');
}
