import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MergedPull } from '../../../src/core/health-facts.ts';
import { unavailable } from '../../../src/core/part.ts';
import { isReviewBaseline } from '../../../src/core/review-baseline.ts';
import { baseline, baselineOfSamples } from '../../../src/review/measure/baseline.ts';
import type { ReviewSample } from '../../../src/review/measure/review-sample.ts';
import { speedPercentile } from '../../../src/review/measure/speed-percentile.ts';
import { usualHere } from '../../../src/review/measure/usual.ts';
import { at, author, person, review, reviewer, reviewFacts, robot } from '../review-facts.ts';

const now = '2026-03-31T00:00:00Z';

function sample(
  number: number,
  lines: number,
  window: number,
  over: Partial<ReviewSample> = {},
): ReviewSample {
  return {
    number,
    mergedAt: '2026-03-02T12:00:00Z',
    lines,
    window,
    firstReview: window,
    approval: 'human',
    isSilent: false,
    ...over,
  };
}

function pull(over: Partial<MergedPull> = {}): MergedPull {
  return {
    number: 1,
    createdAt: at('09:00'),
    mergedAt: at('12:00'),
    isRevert: false,
    lines: 40,
    head: 'a'.repeat(40),
    review: reviewFacts([review(reviewer, 'approved', '10:00')], { mergedAt: at('12:00') }),
    ...over,
  };
}

describe('what a baseline is learned from', () => {
  test('a human pull request counts with its size, its waits and its approval', () => {
    expect(baseline([pull()], now)).toEqual({
      schemaVersion: 1,
      since: '2025-10-02T00:00:00Z',
      until: now,
      n: 1,
      lines: { n: 1, at: Array.from({ length: 11 }, () => 40) },
      firstReview: { n: 1, at: Array.from({ length: 11 }, () => 60) },
      bands: [],
      approvals: { human: 1, botOnly: 0, mergerOnly: 0, none: 0 },
      silent: 1,
    });
  });

  test.each([
    ['a revert', pull({ isRevert: true })],
    ['a bot’s', pull({ review: reviewFacts([], { author: robot }) })],
    ['one whose review was not read', pull({ review: unavailable('no token') })],
    ['one merged 181 days ago', pull({ mergedAt: '2025-10-01T23:59:59Z' })],
    ['one merged after the moment', pull({ mergedAt: '2026-03-31T00:00:01Z' })],
  ])('%s is left out', (_, given) => {
    expect(baseline([given], now).n).toBe(0);
  });

  test('exactly 180 days ago is still in', () => {
    expect(baseline([pull({ mergedAt: '2025-10-02T00:00:00Z' })], now).n).toBe(1);
  });

  test.each([
    ['bot-only', [review(robot, 'approved', '10:00')], { botOnly: 1 }],
    ['none', [review(author, 'approved', '10:00')], { none: 1 }],
    ['human', [review(reviewer, 'approved', '10:00'), review(robot, 'approved', '10:01')], { human: 1 }],
  ] as const)('a %s approval is counted as such', (_, reviews, counts) => {
    const found = baseline([pull({ review: reviewFacts(reviews, { mergedAt: at('12:00') }) })], now);
    expect(found.approvals).toEqual({ human: 0, botOnly: 0, mergerOnly: 0, none: 0, ...counts });
  });
});

