import { describe, expect, test } from 'vitest';
import type { TrendPoint } from '../../src/core/coverage-facts.ts';
import { completeWeeks } from '../../src/core/iso-week.ts';
import { isUnavailable, unavailable } from '../../src/core/part.ts';
import { branchCoverage } from '../../src/health/measure/branch-coverage.ts';
import { reportHealth } from '../../src/health/report-health.ts';
import { weeklyMarkdown } from '../../src/render/weekly/weekly-issue.ts';
import { at, healthFacts, now, weeksBefore } from './health-facts.ts';

const weeks = completeWeeks(now, 26);

/** A thousand lines, half of them in each of two modules. */
function point(weeksAgo: number, ran: number, hours = 12, billing = Math.floor(ran / 2)): TrendPoint {
  return {
    commit: 'c'.repeat(40),
    committedAt: at(weeksAgo, hours),
    count: { ran, lines: 1000 },
    modules: [
      { name: 'billing', count: { ran: billing, lines: 500 } },
      { name: 'shop', count: { ran: ran - billing, lines: 500 } },
    ],
  };
}

/** 900, 905 and 910 of 1,000 lines in the 25 weeks before, and this in the last. */
function factsWith(...last: readonly TrendPoint[]) {
  const before = Array.from({ length: 25 }, (_, index) => point(25 - index, 900 + (index % 3) * 5));
  return healthFacts({ pulls: weeksBefore(5), over: { coverage: [...before, ...last] } });
}

function measured(facts: ReturnType<typeof healthFacts>) {
  const measure = branchCoverage(facts, weeks);
  if (isUnavailable(measure)) throw new Error(measure.unavailable);
  return measure;
}

describe('the coverage of the default branch', () => {
  test('is that of the last measured commit of each week, with its lines', () => {
    const { unit, weeks: values } = measured(factsWith(point(0, 700, 1), point(0, 905, 20)));
    expect(unit).toBe('ratio');
    expect(values.at(-1)).toEqual({ week: weeks.at(-1)?.label, n: 1000, part: 905, value: 0.905 });
  });

  test('has no value in a week in which nothing was measured', () => {
    expect(measured(factsWith()).weeks.at(-1)).toEqual({ week: weeks.at(-1)?.label, n: 0 });
  });

  test('has no value where no line is known to hold code', () => {
    const none = { ...point(0, 0), count: { ran: 0, lines: 0 } };
    expect(measured(factsWith(none)).weeks.at(-1)?.value).toBeUndefined();
  });

  test('is missing for the reason for which nothing is stored', () => {
    const reason = unavailable('no coverage has been stored for this repository yet');
    expect(branchCoverage(healthFacts({ over: { coverage: reason } }), weeks)).toEqual(reason);
  });

  test.each([
    ['a point below the usual week', 895, true],
    ['just less than a point below it', 896, false],
    ['in the range', 900, false],
    ['above the range', 950, false],
  ])('%s: news is %s', (_, ran, isNews) => {
    expect(measured(factsWith(point(0, ran))).isNews).toBe(isNews);
  });

  test('is no news in a repository with few pull requests', () => {
    const few = { ...factsWith(point(0, 100)), pulls: healthFacts({ pulls: weeksBefore(2) }).pulls };
    expect(measured(few).isNews).toBe(false);
  });
});

describe('a fall of coverage', () => {
  const report = reportHealth(factsWith(point(0, 850, 12, 410)));

  test('is told with its lines, the module that lost most, and a question', () => {
    expect(report.actions).toEqual([
      {
        about: 'coverage',
        observation:
          'The tests run 85\u00a0% of the default branch (850 of 1,000 lines); usually here 90 to 91\u00a0%.',
        impact:
          'Lines that no test runs grew most in `billing`: 40 lines more than when last measured before the week.',
        action: 'Which of the week’s changes there need tests most?',
      },
    ]);
  });

  test('is a row of the table', () => {
    expect(weeklyMarkdown(report).replaceAll('\u00a0', ' ')).toContain(
      '| Coverage | **85 % (850 of 1000)** | ▼ below usual, least in 8 weeks |',
    );
  });

  test('with no module that lost any says what it stands for', () => {
    const moved = { ...point(0, 850), modules: [] };
    expect(reportHealth(factsWith(moved)).actions[0]).toMatchObject({
      impact: '150 lines can break without a test that notices.',
      action: 'Which part of the code lost its tests?',
    });
  });
});
