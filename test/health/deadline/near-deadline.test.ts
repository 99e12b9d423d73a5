import { describe, expect, it } from 'vitest';
import type { DeadlineReport } from '../../../src/core/deadline-report.ts';
import type { HealthFacts, MergedPull } from '../../../src/core/health-facts.ts';
import { isUnavailable, unavailable } from '../../../src/core/part.ts';
import { type Sprints, sprintsBetween, sprintsOfCalendar } from '../../../src/core/sprints.ts';
import { seededRandom } from '../../../src/core/statistics/seeded-random.ts';
import { deadlineAction } from '../../../src/health/deadline/deadline-action.ts';
import { approvalsOf, endOf } from '../../../src/health/deadline/observations.ts';
import { rotationTest } from '../../../src/health/deadline/rotation-test.ts';
import { scoreApprovals } from '../../../src/health/deadline/score-approvals.ts';
import { windowRatio } from '../../../src/health/deadline/window-ratio.ts';
import { rigorDropsNearDeadline } from '../../../src/health/measure/rigor-drops-near-deadline.ts';
import { deadlineSentence } from '../../../src/render/weekly/deadline-sentence.ts';
import { half, now, person, pull } from '../health-facts.ts';
import { sprintPulls } from './sprint-pulls.ts';

const calendar = sprintsOfCalendar({ start: '2026-06-01', days: 14 }, half, now);
const sprints: Sprints = { from: 'settings', sprints: calendar };

const pullsOf = (drop: number, each?: number) => sprintPulls(calendar, drop, each);

function judged(pulls: readonly MergedPull[], given: Sprints = sprints): DeadlineReport {
  const report = rigorDropsNearDeadline({ now, pulls: { completeSince: half, pulls } }, given);
  if (isUnavailable(report)) throw new Error(report.unavailable);
  return report;
}

describe('sprints', () => {
  it('of a calendar begin at its first day, before and after', () => {
    expect(
      sprintsOfCalendar({ start: '2026-06-15', days: 7 }, '2026-05-27T00:00:00Z', '2026-06-16T00:00:00Z'),
    ).toEqual([
      { start: '2026-06-01T00:00:00.000Z', end: '2026-06-08T00:00:00.000Z' },
      { start: '2026-06-08T00:00:00.000Z', end: '2026-06-15T00:00:00.000Z' },
    ]);
  });

  it('of a calendar without sense are none', () => {
    for (const days of [0, -3, Number.NaN])
      expect(sprintsOfCalendar({ start: '2026-06-15', days }, half, now)).toEqual([]);
    expect(sprintsOfCalendar({ start: 'soon', days: 7 }, half, now)).toEqual([]);
  });

  it('lie between deadlines that are 4 to 92 days apart', () => {
    const deadlines = ['2026-06-30', '2026-06-01', '2026-06-03', '2026-06-12', '2026-10-30'];
    expect(
      sprintsBetween(
        deadlines.map((at) => `${at}T00:00:00Z`),
        half,
        now,
      ),
    ).toEqual([
      { start: '2026-06-03T00:00:00.000Z', end: '2026-06-12T00:00:00.000Z' },
      { start: '2026-06-12T00:00:00.000Z', end: '2026-06-30T00:00:00.000Z' },
    ]);
  });
});

describe('the end of a sprint', () => {
  it.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [4, 1],
    [5, 2],
    [11, 2],
    [12, 3],
    [40, 10],
  ])('of %i approvals are the last %i', (approvals, ends) => {
    expect(endOf(Array.from({ length: approvals }))).toBe(ends);
  });
});

describe('approvals in sprints', () => {
  it('leave out bots, reverts, changes without an approval and what lies outside', () => {
    const inside = { weeksAgo: 3, mergedAfter: 60 };
    const pulls = [
      pull(inside),
      pull({ ...inside, author: person('robot', 'bot') }),
      pull({ ...inside, over: { isRevert: true } }),
      pull({ ...inside, reviews: [] }),
      pull({ weeksAgo: 30 }),
      pull({ ...inside, over: { review: unavailable('not read') } }),
    ];
    expect(approvalsOf(pulls, calendar).flat()).toEqual([{ lines: 12, window: 240 }]);
  });

  it('are compared inside their size band', () => {
    const scored = scoreApprovals([
      [
        { lines: 1, window: 5 },
        { lines: 2, window: 9 },
        { lines: 50, window: 60 },
        { lines: 60, window: 30 },
        { lines: 900, window: 4 },
        { lines: 800, window: 4 },
      ],
    ]).flat();
    expect(scored.map(({ band }) => band)).toEqual([0, 0, 1, 1, 2, 2]);
    expect(scored.map(({ score }) => Math.sign(score))).toEqual([-1, 1, 1, -1, 0, 0]);
  });

  it('that never change show nothing', () => {
    const same = Array.from({ length: 8 }, () => Array.from({ length: 8 }, () => ({ lines: 9, window: 60 })));
    const scored = scoreApprovals(same);
    expect(rotationTest(scored, seededRandom(1))).toEqual({ difference: 0, p: 1, spread: 0 });
    expect(windowRatio(scored, seededRandom(1))).toEqual({ ratio: 1, interval: [1, 1] });
  });
});