describe('size bands', () => {
  test('19 changes of a size make no band, 20 do', () => {
    const samples = Array.from({ length: 20 }, (_, n) => sample(n, 100, 10 + n));
    expect(baselineOfSamples(samples.slice(1), now).bands).toEqual([]);
    expect(baselineOfSamples(samples, now).bands.map(({ lines }) => lines)).toContain(90.5);
  });

  test('changes four times as large or more have no part in a band', () => {
    const samples = Array.from({ length: 20 }, (_, n) => sample(n, 100, 10));
    const bands = baselineOfSamples(samples, now).bands.map(({ lines }) => lines);
    expect(Math.min(...bands)).toBeGreaterThanOrEqual(25);
    expect(Math.max(...bands)).toBeLessThanOrEqual(400);
  });

  test('a baseline survives JSON and is recognised, whatever it was learned from', () => {
    const arbitrary = fc.array(
      fc.record({
        number: fc.nat(),
        mergedAt: fc
          .date({ min: new Date('2025-12-01'), max: new Date('2026-03-30'), noInvalidDate: true })
          .map((d) => d.toISOString()),
        lines: fc.nat(100_000),
        window: fc.double({ min: 0, max: 1e6, noNaN: true }),
        approval: fc.constantFrom('human' as const, 'none' as const),
        isSilent: fc.boolean(),
      }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(arbitrary, (samples) => {
        const made = baselineOfSamples(samples, now);
        expect(isReviewBaseline(JSON.parse(JSON.stringify(made)))).toBe(true);
      }),
    );
  });
});

describe('the speed percentile', () => {
  const samples = Array.from({ length: 101 }, (_, n) => sample(n, 200, n * 10));

  test('is the share of changes of similar size that were open as short or shorter', () => {
    const made = baselineOfSamples(samples, now);
    expect(speedPercentile(250, 200, made)).toEqual({ share: 0.25, usualWindow: 500, n: 101 });
    expect(speedPercentile(20, 200, made)?.share).toBeCloseTo(0.02, 10);
    expect(speedPercentile(21, 200, made)?.share).toBeGreaterThan(0.02);
  });

  test('depends on the size, not on a rate', () => {
    const mixed = [
      ...Array.from({ length: 50 }, (_, n) => sample(n, 10, n)),
      ...Array.from({ length: 50 }, (_, n) => sample(100 + n, 2000, 1000 + n)),
    ];
    const made = baselineOfSamples(mixed, now);
    expect(speedPercentile(40, 10, made)?.share).toBeGreaterThan(0.5);
    expect(speedPercentile(40, 2000, made)?.share).toBe(0.01);
  });

  test('is unknown where no change of similar size was merged', () => {
    expect(speedPercentile(5, 50_000, baselineOfSamples(samples, now))).toBeUndefined();
  });

  test('never falls when the window grows', () => {
    const made = baselineOfSamples(samples, now);
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(2000), fc.integer({ min: 1, max: 400 }), (a, b, lines) => {
        const [short, long] = [Math.min(a, b), Math.max(a, b)].map((window) =>
          speedPercentile(window, lines, made),
        );
        if (short && long) expect(short.share).toBeLessThanOrEqual(long.share);
      }),
    );
  });
});

describe('what may be called usual', () => {
  const of = (n: number) =>
    usualHere(
      reviewFacts([], {
        baseline: baselineOfSamples(
          Array.from({ length: n }, (_, i) => sample(i, 9, 9)),
          now,
        ),
      }),
    );

  test('59 merged pull requests are too few, 60 are enough for a claim twice as rare, 100 for the claim itself', () => {
    expect(of(59)).toEqual({
      instead: {
        kind: 'not-applicable',
        reason: '59 pull requests merged in 180 days are too few to say what is usual here (60 needed)',
      },
    });
    const tails = [60, 99, 100].map((n) => {
      const usual = of(n);
      return 'tail' in usual ? usual.tail(0.05) : undefined;
    });
    expect(tails).toEqual([0.025, 0.025, 0.05]);
  });

  test('without a baseline nothing is claimed, and the reason is said', () => {
    expect(usualHere(reviewFacts([]))).toEqual({
      instead: { kind: 'not-available', reason: 'the repository’s merged pull requests were not read' },
    });
    expect(usualHere(reviewFacts([], { baseline: unavailable('no token was given') }))).toEqual({
      instead: { kind: 'not-available', reason: 'no token was given' },
    });
  });
});

test.each([
  ['no object', 7],
  ['another version', { schemaVersion: 2 }],
  ['a count that is no count', { n: -1 }],
  ['quantiles that fall', { lines: { n: 3, at: [5, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14] } }],
  ['quantiles that are no numbers', { lines: { n: 3, at: Array.from({ length: 11 }, () => Number.NaN) } }],
  ['too few quantiles', { lines: { n: 3, at: [1] } }],
  [
    'bands that fall',
    {
      bands: [
        { lines: 9, window: { n: 0, at: [] } },
        { lines: 8, window: { n: 0, at: [] } },
      ],
    },
  ],
  ['more approvals than pull requests', { approvals: { human: 99, botOnly: 0, mergerOnly: 0, none: 0 } }],
  ['a time that is none', { since: 'yesterday' }],
])('%s is no baseline', (_, over) => {
  const made = baselineOfSamples([sample(1, 4, 4), sample(2, 5, 5), sample(3, 6, 6)], now);
  expect(isReviewBaseline(made)).toBe(true);
  expect(isReviewBaseline(typeof over === 'object' ? { ...made, ...over } : over)).toBe(false);
});

test('nothing about anybody is in a baseline', () => {
  const somebody = person('somebody-secret');
  const made = baseline([pull({ review: reviewFacts([review(somebody, 'approved', '10:00')]) })], now);
  expect(JSON.stringify(made)).not.toContain('secret');
});
