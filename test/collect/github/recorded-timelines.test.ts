import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factsOfRecorded } from '../../../src/collect/github/judge-recorded.ts';
import type {
  RecordedPull,
  RecordedTimelines,
} from '../../../src/collect/github/recorded-timeline-schema.ts';
import { readRecordedTimelines } from '../../../src/collect/github/recorded-timelines.ts';
import type { Facts } from '../../../src/core/facts.ts';
import { isUnavailable } from '../../../src/core/part.ts';

const pull: RecordedPull = {
  number: 7,
  title: 'Refund an order in parts',
  author: 'u2',
  createdAt: '2026-03-02T09:00:00Z',
  additions: 240,
  deletions: 31,
};

function recording(over: Partial<RecordedPull> = {}): RecordedTimelines {
  return { schemaVersion: 1, repository: 'acme/shop', pulls: [{ ...pull, ...over }] };
}

function factsOf(recorded: RecordedTimelines): Facts {
  const [first] = factsOfRecorded(readRecordedTimelines(JSON.stringify(recorded), 'a.json'));
  if (!first) throw new Error('nothing was judged');
  return first.facts;
}

function reviewOf(recorded: RecordedTimelines) {
  const { review } = factsOf(recorded);
  if (isUnavailable(review)) throw new Error(review.unavailable);
  return review;
}

test('the example of the documentation is read', () => {
  const page = readFileSync(new URL('../../../docs/review-timeline.md', import.meta.url), 'utf8');
  const example = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const { pulls } = readRecordedTimelines(example, 'example.json');
  expect(pulls).toHaveLength(1);
});

describe('a file that is no recording says what is wrong where', () => {
  test.each([
    ['{', /^a\.json is no JSON: /],
    ['[]', /^a\.json is no recorded timeline: the file: Invalid input: expected object/],
    [
      '{"schemaVersion":2,"repository":"a","pulls":[]}',
      /: schemaVersion: Invalid input: expected 1\. Its format is in docs\/review-timeline\.md\.$/,
    ],
    [
      JSON.stringify(recording({ createdAt: 'yesterday' })),
      /: pulls\[0\]\.createdAt: expected an ISO 8601 time \("2026-03-02T09:00:00Z"\)\. /,
    ],
    [
      JSON.stringify(
        recording({ reviews: [{ by: 'u5', state: 'LGTM' as never, at: '2026-03-02T09:00:00Z' }] }),
      ),
      /: pulls\[0\]\.reviews\[0\]\.state: Invalid option: expected one of "APPROVED"/,
    ],
    [JSON.stringify(recording({ addtions: 3 } as never)), /: pulls\[0\]: Unrecognized key: "addtions"/],
    [JSON.stringify(recording({ additions: -1 })), /: pulls\[0\]\.additions: /],
  ])('%s', (text, message) => {
    expect(() => readRecordedTimelines(text, 'a.json')).toThrow(message);
  });

  test('three problems are named, the rest is counted', () => {
    const many = { ...recording(), pulls: Array.from({ length: 9 }, () => ({ ...pull, number: 0 })) };
    expect(() => readRecordedTimelines(JSON.stringify(many), 'a.json')).toThrow(/; and 6 more\. Its format/);
  });

  test('any JSON is either read or refused in one sentence', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          readRecordedTimelines(JSON.stringify(value), 'a.json');
        } catch (error) {
          expect(String(error)).toMatch(/^Error: a\.json is no recorded timeline: /);
        }
      }),
    );
  });
});

describe('as facts', () => {
  test('what is not recorded is missing, not empty', () => {
    const facts = factsOf(recording());
    expect(facts.change).toEqual({ unavailable: 'the timeline does not record which files changed' });
    expect(facts.review).toMatchObject({
      checks: { unavailable: 'the timeline records no checks' },
      familiarity: { unavailable: 'the timeline does not record who has worked on these files' },
      tail: { unavailable: 'the timeline does not record the lines since the approval' },
    });
  });

  test('files count their lines, sorted by path', () => {
    const { change } = factsOf(
      recording({
        files: [
          { path: 'b.ts', additions: 3, deletions: 0 },
          { path: 'a.ts', additions: 0, deletions: 2 },
        ],
      }),
    );
    expect(change).toMatchObject({
      files: [
        { path: 'a.ts', added: [], deleted: [{ start: 1, end: 2 }] },
        { path: 'b.ts', added: [{ start: 1, end: 3 }], deleted: [] },
      ],
    });
  });

  test('words count like a text of so many words, and a dismissal is told', () => {
    const review = reviewOf(
      recording({
        reviews: [
          { by: 'u5', state: 'COMMENTED', at: '2026-03-02T09:10:00Z', words: 12, inlineComments: 2 },
          {
            by: 'u5',
            state: 'DISMISSED',
            at: '2026-03-02T09:20:00Z',
            dismissed: { at: '2026-03-02T09:30:00Z', from: 'APPROVED' },
          },
        ],
      }),
    );
    expect(review.reviews).toMatchObject([
      { words: 12, inlineComments: 2 },
      { state: 'dismissed', dismissed: { at: '2026-03-02T09:30:00Z', from: 'approved' } },
    ]);
  });

  test('machines are told by type, by name and by list', () => {
    const at = '2026-03-02T09:10:00Z';
    const recorded: RecordedTimelines = {
      ...recording({
        reviews: [
          { by: 'u5', state: 'APPROVED', at },
          { by: 'helper[bot]', state: 'APPROVED', at },
          { by: { login: 'scanner', type: 'Bot' }, state: 'APPROVED', at },
          { by: 'buildmachine', state: 'APPROVED', at },
          { by: null, state: 'APPROVED', at },
        ],
      }),
      bots: ['buildmachine'],
    };
    expect(reviewOf(recorded).reviews.map(({ by }) => by.kind)).toEqual([
      'human',
      'bot',
      'bot',
      'bot',
      'ghost',
    ]);
  });

  test('nobody’s name is in them', () => {
    const facts = factsOf(
      recording({ author: 'somebody-secret', mergedBy: 'somebody-secret', mergedAt: '2026-03-02T15:00:00Z' }),
    );
    expect(JSON.stringify(facts)).not.toContain('secret');
  });
});

describe('the baseline', () => {
  const merged = (number: number, mergedAt: string): RecordedPull => ({ ...pull, number, mergedAt });
  const nOf = (recorded: RecordedTimelines, number: number, days?: number) => {
    const found = [...factsOfRecorded(recorded, days)].find((one) => one.number === number)?.facts.review;
    if (!found || isUnavailable(found) || !found.baseline || isUnavailable(found.baseline)) return undefined;
    return found.baseline.n;
  };
  const recorded: RecordedTimelines = {
    ...recording(),
    pulls: [
      merged(1, '2026-03-10T00:00:00Z'),
      merged(2, '2026-03-11T23:00:00Z'),
      merged(3, '2026-03-12T08:00:00Z'),
      merged(4, '2026-03-12T09:00:00Z'),
    ],
  };

  test('is what was merged before the day of the merge: nothing is learned from the future, or from itself', () => {
    expect([1, 2, 3, 4].map((number) => nOf(recorded, number))).toEqual([0, 1, 2, 2]);
  });

  test('reaches back as many days as asked for', () => {
    expect(nOf(recorded, 4, 1)).toBe(1);
    expect(nOf({ ...recorded, now: '2027-03-01T00:00:00Z' }, 4)).toBe(0);
  });
});
