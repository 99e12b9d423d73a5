import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPeople } from '../../src/collect/people.ts';
import { type RawReview, type RawTimeline, timeline } from '../../src/review/timeline.ts';

const people = createPeople('salt');
const user = (login: string) => ({ __typename: 'User', login });

function raw(over: Partial<RawTimeline> = {}): RawTimeline {
  return {
    createdAt: '2026-03-02T09:00:00Z',
    mergedAt: null,
    author: user('ann'),
    mergedBy: null,
    reviews: [],
    commits: [],
    events: [],
    ...over,
  };
}

function rawReview(over: Partial<RawReview> = {}): RawReview {
  return {
    id: 'R_1',
    state: 'APPROVED',
    body: '',
    submittedAt: '2026-03-02T10:00:00Z',
    author: user('bob'),
    commit: { oid: 'a'.repeat(40) },
    comments: { totalCount: 0 },
    ...over,
  };
}

test.each([
  ['APPROVED', 'approved'],
  ['CHANGES_REQUESTED', 'changes-requested'],
  ['COMMENTED', 'commented'],
  ['DISMISSED', 'dismissed'],
])('the state %s reads %s', (state, expected) => {
  expect(timeline(raw({ reviews: [rawReview({ state })] }), people).reviews).toMatchObject([
    { state: expected },
  ]);
});

test('a pending review is left out', () => {
  const pending = rawReview({ state: 'PENDING', submittedAt: null });
  expect(timeline(raw({ reviews: [pending] }), people).reviews).toEqual([]);
});

test('reviews come in time order, equal times as GitHub gave them', () => {
  const facts = timeline(
    raw({
      reviews: [
        rawReview({ id: 'late', submittedAt: '2026-03-02T11:00:00Z' }),
        rawReview({ id: 'first', submittedAt: '2026-03-02T10:00:00+00:00' }),
        rawReview({ id: 'second', submittedAt: '2026-03-02T10:00:00.000Z' }),
        rawReview({ id: 'earliest', submittedAt: '2026-03-02T11:30:00+02:00' }),
      ],
    }),
    people,
  );
  expect(facts.reviews.map(({ id, submittedAt }) => [id, submittedAt])).toEqual([
    ['earliest', '2026-03-02T09:30:00Z'],
    ['first', '2026-03-02T10:00:00Z'],
    ['second', '2026-03-02T10:00:00Z'],
    ['late', '2026-03-02T11:00:00Z'],
  ]);
});

test('a review whose commit GitHub forgot has none', () => {
  const [review] = timeline(raw({ reviews: [rawReview({ commit: null })] }), people).reviews;
  expect(review && 'commit' in review).toBe(false);
});

test('a dismissal says when and what was dismissed', () => {
  const facts = timeline(
    raw({
      reviews: [rawReview({ state: 'DISMISSED' })],
      events: [
        {
          __typename: 'ReviewDismissedEvent',
          createdAt: '2026-03-02T12:00:00Z',
          previousReviewState: 'APPROVED',
          review: { id: 'R_1' },
        },
      ],
    }),
    people,
  );
  expect(facts.reviews).toMatchObject([
    { state: 'dismissed', dismissed: { at: '2026-03-02T12:00:00Z', from: 'approved' } },
  ]);
});

test('force pushes carry the commits that GitHub still knows', () => {
  const facts = timeline(
    raw({
      events: [
        {
          __typename: 'HeadRefForcePushedEvent',
          createdAt: '2026-03-02T12:00:00Z',
          beforeCommit: null,
          afterCommit: { oid: 'b'.repeat(40) },
        },
        {
          __typename: 'HeadRefForcePushedEvent',
          createdAt: '2026-03-02T11:00:00Z',
          beforeCommit: { oid: 'c'.repeat(40) },
          afterCommit: { oid: 'd'.repeat(40) },
        },
      ],
    }),
    people,
  );
  expect(facts.forcePushes).toEqual([
    { at: '2026-03-02T11:00:00Z', before: 'c'.repeat(40), after: 'd'.repeat(40) },
    { at: '2026-03-02T12:00:00Z', after: 'b'.repeat(40) },
  ]);
});

