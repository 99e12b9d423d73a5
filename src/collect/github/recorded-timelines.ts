import type { RawAccount, RawTimeline } from '../../review/timeline.ts';
import {
  type RecordedPull,
  type RecordedTimelines,
  recordedTimelinesSchema,
} from './recorded-timeline-schema.ts';

/** Problems named before the rest is only counted. */
const problemsNamed = 3;

/**
 * Recorded timelines from a file's text; its format is in docs/review-timeline.md.
 * Throws an error that names the file, the place in it and what was expected there.
 */
export function readRecordedTimelines(text: string, file: string): RecordedTimelines {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const result = recordedTimelinesSchema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`);
  const more = problems.length - problemsNamed;
  throw new Error(
    `${file} is no recorded timeline: ${problems.slice(0, problemsNamed).join('; ')}${more > 0 ? `; and ${more} more` : ''}. Its format is in docs/review-timeline.md.`,
  );
}

/** `pulls[3].reviews[0].at`, as one would write it in a program. */
function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return place.replace(/^\./, '') || 'the file';
}

type Account = RecordedPull['author'];

/** A recorded pull request in the form GitHub's answer has, so that both take the same way to facts. */
export function rawTimelineOf(pull: RecordedPull): RawTimeline {
  const reviews = (pull.reviews ?? []).map((review, n) => ({ ...review, id: `review ${n}` }));
  return {
    createdAt: pull.createdAt,
    mergedAt: pull.mergedAt ?? null,
    author: accountOf(pull.author),
    mergedBy: accountOf(pull.mergedBy ?? null),
    reviews: reviews.map(({ id, by, state, at, commit, body, words, inlineComments }) => ({
      id,
      state,
      body: body ?? Array.from({ length: Math.min(words ?? 0, 10_000) }, () => 'word').join(' '),
      submittedAt: at,
      author: accountOf(by),
      commit: commit === undefined ? null : { oid: commit },
      comments: { totalCount: inlineComments ?? 0 },
    })),
    commits: (pull.commits ?? []).map(({ id, authors = [], parents = 1 }) => ({
      oid: id,
      parents,
      authors: authors.map((author) => ({ email: null, user: accountOf(author) })),
    })),
    events: [
      ...(pull.readyForReviewAt ?? []).map((at) => ({ __typename: 'ReadyForReviewEvent', createdAt: at })),
      ...(pull.convertedToDraftAt ?? []).map((at) => ({ __typename: 'ConvertToDraftEvent', createdAt: at })),
      ...(pull.forcePushes ?? []).map(({ at, before, after }) => ({
        __typename: 'HeadRefForcePushedEvent',
        createdAt: at,
        beforeCommit: before === undefined ? null : { oid: before },
        afterCommit: after === undefined ? null : { oid: after },
      })),
      ...(pull.requests ?? []).map(({ at, kind, person, team }) => ({
        __typename: kind === 'requested' ? 'ReviewRequestedEvent' : 'ReviewRequestRemovedEvent',
        createdAt: at,
        requestedReviewer: team === undefined ? requested(person ?? null) : { __typename: 'Team', id: team },
      })),
      ...reviews.flatMap(({ id, dismissed }) =>
        dismissed
          ? [
              {
                __typename: 'ReviewDismissedEvent',
                createdAt: dismissed.at,
                previousReviewState: dismissed.from,
                review: { id },
              },
            ]
          : [],
      ),
    ],
    comments: (pull.comments ?? []).map(({ by, at, body }) => ({
      createdAt: at,
      body,
      author: accountOf(by),
    })),
    size: { lines: pull.additions + pull.deletions, files: pull.changedFiles ?? pull.files?.length ?? 0 },
    ...commitSizesOf(pull),
    ...(pull.threads && {
      threads: pull.threads.map(
        ({ path, line, isResolved = false, isOutdated = false, commit, comments }, n) => ({
          id: `thread ${n}`,
          path,
          line: line ?? null,
          startLine: null,
          diffSide: 'RIGHT',
          isResolved,
          isOutdated,
          comments: comments.map(({ by, at, body }) => ({
            createdAt: at,
            body,
            author: accountOf(by),
            originalCommit: commit === undefined ? null : { oid: commit },
          })),
        }),
      ),
    }),
  };
}

function commitSizesOf({ commits }: RecordedPull): Pick<RawTimeline, 'commitSizes'> {
  if (!commits?.every(({ lines }) => lines !== undefined)) return {};
  const own = commits.filter(({ parents = 1 }) => parents <= 1);
  return { commitSizes: own.map(({ id, lines = 0 }) => ({ commit: id, lines })) };
}

function requested(person: Account): RawTimeline['events'][number]['requestedReviewer'] {
  const account = accountOf(person);
  return account && { __typename: account.__typename ?? 'User', login: account.login };
}

function accountOf(account: Account): RawAccount | null {
  if (account === null) return null;
  return typeof account === 'string'
    ? { login: account }
    : { login: account.login, __typename: account.type };
}
