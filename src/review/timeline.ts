import { isUnavailable, type Part } from '../core/part.ts';
import type { Person } from '../core/people.ts';
import type { ReviewFacts } from '../core/review-facts.ts';
import { accountOf, commitAccountOf } from './account-of.ts';
import { checksOf } from './checks-of.ts';
import { forcePushOf, mergeSignalOf, requestOf } from './events-of.ts';
import { inTime, utc } from './in-time.ts';
import { queueOf } from './queue-of.ts';
import { approvedByComment, dismissalsOf, reviewOf } from './review-of.ts';
import { threadOf } from './thread-of.ts';

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
    readonly combinedSlug?: string;
  } | null;
  readonly previousReviewState?: string;
  readonly review?: { readonly id: string } | null;
}

/** A comment in the conversation. */
export interface RawComment {
  readonly createdAt: string;
  readonly body: string;
  readonly author: RawAccount | null;
}

export interface RawThread {
  readonly id: string;
  readonly path: string;
  readonly line: number | null;
  readonly startLine: number | null;
  readonly diffSide: string;
  readonly isResolved: boolean;
  readonly isOutdated: boolean;
  /** Oldest first. */
  readonly comments: readonly (RawComment & { readonly originalCommit?: { readonly oid: string } | null })[];
}

/** A check run (`name`, `status`, `conclusion`) or a commit status (`context`, `state`, `createdAt`). */
export interface RawCheck {
  readonly __typename: string;
  readonly name?: string;
  readonly status?: string;
  readonly conclusion?: string | null;
  readonly startedAt?: string | null;
  readonly completedAt?: string | null;
  readonly context?: string;
  readonly state?: string;
  readonly createdAt?: string;
}

/** The pull request whose branch is this one's base. */
export interface RawStackedOn {
  readonly number: number;
  readonly state: string;
  readonly author: RawAccount | null;
  readonly reviews: readonly RawReview[];
}

/** Another open pull request of the repository. */
export interface RawOpenPull {
  readonly number: number;
  readonly isDraft: boolean;
  readonly author: RawAccount | null;
  /** The first of them. */
  readonly reviews: {
    readonly totalCount: number;
    readonly nodes: readonly ({ readonly author: RawAccount | null } | null)[] | null;
  } | null;
  readonly reviewRequests: {
    readonly nodes: readonly ({ readonly requestedReviewer: RawEvent['requestedReviewer'] } | null)[] | null;
  } | null;
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
  /** The conversation; wanted only where approvals are given by comment. */
  readonly comments?: readonly RawComment[];
  readonly size?: { readonly lines: number; readonly files: number };
  readonly commitSizes?: ReviewFacts['commitSizes'];
  readonly threads?: Part<readonly RawThread[]>;
  readonly checks?: Part<readonly { readonly commit: string; readonly checks: readonly RawCheck[] }[]>;
  readonly stackedOn?: Part<RawStackedOn>;
  readonly openPulls?: Part<{ readonly pulls: readonly RawOpenPull[]; readonly isCut: boolean }>;
}

export interface TimelineOptions {
  /** Logins of accounts that review with a language model, besides the known ones. */
  readonly aiReviewers?: readonly string[];
  /** First words of a comment that make it an approval ("ACK"); none by default. */
  readonly approvalWords?: readonly string[];
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
export function timeline(raw: RawTimeline, personOf: PersonOf, options: TimelineOptions = {}): ReviewFacts {
  const { threads, checks, stackedOn, openPulls, comments = [], size, commitSizes } = raw;
  const signals = inTime(raw.events.flatMap(mergeSignalOf), (signal) => signal.at);
  const retargetedAt = raw.events
    .flatMap((event) =>
      /^(?:BaseRefChanged|AutomaticBaseChangeSucceeded)Event$/.test(event.__typename) && event.createdAt
        ? [utc(event.createdAt)]
        : [],
    )
    .toSorted();
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
      [
        ...raw.reviews.flatMap((review) => reviewOf(review, dismissals, personOf, options)),
        ...comments.flatMap((comment, n) => approvedByComment(comment, n, raw.commits, personOf, options)),
      ],
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
    ...(signals.length > 0 && { mergeSignals: signals }),
    ...(retargetedAt.length > 0 && { retargetedAt }),
    ...(size && { size }),
    ...(commitSizes && { commitSizes }),
    ...(threads && {
      threads: present(threads, (all) => all.flatMap((thread) => threadOf(thread, personOf) ?? [])),
    }),
    ...(checks && {
      checks: present(checks, (all) =>
        all.map(({ commit, checks: ofCommit }) => ({ commit, checks: checksOf(ofCommit) })),
      ),
    }),
    ...(stackedOn && {
      stackedOn: present(stackedOn, ({ number, state, author, reviews }) => ({
        number,
        state: state === 'MERGED' ? ('merged' as const) : ('open' as const),
        author: personOf(accountOf(author)),
        reviews: inTime(
          reviews.flatMap((review) => reviewOf(review, new Map(), personOf, options)),
          (review) => review.submittedAt,
        ),
      })),
    }),
    ...(openPulls && { queue: present(openPulls, ({ pulls, isCut }) => queueOf(pulls, isCut, personOf)) }),
  };
}

function present<T, U>(part: Part<T>, convert: (value: T) => U): Part<U> {
  return isUnavailable(part) ? part : convert(part);
}

/** A reviewer who presses "Update branch" becomes the author of a merge, and has written nothing by it. */
function writesLines({ parents }: RawCommit): boolean {
  return parents <= 1;
}

function distinct(people: readonly Person[]): readonly Person[] {
  return [...new Map(people.map((person) => [person.key, person])).values()];
}
