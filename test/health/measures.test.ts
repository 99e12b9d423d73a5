import { describe, expect, test } from 'vitest';
import type { Measure } from '../../src/core/health-report.ts';
import { completeWeeks } from '../../src/core/iso-week.ts';
import { isUnavailable, type Part, unavailable } from '../../src/core/part.ts';
import { changedAfterApproval } from '../../src/health/measure/changed-after-approval.ts';
import { firstHumanReview } from '../../src/health/measure/first-human-review.ts';
import { leadTime } from '../../src/health/measure/lead-time.ts';
import { mergedPulls } from '../../src/health/measure/merged-pulls.ts';
import { migrationsWithoutReason } from '../../src/health/measure/migrations-without-reason.ts';
import { quantile } from '../../src/health/measure/quantile.ts';
import { reverts } from '../../src/health/measure/reverts.ts';
import {
  hoursToFirstHumanReview,
  linesAfterApproval,
  reviewKind,
} from '../../src/health/measure/review-of-pull.ts';
import { usualRange } from '../../src/health/measure/usual-range.ts';
import { withoutHumanReview } from '../../src/health/measure/without-human-review.ts';
import {
  at,
  commit,
  healthFacts,
  migration,
  now,
  person,
  pull,
  tail,
  times,
  weeksBefore,
} from './health-facts.ts';

const weeks = completeWeeks(now, 26);

function known(measure: Part<Measure>): Measure {
  if (isUnavailable(measure)) throw new Error(measure.unavailable);
  return measure;
}

const lastWeek = (measure: Part<Measure>) => known(measure).weeks.at(-1);

describe('who reviewed', () => {
  test.each([
    ['another human approves', [{ after: 4 }], 'human'],
    ['another human only comments', [{ after: 4, state: 'commented' }], 'human'],
    ['nobody does', [], 'none'],
    ['the author does', [{ after: 4, by: person('ada') }], 'none'],
    ['a bot does', [{ after: 4, by: person('scanner', 'bot') }], 'bot only'],
    ['a bot and then a human do', [{ after: 1, by: person('scanner', 'bot') }, { after: 4 }], 'human'],
    ['somebody whose account is deleted does', [{ after: 4, by: person('ghost', 'ghost') }], 'none'],
    ['a human does after the merge', [{ after: 25 }], 'none'],
    ['a human does at the moment of the merge', [{ after: 24 }], 'human'],
  ] as const)('when %s', (_, reviews, kind) => {
    expect(reviewKind(pull({ reviews }))).toBe(kind);
  });

  test('who wrote one of the commits is no other human', () => {
    expect(reviewKind(pull({ review: { commitAuthors: [person('ada'), person('mira')] } }))).toBe('none');
  });

  test('what could not be read is neither reviewed nor unreviewed', () => {
    expect(reviewKind(pull({ over: { review: unavailable('a hole') } }))).toBe('not read');
  });
});

describe('hours to the first human review', () => {
  test('count from the opening', () => {
    expect(hoursToFirstHumanReview(pull({ reviews: [{ after: 4 }, { after: 9 }] }))).toBe(4);
  });

  test('leave out every spell as a draft, and none of the hours before it', () => {
    const review = { readyForReviewAt: [at(0, 37), at(0, 39)], convertedToDraftAt: [at(0, 38)] };
    expect(hoursToFirstHumanReview(pull({ reviews: [{ after: 4 }], review }))).toBe(2);
  });

  test('are unknown where the first came after the merge', () => {
    expect(hoursToFirstHumanReview(pull({ reviews: [{ after: 999 }] }))).toBeUndefined();
  });

  test('do not see a bot that was faster', () => {
    const reviews = [{ after: 0.01, by: person('scanner', 'bot') }, { after: 4 }];
    expect(hoursToFirstHumanReview(pull({ reviews }))).toBe(4);
  });

  test('are unknown without one', () => {
    expect(hoursToFirstHumanReview(pull({ reviews: [] }))).toBeUndefined();
  });
});

describe('lines after the last human approval', () => {
  test('are those of files that somebody reads', () => {
    expect(linesAfterApproval(pull({ review: { tail: tail(12) } }))).toBe(12);
    expect(linesAfterApproval(pull({ review: { tail: tail(900, 'package-lock.json') } }))).toBe(0);
    const attributes = [{ path: 'src/api.ts', is: 'generated' as const }];
    expect(linesAfterApproval(pull({ review: { tail: tail(900, 'src/api.ts'), attributes } }))).toBe(0);
  });

  test('are unknown without a human approval, or where git could not tell', () => {
    expect(
      linesAfterApproval(
        pull({ reviews: [{ after: 4, by: person('x', 'bot') }], review: { tail: tail(3) } }),
      ),
    ).toBeUndefined();
    expect(linesAfterApproval(pull({ review: { tail: unavailable('the commit is gone') } }))).toBeUndefined();
    expect(linesAfterApproval(pull())).toBeUndefined();
  });
});