test('all draft spells are kept, in time order', () => {
  const facts = timeline(
    raw({
      events: [
        { __typename: 'ReadyForReviewEvent', createdAt: '2026-03-02T12:00:00Z' },
        { __typename: 'ConvertToDraftEvent', createdAt: '2026-03-02T11:00:00Z' },
        { __typename: 'ReadyForReviewEvent', createdAt: '2026-03-02T10:00:00Z' },
      ],
    }),
    people,
  );
  expect(facts.readyForReviewAt).toEqual(['2026-03-02T10:00:00Z', '2026-03-02T12:00:00Z']);
  expect(facts.convertedToDraftAt).toEqual(['2026-03-02T11:00:00Z']);
});

test.each([
  [{ __typename: 'User', login: 'bob' }, { person: people(user('bob')) }],
  [{ __typename: 'Bot', login: 'copilot' }, { person: people({ login: 'copilot', type: 'Bot' }) }],
  [{ __typename: 'Team', id: 'T_1' }, { team: 'T_1' }],
  [null, 'unknown'],
])('a review asked of %j is asked of %j', (requestedReviewer, of) => {
  const createdAt = '2026-03-02T10:00:00Z';
  const events = [
    { __typename: 'ReviewRequestedEvent', createdAt, requestedReviewer },
    { __typename: 'ReviewRequestRemovedEvent', createdAt, requestedReviewer },
  ];
  expect(timeline(raw({ events }), people).requests).toEqual([
    { at: createdAt, kind: 'requested', of },
    { at: createdAt, kind: 'removed', of },
  ]);
});

test('authors and co-authors of all commits are kept once each, with or without an account', () => {
  const facts = timeline(
    raw({
      commits: [
        { oid: 'a', parents: 1, authors: [{ email: 'ann@example.org', user: user('ann') }] },
        {
          oid: 'b',
          parents: 1,
          authors: [
            { email: 'other@example.org', user: user('ann') },
            { email: 'cara@example.org', user: null },
            { email: '1+dave@users.noreply.github.com', user: null },
          ],
        },
      ],
    }),
    people,
  );
  expect(facts.commitAuthors).toEqual([
    people(user('ann')),
    people({ email: 'cara@example.org' }),
    people(user('dave')),
  ]);
});

test('who brought the branch up to date by a merge wrote none of it', () => {
  const authors = [{ email: 'bob@example.org', user: user('bob') }];
  const commits = (parents: number) => raw({ commits: [{ oid: 'a', parents, authors }] });
  expect(timeline(commits(2), people).commitAuthors).toEqual([]);
  expect(timeline(commits(1), people).commitAuthors).toEqual([people(user('bob'))]);
  expect(timeline(commits(0), people).commitAuthors).toEqual([people(user('bob'))]);
});

test('who merged is told only where it was merged', () => {
  expect(timeline(raw(), people)).not.toHaveProperty('mergedBy');
  const facts = timeline(raw({ mergedAt: '2026-03-02T12:00:00Z', mergedBy: user('bob') }), people);
  expect(facts).toMatchObject({ mergedAt: '2026-03-02T12:00:00Z', mergedBy: people(user('bob')) });
});

test('no identity of anybody survives in the facts', () => {
  const identity = fc.stringMatching(/^[a-z]{12}[0-9]{6}$/);
  fc.assert(
    fc.property(identity, identity, identity, (login, mail, word) => {
      const facts = timeline(
        raw({
          author: user(login),
          mergedAt: '2026-03-02T12:00:00Z',
          mergedBy: user(login),
          reviews: [rawReview({ author: user(login), body: `@${login} ${word}` })],
          commits: [{ oid: 'a', parents: 1, authors: [{ email: `${mail}@example.org`, user: user(login) }] }],
          events: [
            {
              __typename: 'ReviewRequestedEvent',
              createdAt: '2026-03-02T10:00:00Z',
              requestedReviewer: user(login),
            },
          ],
        }),
        people,
      );
      const text = JSON.stringify(facts);
      return !text.includes(login) && !text.includes(mail) && !text.includes(word);
    }),
  );
});
