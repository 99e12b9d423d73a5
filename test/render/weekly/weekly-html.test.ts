import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HealthReport } from '../../../src/core/health-report.ts';
import { isoWeekOf } from '../../../src/core/iso-week.ts';
import { escapeHtml, inlineHtml } from '../../../src/render/html/escape-html.ts';
import { lineChart } from '../../../src/render/html/line-chart.ts';
import { weeklyHtml } from '../../../src/render/weekly/weekly-html.ts';

const values = [4, 5, 6, undefined, 5, 4, 7, 31.26].map((value, n) => ({
  week: `2026-W${40 + n}`,
  n: value === undefined ? 2 : 10,
  ...(value !== undefined && { value }),
}));

function report(over: Partial<HealthReport> = {}): HealthReport {
  return {
    schemaVersion: 1,
    repository: { name: 'acme/shop' },
    week: isoWeekOf('2026-11-18T00:00:00Z'),
    mergedInAll: 310,
    isEmpty: false,
    measures: [
      {
        id: 'first-human-review',
        measure: {
          unit: 'hours',
          worse: 'higher',
          weeks: values,
          usual: { low: 3, high: 8, median: 5, weeks: 25, n: 300, tail: 0.1 },
          isNews: true,
        },
      },
    ],
    actions: [],
    alsoNoted: [],
    suggested: [],
    pulls: [],
    ledger: [],
    usefulness: [],
    notMeasured: ['coverage: `main` has no report'],
    ...over,
  };
}

describe('the page of the last weeks', () => {
  const page = weeklyHtml(report(), 8);

  test('says the news first, and beside each chart what it shows', () => {
    expect(page).toContain('<h2>The numbers</h2>');
    expect(page).toContain('<div class="card news"><h3>To the first human review, median</h3>');
    expect(page).toContain('<b>31\u00a0hours (10)</b>');
    expect(page).toContain('usually 3 to 8\u00a0hours');
    expect(page).toContain(
      'aria-label="To the first human review, median, the last 8 weeks; this week 31\u00a0hours (10), usually 3 to 8\u00a0hours"',
    );
    expect(page).toContain('<li>coverage: <code>main</code> has no report</li>');
  });

  test('needs nothing else: no script, nothing fetched', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|url\(|@import|\bon\w+=/i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('leaves out what is empty', () => {
    for (const title of [
      'Worth doing this week',
      'Also noted',
      'Pull requests behind',
      'Migrations of the last',
    ])
      expect(page).not.toContain(title);
  });

  test('lets no text of a repository become a tag, an attribute or a hidden mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (words) => {
        const hostile = `${words}<img src=x onerror=y>"'&\u202e\u001b[31m`;
        const made = weeklyHtml(
          report({
            repository: { name: hostile },
            actions: [{ about: 'merged', observation: hostile, impact: hostile, action: hostile }],
            notMeasured: [hostile, `\`${hostile}\``],
            ledger: [
              {
                paths: [hostile],
                committedAt: '2026-11-18T00:00:00Z',
                commit: 'a'.repeat(40),
                reason: 'written',
              },
            ],
          }),
          8,
        );
        const tags = new Set([...made.matchAll(/<\/?([a-z!][\w-]*)/gi)].map(([, name]) => name));
        expect(tags.has('img')).toBe(false);
        expect(made).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u001b]/);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a chart', () => {
  test('draws a line through neighbours, a dot for a lone week and for the last, and the band behind', () => {
    const svg = lineChart({
      values: [2, undefined, 4, 4, undefined, 1],
      band: { low: 1, high: 3 },
      describes: 'Six weeks',
    });
    expect(svg).toBe(
      '<svg viewBox="0 0 280 72" width="280" height="72" role="img" aria-label="Six weeks">' +
        '<rect x="0" y="21" width="280" height="30" fill="var(--band)"/>' +
        '<polyline points="113.2,6 166.8,6" fill="none" stroke="var(--line)" stroke-width="2" stroke-linejoin="round"/>' +
        '<circle cx="6" cy="36" r="3" fill="var(--line)"/>' +
        '<circle cx="274" cy="51" r="3" fill="var(--line)"/></svg>',
    );
  });

  test('of zeros, or of nothing, divides by nothing', () => {
    for (const given of [[0, 0, 0], [], [undefined]])
      expect(lineChart({ values: given, describes: 'x' })).not.toMatch(/NaN|Infinity/);
  });
});

test('code stands between backticks; one alone is a backtick', () => {
  expect(inlineHtml('`a<b` and `')).toBe('<code>a&lt;b</code> and `');
  expect(escapeHtml('a\nb\u0007')).toBe('a b\ufffd');
});
