import { expect, test } from 'vitest';
import { reportHealth } from '../../src/health/report-health.ts';
import { waiverSentence, waiverTable } from '../../src/render/weekly/waiver-texts.ts';
import { weeklyMarkdown } from '../../src/render/weekly/weekly-issue.ts';
import { healthFacts, now } from './health-facts.ts';

const rule = 'migrations/blocking-index';
const waiver = (until: string, path?: string) => ({
  rule,
  reason: 'Has forty | rows.',
  until,
  ...(path !== undefined && { path }),
});
const report = (...given: readonly ReturnType<typeof waiver>[]) =>
  reportHealth(healthFacts({ over: { waivers: given } }));

// The report is of Monday, 23 November 2026.
test.each([
  ['the day before', '2026-11-22', 'A waiver has ended: `migrations/blocking-index` (2026-11-22).'],
  ['today', '2026-11-23', 'A waiver ends within two weeks: `migrations/blocking-index` (2026-11-23).'],
  ['in 14 days', '2026-12-07', 'A waiver ends within two weeks: `migrations/blocking-index` (2026-12-07).'],
  ['in 15 days', '2026-12-08', undefined],
])('a waiver whose last day is %s', (_, until, expected) => {
  expect(now.slice(0, 10)).toBe('2026-11-23');
  expect(waiverSentence(report(waiver(until)))).toBe(expected);
});

test('of many three are named, by their last day', () => {
  const days = ['2026-12-01', '2026-11-29', '2026-11-27', '2026-11-30', '2026-11-20'];
  expect(waiverSentence(report(...days.map((day) => waiver(day, 'db/**'))))).toBe(
    'A waiver has ended: `migrations/blocking-index` on `db/**` (2026-11-20). 4 waivers end within two weeks: `migrations/blocking-index` on `db/**` (2026-11-27), `migrations/blocking-index` on `db/**` (2026-11-29), `migrations/blocking-index` on `db/**` (2026-11-30) and 1 more.',
  );
});

test('all of them stand in the issue, with their reasons', () => {
  const given = report(waiver('2027-01-31', 'db/old/**'), waiver('2026-11-20'));
  const page =
    'https://github.com/review-vitals/review-vitals/blob/main/docs/rules/migrations/blocking-index.md';
  expect(waiverTable(given.waivers ?? [])).toBe(
    [
      '| Rule | Paths | Until | | Reason |',
      '|:--|:--|:--|:--|:--|',
      `| [\`${rule}\`](${page}) | all | 2026-11-20 | ended | Has forty \\| rows. |`,
      `| [\`${rule}\`](${page}) | \`db/old/**\` | 2027-01-31 | holds | Has forty \\| rows. |`,
    ].join('\n'),
  );
  const issue = weeklyMarkdown(given);
  expect(issue).toContain('<details><summary>Waivers (2)</summary>');
  expect(issue).toContain('A waiver has ended: `migrations/blocking-index` (2026-11-20).');
});

test('without waivers nothing is said of them', () => {
  expect(weeklyMarkdown(reportHealth(healthFacts()))).not.toMatch(/waiver/i);
});