describe('lines changed after approval', () => {
  test('do not count a change by a bot, whose branch its owner rewrites', () => {
    const changed = (author = person('ada')) => pull({ author, review: { tail: tail(40) } });
    const measured = (pulls: readonly ReturnType<typeof pull>[]) =>
      changedAfterApproval(healthFacts({ pulls }), weeks);
    expect(lastWeek(measured([changed(), changed(person('updater', 'bot'))]))).toMatchObject({
      n: 1,
      part: 1,
    });
    expect(measured([changed(person('updater', 'bot'))])).toEqual({
      unavailable: 'no merged pull request had a human approval',
    });
  });
});

describe('a week', () => {
  test('with four pull requests has counts and no share of its own', () => {
    const pulls = [pull(), pull(), pull(), pull({ reviews: [] })];
    expect(lastWeek(withoutHumanReview(healthFacts({ pulls }), weeks))).toEqual({
      week: '2026-W47',
      n: 4,
      part: 1,
    });
    expect(lastWeek(leadTime(healthFacts({ pulls }), weeks))).toEqual({ week: '2026-W47', n: 4 });
  });

  test('with five has both', () => {
    const pulls = [pull(), pull(), pull(), pull({ reviews: [] }), pull({ openFor: 48 })];
    expect(lastWeek(withoutHumanReview(healthFacts({ pulls }), weeks))).toEqual({
      week: '2026-W47',
      n: 5,
      part: 1,
      value: 0.2,
    });
    expect(lastWeek(leadTime(healthFacts({ pulls }), weeks))).toEqual({ week: '2026-W47', n: 5, value: 24 });
  });

  test('ends when Monday begins, in UTC', () => {
    const pulls = [
      pull({ mergedAfter: 7 * 24 }),
      pull({ mergedAfter: 7 * 24 - 0.001 }),
      pull({ mergedAfter: 0 }),
    ];
    expect(lastWeek(mergedPulls(healthFacts({ pulls }), weeks))).toEqual({
      week: '2026-W47',
      n: 2,
      value: 2,
    });
  });

  test('that was not wholly read has no value, which is not none', () => {
    const pulls = { completeSince: at(3, 1), pulls: [pull({ weeksAgo: 3 }), pull({ weeksAgo: 2 })] };
    const measure = known(mergedPulls(healthFacts({ over: { pulls } }), weeks));
    expect(measure.weeks.slice(-4).map(({ value }) => value)).toEqual([undefined, 1, 0, 0]);
  });
});

test('pull requests that a bot opened are in the count and in nothing else', () => {
  const author = person('renovate', 'bot');
  const pulls = times(6, () => pull({ author, reviews: [] }));
  const facts = healthFacts({ pulls });
  expect(lastWeek(mergedPulls(facts, weeks))?.value).toBe(6);
  expect(lastWeek(withoutHumanReview(facts, weeks))?.n).toBe(0);
  expect(lastWeek(leadTime(facts, weeks))?.n).toBe(0);
  expect(lastWeek(firstHumanReview(facts, weeks))?.n).toBe(0);
});

test.each([
  [9, 0],
  [10, 1],
])('%i lines after the approval count as %i change', (lines, part) => {
  const pulls = times(5, (n) => pull({ review: { tail: tail(n === 0 ? lines : 0) } }));
  expect(lastWeek(changedAfterApproval(healthFacts({ pulls }), weeks))).toMatchObject({ n: 5, part });
});

test.each([
  ['nobody approved', [pull({ reviews: [] })], 'no merged pull request had a human approval'],
  [
    'git could not tell',
    [pull({ review: { tail: unavailable('no remote.') } })],
    'the approved commits could not be compared with what was merged (no remote)',
  ],
])('when %s the lines after approval are not measured', (_, pulls, reason) => {
  expect(changedAfterApproval(healthFacts({ pulls }), weeks)).toEqual({ unavailable: reason });
});

describe('migrations', () => {
  test('count when they could be judged and need a reason', () => {
    const migrations = [
      migration(0, 'written'),
      migration(0, 'missing'),
      migration(0, 'not-needed'),
      migration(0, 'not-judged'),
    ];
    const measure = migrationsWithoutReason(healthFacts({ migrations }), weeks);
    expect(lastWeek(measure)).toEqual({ week: '2026-W47', n: 2, part: 1, value: 1 });
    expect(known(measure).isNews).toBe(true);
  });

  test('of which none could be judged are not measured, which is not fine', () => {
    expect(migrationsWithoutReason(healthFacts({ migrations: [migration(0, 'not-judged')] }), weeks)).toEqual(
      {
        unavailable: 'none of them could be judged',
      },
    );
  });

  test('that need no reason are not counted', () => {
    const measure = migrationsWithoutReason(healthFacts({ migrations: [migration(0, 'not-needed')] }), weeks);
    expect(lastWeek(measure)).toEqual({ week: '2026-W47', n: 0, part: 0, value: 0 });
  });

  test('all with a reason are no news', () => {
    const measure = migrationsWithoutReason(
      healthFacts({ migrations: [migration(0, 'written'), migration(1, 'missing')] }),
      weeks,
    );
    expect(known(measure).isNews).toBe(false);
  });
});

