import { describe, expect, test } from 'vitest';
import { createPeople } from '../../src/collect/people.ts';
import { unavailable } from '../../src/core/part.ts';
import { asksQuestion } from '../../src/review/measure/words.ts';
import { type RawCheck, type RawReview, type RawTimeline, timeline } from '../../src/review/timeline.ts';

const raw: RawTimeline = {
  createdAt: '2026-03-02T09:00:00Z',
  mergedAt: null,
  author: { __typename: 'User', login: 'ann' },
  mergedBy: null,
  reviews: [],
  commits: [],
  events: [],
};
const of = (over: Partial<RawTimeline>, options = {}) =>
  timeline({ ...raw, ...over }, createPeople('salt', ['buildmachine']), options);

describe('machines', () => {
  const by = (author: RawReview['author']): RawReview => ({
    id: 'R',
    state: 'APPROVED',
    body: '',
    submittedAt: '2026-03-02T10:00:00Z',
    author,
    commit: null,
    comments: { totalCount: 0 },
  });

  test.each([
    [{ __typename: 'User', login: 'bob' }, undefined],
    [{ __typename: 'Bot', login: 'renovate' }, 'app'],
    [{ __typename: 'Bot', login: 'coderabbitai' }, 'ai'],
    [{ __typename: 'Bot', login: 'copilot-pull-request-reviewer' }, 'ai'],
    [{ __typename: 'User', login: 'acme-bot' }, 'bot'],
    [{ __typename: 'User', login: 'buildmachine' }, 'bot'],
    [{ __typename: 'Bot', login: 'our-reviewer' }, 'ai'],
    // An account of a person that is called like an AI reviewer is a person.
    [{ __typename: 'User', login: 'claude' }, undefined],
    [null, undefined],
  ])('%j is %s', (author, machine) => {
    const [review] = of({ reviews: [by(author)] }, { aiReviewers: ['Our-Reviewer[bot]'] }).reviews;
    expect(review?.machine).toBe(machine);
  });
});

describe('checks', () => {
  const at = '2026-03-02T09:10:00Z';
  const run = { __typename: 'CheckRun', name: 'test', status: 'COMPLETED', startedAt: at, completedAt: at };
  test.each<[RawCheck, object]>([
    [
      { ...run, conclusion: 'SUCCESS' },
      { name: 'test', startedAt: at, completedAt: at, result: 'success' },
    ],
    [
      { ...run, conclusion: 'TIMED_OUT' },
      { name: 'test', startedAt: at, completedAt: at, result: 'failure' },
    ],
    [
      { ...run, conclusion: 'CANCELLED' },
      { name: 'test', startedAt: at, completedAt: at, result: 'neutral' },
    ],
    [
      { ...run, conclusion: 'ACTION_REQUIRED' },
      { name: 'test', startedAt: at, completedAt: at, result: 'neutral' },
    ],
    [
      { ...run, status: 'IN_PROGRESS', conclusion: null, completedAt: null },
      { name: 'test', startedAt: at, result: 'running' },
    ],
    [
      { ...run, status: 'QUEUED', conclusion: null, startedAt: null, completedAt: null },
      { name: 'test', result: 'running' },
    ],
    [
      { __typename: 'StatusContext', context: 'ci', state: 'ERROR', createdAt: at },
      { name: 'ci', completedAt: at, result: 'failure' },
    ],
    [
      { __typename: 'StatusContext', context: 'ci', state: 'PENDING', createdAt: at },
      { name: 'ci', startedAt: at, result: 'running' },
    ],
    [
      { __typename: 'StatusContext', context: 'ci', state: 'SUCCESS', createdAt: at },
      { name: 'ci', completedAt: at, result: 'success' },
    ],
  ])('%j reads %j', (given, check) => {
    expect(of({ checks: [{ commit: 'a', checks: [given] }] }).checks).toEqual([
      { commit: 'a', checks: [check] },
    ]);
  });
});

test('merge queue, auto-merge and new bases are told in time order', () => {
  const found = of({
    events: [
      { __typename: 'AddedToMergeQueueEvent', createdAt: '2026-03-02T12:00:00Z' },
      { __typename: 'AutoMergeEnabledEvent', createdAt: '2026-03-02T10:00:00Z' },
      { __typename: 'AutoMergeDisabledEvent', createdAt: '2026-03-02T11:00:00Z' },
      { __typename: 'BaseRefChangedEvent', createdAt: '2026-03-02T09:30:00Z' },
      { __typename: 'SomethingNewEvent', createdAt: '2026-03-02T09:40:00Z' },
    ],
  });
  expect(found.mergeSignals).toEqual([
    { at: '2026-03-02T10:00:00Z', kind: 'auto-merge on' },
    { at: '2026-03-02T11:00:00Z', kind: 'auto-merge off' },
    { at: '2026-03-02T12:00:00Z', kind: 'queued' },
  ]);
  expect(found.retargetedAt).toEqual(['2026-03-02T09:30:00Z']);
});

test('a part that could not be read stays so, with its reason', () => {
  const missing = unavailable('the token lacks checks: read');
  expect(of({ threads: missing, checks: missing, stackedOn: missing, openPulls: missing })).toMatchObject({
    threads: missing,
    checks: missing,
    stackedOn: missing,
    queue: missing,
  });
});

test('a thread of which no comment is left is no thread', () => {
  const empty = {
    id: 'T',
    path: 'a.ts',
    line: 1,
    startLine: null,
    diffSide: 'LEFT',
    isResolved: false,
    isOutdated: false,
    comments: [],
  };
  expect(of({ threads: [empty] }).threads).toEqual([]);
});

test.each([
  ['Why is this summed twice?', true],
  ['Would `?` do', false],
  ['See https://example.org/?page=2', false],
  ['Is this **right?**', true],
  ['Is it "right"?', true],
  ['これは正しいですか？', true],
  ['> Is it?\n\nYes.', false],
  ['```\nwhat?\n```', false],
  ['a ?? b', false],
  ['a ? b : c', false],
  ['C’est juste ?', true],
  ['Really?! No.', true],
  ['No question here.', false],
  ['', false],
])('%j asks something: %s', (body, asks) => {
  expect(asksQuestion(body)).toBe(asks);
});
