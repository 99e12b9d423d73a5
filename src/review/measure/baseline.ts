import type { MergedPull } from '../../core/health-facts.ts';
import type { QuantileSketch, ReviewBaseline, SizeBand } from '../../core/review-baseline.ts';
import { quantileSketch } from './quantile-sketch.ts';
import { type ReviewSample, reviewSample } from './review-sample.ts';
import { similarSize } from './speed-percentile.ts';

/** Days of merges that a baseline is learned from. Retrained within it, since review habits change within a year. */
export const daysLearned = 180;

/** A quantile of 5 % needs at least 20 numbers to lie between two of them. */
const fewestNeighbours = 20;
/** As far as neighbours may be looked for where few are near: a factor of four. */
const farthestNeighbour = Math.log(4);

/** The middles of the size bands: 1, 1.4, 2, 2.8, 4 … about 65,000 lines. */
const middles = Array.from({ length: 33 }, (_, step) => Math.round(2 ** (step / 2) * 10) / 10);

/** What is usual among the pull requests merged in the `daysLearned` days before `now`; see `baselineOfSamples`. */
export function baseline(pulls: readonly MergedPull[], now: string): ReviewBaseline {
  return baselineOfSamples(
    pulls.flatMap((pull) => reviewSample(pull) ?? []),
    now,
  );
}

/**
 * Unit: minutes and lines. Merges before `since` and after `now` are left out, so the same samples give the same
 * baseline whenever it is computed. A band holds the windows of all changes within a factor of two of its size, at least
 * the 20 nearest within a factor of four; where there are fewer it is left out.
 * Domain: each pull request once. Source: retraining within 180 days after McIntosh and Kamei, TSE 2018, whose models
 * decayed within a year; the rest is ours.
 */
export function baselineOfSamples(
  samples: readonly ReviewSample[],
  now: string,
  since = startOfLearning(now),
): ReviewBaseline {
  const until = Date.parse(now);
  const from = Date.parse(since);
  const counted = samples.filter(({ mergedAt }) => {
    const at = Date.parse(mergedAt);
    return at >= from && at <= until;
  });
  const withApproval = (kind: ReviewSample['approval']) =>
    counted.filter(({ approval }) => approval === kind).length;
  return {
    schemaVersion: 1,
    since: new Date(from).toISOString().replace('.000Z', 'Z'),
    until: new Date(until).toISOString().replace('.000Z', 'Z'),
    n: counted.length,
    lines: sketch(counted.map(({ lines }) => lines)),
    firstReview: sketch(counted.flatMap(({ firstReview }) => firstReview ?? [])),
    bands: bandsOf(counted),
    approvals: {
      human: withApproval('human'),
      botOnly: withApproval('bot-only'),
      mergerOnly: withApproval('merger-only'),
      none: withApproval('none'),
    },
    silent: counted.filter(({ isSilent }) => isSilent).length,
  };
}

/** To hundredths of a minute or line: what is kept has to be small, and nothing is known more exactly. */
function sketch(values: readonly number[]): QuantileSketch {
  const { n, at } = quantileSketch(values);
  return { n, at: at.map((value) => Math.round(value * 100) / 100) };
}

/** ISO 8601: the moment `days` before `now`. */
export function startOfLearning(now: string, days = daysLearned): string {
  return new Date(Date.parse(now) - days * 86_400_000).toISOString();
}

function bandsOf(samples: readonly ReviewSample[]): readonly SizeBand[] {
  const sized = samples.flatMap(({ lines, window }) =>
    window === undefined ? [] : [{ size: Math.log(Math.max(1, lines)), window }],
  );
  return middles.flatMap((lines) => {
    const middle = Math.log(lines);
    const near = sized
      .map(({ size, window }) => ({ distance: Math.abs(size - middle), window }))
      .filter(({ distance }) => distance <= farthestNeighbour)
      .toSorted((a, b) => a.distance - b.distance);
    const similar = near.filter(({ distance }) => distance <= similarSize);
    const taken = similar.length >= fewestNeighbours ? similar : near.slice(0, fewestNeighbours);
    if (taken.length < fewestNeighbours) return [];
    return [{ lines, window: sketch(taken.map(({ window }) => window)) }];
  });
}