test('reverts come from git, and without it from the titles of pull requests', () => {
  const commits = [commit(0, { isRevert: true }), commit(0)];
  expect(lastWeek(reverts(healthFacts({ commits }), weeks))).toEqual({
    week: '2026-W47',
    n: 2,
    part: 1,
    value: 1,
  });
  const pulls = [pull({ over: { isRevert: true } }), pull(), pull()];
  const noGit = healthFacts({ pulls, over: { history: unavailable('no clone') } });
  expect(lastWeek(reverts(noGit, weeks))).toEqual({ week: '2026-W47', n: 3, part: 1, value: 1 });
});

describe('quantiles', () => {
  test.each([
    [[1, 2, 3, 4], 0.5, 2.5],
    [[10, 30, 20], 0, 10],
    [[10, 30, 20], 1, 30],
    [[0, 10], 0.9, 9],
    [[7], 0.1, 7],
  ])('of %j at %f is %f', (values, q, expected) => {
    expect(quantile(values, q)).toBeCloseTo(expected, 12);
  });

  test('of nothing there is none', () => {
    expect(quantile([], 0.5)).toBeUndefined();
  });
});

describe('the usual range', () => {
  const week = (n: number, value: number) => ({ week: `2026-W${n}`, n: 5, value });
  const eight = times(8, (n) => week(n + 10, n));

  test('at 29 merged pull requests there is none, at 30 there is', () => {
    expect(usualRange(eight, 29)).toEqual({
      unavailable: 'a usual range needs 30 merged in half a year, there are 29',
    });
    expect(usualRange(eight, 30)).toMatchObject({ weeks: 8, n: 40 });
  });

  test('seven weeks with a value are too few, eight are enough', () => {
    expect(usualRange(eight.slice(1), 100)).toEqual({
      unavailable: 'a usual range needs 8 earlier weeks with a value, there are 7',
    });
  });

  test('at 19 observations there is none, at 20 there is', () => {
    const of = (last: number) => times(8, (n) => ({ week: 'x', n: n === 7 ? last : 2, value: n }));
    expect(usualRange(of(5), 100)).toEqual({
      unavailable: 'a usual range needs 20 observations, there are 19',
    });
    expect(usualRange(of(6), 100)).toMatchObject({ n: 20 });
  });

  test('at 99 merged it runs from 5 to 95 percent, at 100 from 10 to 90', () => {
    const hundred = times(21, (n) => week(n, n));
    expect(usualRange(hundred, 99)).toMatchObject({ low: 1, median: 10, high: 19, tail: 0.05 });
    expect(usualRange(hundred, 100)).toMatchObject({ low: 2, median: 10, high: 18, tail: 0.1 });
  });
});

describe('news', () => {
  const late = (hours: number) =>
    times(5, () => pull({ openFor: 200, mergedAfter: 160, reviews: [{ after: hours }] }));
  const calm = (perWeek: number) =>
    weeksBefore(perWeek, () => ({ openFor: 200, mergedAfter: 160, reviews: [{ after: 10 }] }));
  const isNews = (pulls: readonly ReturnType<typeof pull>[]) =>
    known(firstHumanReview(healthFacts({ pulls }), weeks)).isNews;

  test('a median of hours is news at one and a half times the usual one', () => {
    expect(isNews([...calm(5), ...late(14.9)])).toBe(false);
    expect(isNews([...calm(5), ...late(15)])).toBe(true);
  });

  test('shorter than usual is none', () => {
    expect(isNews([...calm(5), ...late(1)])).toBe(false);
  });

  test('below 60 merged nothing is news, at 60 it is', () => {
    const some = (count: number) => calm(5).slice(0, count - 5);
    expect(isNews([...some(59), ...late(90)])).toBe(false);
    expect(isNews([...some(60), ...late(90)])).toBe(true);
  });

  test('a share is news at ten points above the usual one', () => {
    const unreviewed = (of: number, count: number) =>
      times(of, (n) => pull({ reviews: n < count ? [] : [{ after: 4 }] }));
    const share = (pulls: readonly ReturnType<typeof pull>[]) =>
      known(withoutHumanReview(healthFacts({ pulls }), weeks)).isNews;
    expect(share([...weeksBefore(10), ...unreviewed(20, 1)])).toBe(false);
    expect(share([...weeksBefore(10), ...unreviewed(20, 2)])).toBe(true);
  });
});