describe('rigor near deadlines', () => {
  it('that falls to a fifth is found, with its size', () => {
    const report = judged(pullsOf(0.2));
    expect(report.verdict).toBe('drops');
    expect(report.ratio).toBeLessThan(0.4);
    expect(report.interval[0]).toBeLessThan(0.2);
    expect(report.interval[1]).toBeLessThan(1);
    expect(report.p).toBeLessThan(0.01);
    expect(report.sprints).toBe(calendar.length);
  });

  it('that stays is not found, and the missing sprints are counted', () => {
    const report = judged(pullsOf(1));
    expect(report.verdict).toBe('open');
    expect(report.moreSprints).toBeGreaterThan(3);
    expect(report.moreSprints).toBeLessThan(25);
  });

  it('that stays is called unseen where a drop would have shown', () => {
    const report = judged(pullsOf(1, 60));
    expect(report.power).toBeGreaterThan(0.8);
    expect(report.verdict).toBe('unseen');
  });

  it('gives the same answer in the same week', () => {
    const pulls = pullsOf(0.5);
    expect(judged(pulls)).toEqual(judged(pulls));
  });

  it('that fell in one half of the sprints alone is not spoken of', () => {
    const middle = Date.parse(calendar[calendar.length >> 1]?.start ?? '');
    const early = pullsOf(0.02).filter(({ mergedAt }) => Date.parse(mergedAt) < middle);
    const late = pullsOf(1.6).filter(({ mergedAt }) => Date.parse(mergedAt) >= middle);
    expect(judged([...early, ...late]).verdict).not.toBe('drops');
  });

  it('says what is missing where it cannot be asked', () => {
    const facts: Pick<HealthFacts, 'now' | 'pulls'> = {
      now,
      pulls: { completeSince: half, pulls: pullsOf(1).slice(0, 50) },
    };
    expect(rigorDropsNearDeadline(facts, sprints)).toEqual({
      unavailable: 'it needs 4 sprints with 30 approved pull requests, there are 3 with 50',
    });
    expect(rigorDropsNearDeadline(facts, unavailable('no calendar'))).toEqual({ unavailable: 'no calendar' });
    expect(rigorDropsNearDeadline({ now, pulls: unavailable('no token') }, sprints)).toEqual({
      unavailable: 'no token',
    });
  });
});

const report: DeadlineReport = {
  from: 'milestones',
  sprints: 13,
  approvals: 260,
  atEnd: 65,
  ratio: 0.416,
  interval: [0.22, 0.71],
  p: 0.003,
  power: 0.81,
  moreSprints: 0,
  verdict: 'drops',
};

describe('what is said of it', () => {
  it('is a suggestion only where it drops', () => {
    expect(deadlineAction(report)).toEqual({
      observation:
        'Near the end of 13 sprints, pull requests were approved after 0.41 times the usual window for their size (95 % interval 0.22 to 0.71; 65 of 260 approvals).',
      impact: 'Any other stretch of the sprints would show this in 3 of 1000 cases.',
      action:
        'What would have to move in the sprint plan for the last reviews to get as much room as the others?',
    });
    expect(deadlineAction({ ...report, verdict: 'open' })).toBeUndefined();
    expect(deadlineAction({ ...report, verdict: 'unseen' })).toBeUndefined();
  });

  it('is never "no drop" where the sample could not have shown one', () => {
    expect(deadlineSentence({ ...report, verdict: 'open', power: 0.4, moreSprints: 9 })).toBe(
      'Whether review windows get shorter near deadlines cannot be told yet; it needs about 9 more sprints (13 sprints after the due dates of milestones, 260 approvals).',
    );
    expect(deadlineSentence({ ...report, verdict: 'unseen', ratio: 0.7, interval: [0.5, 0.99] })).toBe(
      'Review windows are shorter near deadlines, but not by so much, or not in both halves of the time, that it is called a drop: the window near the end is 0.7 times the one before (95 % interval 0.5 to 0.99); 13 sprints after the due dates of milestones, 260 approvals.',
    );
    expect(deadlineSentence({ ...report, verdict: 'unseen', ratio: 0.96, interval: [0.7, 1.4] })).toBe(
      'No drop of review windows near deadlines was seen: the window near the end is 0.96 times the one before (95 % interval 0.7 to 1.4); windows of half the length would have shown in 81 of 100 such samples (13 sprints after the due dates of milestones, 260 approvals).',
    );
    expect(deadlineSentence(report)).toBe(
      'Review windows are shorter near deadlines: the window near the end is 0.41 times the one before (95 % interval 0.22 to 0.71); 13 sprints after the due dates of milestones, 260 approvals.',
    );
  });
});
