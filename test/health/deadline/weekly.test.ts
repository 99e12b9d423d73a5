import { describe, expect, it } from 'vitest';
import { type Part, unavailable } from '../../../src/core/part.ts';
import { type Sprints, sprintsOfCalendar } from '../../../src/core/sprints.ts';
import { reportHealth } from '../../../src/health/report-health.ts';
import { weeklyIssue } from '../../../src/render/weekly/weekly-issue.ts';
import { weeklyText } from '../../../src/render/weekly/weekly-text.ts';
import { half, healthFacts, now } from '../health-facts.ts';
import { sprintPulls } from './sprint-pulls.ts';

const calendar = sprintsOfCalendar({ start: '2026-06-01', days: 14 }, half, now);
const known: Sprints = { from: 'settings', sprints: calendar };

function reportOf(drop: number, sprints: Part<Sprints> | undefined = known, times?: number) {
  const facts = healthFacts({ pulls: sprintPulls(calendar, drop) });
  const earlier = times === undefined ? [] : [{ about: 'review-near-deadline' as const, times }];
  return reportHealth(sprints === undefined ? facts : { ...facts, sprints }, earlier);
}

const about = (report: ReturnType<typeof reportOf>) => report.actions.map((action) => action.about);

describe('deadlines in the weekly report', () => {
  it('are a suggestion and the news where windows drop before them', () => {
    const report = reportOf(0.1);
    expect(about(report)).toContain('review-near-deadline');
    const { title, body } = weeklyIssue(report, '');
    expect(title).toContain('review gets shorter near deadlines');
    expect(body).toMatch(
      /- \[ \] \*\*Near the end of 12 sprints, pull requests were approved after 0\.\d+ times/,
    );
    expect(body).toContain('Review near deadlines');
  });

  it('are suggested twice and then only noted', () => {
    expect(about(reportOf(0.1, known, 1))).toContain('review-near-deadline');
    const third = reportOf(0.1, known, 2);
    expect(about(third)).not.toContain('review-near-deadline');
    expect(third.alsoNoted.map((action) => action.about)).toContain('review-near-deadline');
  });

  it('are one folded sentence where nothing shows, with the sprints that are missing', () => {
    const report = reportOf(1);
    expect(about(report)).not.toContain('review-near-deadline');
    const sentence =
      /Whether review windows get shorter near deadlines cannot be told yet; it needs about \d+ more sprints \(12 sprints after the sprint calendar of the settings, 240 approvals\)\./;
    expect(weeklyIssue(report, '').body).toMatch(sentence);
    expect(weeklyText(report, { width: 400, shownWeeks: 8 })).toMatch(sentence);
  });

  it('are not measured where nobody knows them, and say what to do', () => {
    const report = reportOf(0.1, unavailable('no sprint calendar is known: set `sprint:` in the settings'));
    expect(about(report)).not.toContain('review-near-deadline');
    expect(report.notMeasured).toContain(
      'review near deadlines: no sprint calendar is known: set `sprint:` in the settings',
    );
  });

  it('are not mentioned where nobody looked', () => {
    const report = reportHealth(healthFacts({ pulls: sprintPulls(calendar, 0.1) }));
    expect(report.deadline).toBeUndefined();
    expect(report.notMeasured.join()).not.toContain('deadline');
  });
});
