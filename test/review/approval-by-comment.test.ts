import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPeople } from '../../src/collect/people.ts';
import { approvalByComment } from '../../src/review/approval-by-comment.ts';
import { approvalKind } from '../../src/review/measure/approval-kind.ts';
import { type RawComment, type RawTimeline, timeline } from '../../src/review/timeline.ts';

const words = ['ACK'];

test.each([
  ['ACK 4f2c1ab', { commit: '4f2c1ab' }],
  ['ACK', {}],
  ['ACK, looks right', {}],
  ['utACK 4f2c1ab1d9', { commit: '4f2c1ab1d9' }],
  ['re-ACK 4f2c1ab', { commit: '4f2c1ab' }],
  ['**Tested ACK** `4f2c1ab`', { commit: '4f2c1ab' }],
  ['code review ACK 4f2c1ab', { commit: '4f2c1ab' }],
  ['Thanks for the fix!\n\nACK 4f2c1ab', { commit: '4f2c1ab' }],
  ['ACK abcdef', {}],
  ['Concept ACK', undefined],
  ['Approach ACK 4f2c1ab', undefined],
  ['NACK', undefined],
  ['no ACK from me', undefined],
  ['I would not give an ACK here', undefined],
  ['ack 4f2c1ab', undefined],
  ['BACK to the start', undefined],
  ['> ACK 4f2c1ab\n\nWhy?', undefined],
  ['```\nACK 4f2c1ab\n```', undefined],
  ['<!-- ACK -->', undefined],
  ['', undefined],
])('%j: %j', (body, approval) => {
  expect(approvalByComment(body, words)).toEqual(approval);
});

test('without words nothing is an approval', () => {
  expect(approvalByComment('ACK 4f2c1ab', [])).toBeUndefined();
});

test('any text is read in time proportional to its length', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), (body) => {
      const found = approvalByComment(body, words);
      if (found?.commit !== undefined) expect(body).toContain(found.commit);
    }),
  );
  const began = performance.now();
  approvalByComment('**_::..'.repeat(9000), words);
  approvalByComment(`${' '.repeat(60_000)}x`, words);
  expect(performance.now() - began).toBeLessThan(500);
});

describe('as a review', () => {
  const commit = '4f2c1ab'.padEnd(40, '0');
  const comment = (body: string, login = 'bob'): RawComment => ({
    createdAt: '2026-03-02T10:00:00Z',
    body,
    author: { __typename: 'User', login },
  });
  const facts = (comments: readonly RawComment[], approvalWords: readonly string[] = words) => {
    const raw: RawTimeline = {
      createdAt: '2026-03-02T09:00:00Z',
      mergedAt: null,
      author: { __typename: 'User', login: 'ann' },
      mergedBy: null,
      reviews: [],
      commits: [{ oid: commit, parents: 1, authors: [] }],
      events: [],
      comments,
    };
    return timeline(raw, createPeople('salt'), { approvalWords });
  };

  test('it counts as a human approval of the commit it names', () => {
    const found = facts([comment('ACK 4f2c1ab')]);
    expect(found.reviews).toMatchObject([{ state: 'approved', commit, isByComment: true }]);
    expect(approvalKind(found)).toBe('human');
  });

  test('a short id of a commit that is no longer there leaves the commit open', () => {
    expect(facts([comment('ACK 1234567')]).reviews[0]).not.toHaveProperty('commit');
  });

  test('the author’s own is none, and without the setting nobody’s is', () => {
    expect(approvalKind(facts([comment('ACK 4f2c1ab', 'ann')]))).toBe('none');
    expect(facts([comment('ACK 4f2c1ab')], []).reviews).toEqual([]);
  });
});
