import type { ReviewFacts } from '../../core/review-facts.ts';

export interface RequestGap {
  /** Humans whose review was asked for, requests taken back left out. Unit: people. */
  readonly asked: number;
  /** Those of them who have not reviewed at all. */
  readonly silent: number;
  /** Teams asked. GitHub does not tell their members, so whether they answered is not counted. */
  readonly teams: number;
}

/**
 * How many of the reviews that were asked for never came. `silent / asked` is the gap; without anybody asked there is none.
 * Domain: a request and a review of one person, in whatever order: who reviewed once and was asked again has reviewed.
 * Source: chosen by us.
 */
export function requestGap(review: ReviewFacts): RequestGap {
  const open = new Map<string, 'human' | 'team'>();
  for (const { kind, of } of review.requests) {
    if (of === 'unknown') continue;
    if ('person' in of && of.person.kind !== 'human') continue;
    const key = 'person' in of ? `person ${of.person.key}` : `team ${of.team}`;
    if (kind === 'removed') open.delete(key);
    else open.set(key, 'person' in of ? 'human' : 'team');
  }
  const reviewed = new Set(review.reviews.map(({ by }) => `person ${by.key}`));
  const people = [...open].filter(([, kind]) => kind === 'human').map(([key]) => key);
  return {
    asked: people.length,
    silent: people.filter((key) => !reviewed.has(key)).length,
    teams: open.size - people.length,
  };
}
