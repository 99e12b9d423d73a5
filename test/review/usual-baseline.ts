import type { ReviewBaseline } from '../../src/core/review-baseline.ts';

/**
 * 200 merged pull requests: half have at most 60 lines and 95 % at most 640; a change of about 256 lines is open for 260 minutes in the
 * median and for less than 6 in one case of twenty; nine in ten get their first review within 29 hours.
 */
export function usualBaseline(over: Partial<ReviewBaseline> = {}): ReviewBaseline {
  return {
    schemaVersion: 1,
    since: '2025-09-03T00:00:00Z',
    until: '2026-03-02T00:00:00Z',
    n: 200,
    lines: { n: 200, at: [2, 3, 6, 10, 24, 60, 160, 420, 640, 1500, 2400] },
    firstReview: { n: 180, at: [1, 2, 5, 12, 60, 240, 900, 1740, 4300, 9000, 12_000] },
    bands: [
      { lines: 256, window: { n: 58, at: [2, 3, 6, 14, 40, 260, 1200, 3600, 6000, 9000, 12_000] } },
      { lines: 1024, window: { n: 31, at: [3, 5, 9, 20, 70, 420, 1900, 5200, 8000, 11_000, 14_000] } },
    ],
    approvals: { human: 180, botOnly: 2, mergerOnly: 8, none: 10 },
    silent: 90,
    ...over,
  };
}
