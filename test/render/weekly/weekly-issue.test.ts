import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HealthReport, WeekValue } from '../../../src/core/health-report.ts';
import { isoWeekOf } from '../../../src/core/iso-week.ts';
import { unavailable } from '../../../src/core/part.ts';
import { hoursText, percentText, rangeText } from '../../../src/core/quantity-text.ts';
import { chart } from '../../../src/render/weekly/chart.ts';
import { sparkline } from '../../../src/render/weekly/sparkline.ts';
import { weeklyIssue, weeklyMarkdown } from '../../../src/render/weekly/weekly-issue.ts';
import { weeklyJson } from '../../../src/render/weekly/weekly-json.ts';
import { readWeeklyMarker, weeklyMarker } from '../../../src/render/weekly/weekly-marker.ts';
import { weeklyText } from '../../../src/render/weekly/weekly-text.ts';

const week = isoWeekOf('2026-11-18T00:00:00Z');

function values(...given: readonly (number | undefined)[]): readonly WeekValue[] {
  return given.map((value, n) => ({
    week: `2026-W${48 - given.length + n}`,
    n: value === undefined ? 2 : 10,
    ...(value !== undefined && { value }),
  }));
}

const usual = { low: 3, high: 8, median: 5, weeks: 25, n: 300, tail: 0.1 };

function report(over: Partial<HealthReport> = {}): HealthReport {
  return {
    schemaVersion: 1,
    repository: { name: 'acme/shop', url: 'https://github.com/acme/shop' },
    week,
    mergedInAll: 310,
    isEmpty: false,
    measures: [
      {
        id: 'merged',
        measure: {
          unit: 'count',
          weeks: values(9, 12, 11, 10, 14, 12, 9, 12),
          usual: { ...usual, high: 14 },
          isNews: false,
        },
      },
      {
        id: 'first-human-review',
        measure: {
          unit: 'hours',
          worse: 'higher',
          weeks: values(4, 5, 6, undefined, 5, 4, 7, 31.26),
          usual,
          isNews: true,
        },
      },
      {
        id: 'without-human-review',
        measure: {
          unit: 'ratio',
          worse: 'higher',
          weeks: values(0.1, 0.2, 0.1, 0, 0.1, 0.1, 0.2).concat({
            week: '2026-W47',
            n: 12,
            part: 2,
            value: 2 / 12,
          }),
          usual: { ...usual, low: 0, high: 0.25, median: 0.1 },
          isNews: false,
        },
      },
      { id: 'coverage', measure: unavailable('the stored coverage was not read') },
    ],
    actions: [
      {
        about: 'first-human-review',
        observation:
          'The first review by a human took 31 hours at the median of 12 pull requests; usually here 3 to 8 hours.',
        impact: 'From opening to merge it took 52 hours, the wait included.',
        action: 'What kept first looks back this week?',
      },
    ],
    alsoNoted: [],
    suggested: [{ about: 'first-human-review', times: 1 }],
    pulls: [
      {
        number: 812,
        mergeCommit: 'd'.repeat(40),
        lines: 64,
        leadHours: 52,
        firstHumanReviewHours: 31,
        review: 'human',
        linesAfterApproval: 0,
        isByBot: false,
      },
      { number: 813, lines: 8, leadHours: 0.5, review: 'none', isByBot: false },
    ],
    ledger: [
      {
        commit: 'e'.repeat(40),
        committedAt: '2026-11-18T10:00:00Z',
        paths: ['db/V2__a|b.sql'],
        reason: 'missing',
      },
    ],
    usefulness: [],
    notMeasured: ['coverage: the stored coverage was not read'],
    ...over,
  };
}

/** Nothing in it is news, and nothing is suggested. */
function quiet(): HealthReport {
  const measures = report().measures.map(({ id, measure }) =>
    'unavailable' in measure || !measure.isNews
      ? { id, measure }
      : { id, measure: { ...measure, isNews: false, weeks: values(4, 5, 6, 5, 5, 4, 7, 6) } },
  );
  return report({ measures, actions: [], suggested: [] });
}

test('the whole issue, written out', () => {
  const { title, body } = weeklyIssue(report(), 'default');
  expect(title).toBe('Repo health, week 47: first human reviews took longer than usual');
  expect(
    body.replaceAll('\u00a0', ' '),
  ).toBe(`<!-- review-vitals:weekly default 2026-W47 first-human-review=1 -->
**First human reviews took longer than usual.** 12 pull requests were merged. Everything else that was measured kept to its usual range.

### Worth doing this week

- [ ] **The first review by a human took 31 hours at the median of 12 pull requests; usually here 3 to 8 hours.** From opening to merge it took 52 hours, the wait included. What kept first looks back this week?

### The numbers

| | This week | Change | 8 weeks | Usual |
|:--|--:|:--|:--|:--|
| Merged pull requests | 12 | as usual | \`▁▅▄▂█▅▁▅\` | 3 to 14 |
| To the first human review, median | **31 hours (10)** | ▲ above usual, most in 8 weeks | \`▁▁▁·▁▁▁█\` | 3 to 8 hours |
| Merged without review by another human | 16 % (2 of 12) | as usual | \`▅█▅▁▅▅█▇\` | 0 to 25 % |

<details><summary>To the first human review (hours), by week</summary>

\`\`\`mermaid
%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "#2f81f7, #db6d28"}}, "xyChart": {"width": 820, "height": 230}}}%%
xychart-beta
  accTitle: To the first human review (hours)
  accDescr: From 4 hours in 2026-W40 to 31 hours in 2026-W47
  title "To the first human review (hours): the flat line is the usual week"
  x-axis [W40, W41, W42, W44, W45, W46, W47]
  y-axis "hours" 0 --> 35
  line [4, 5, 6, 5, 4, 7, 31.3]
  line [5, 5, 5, 5, 5, 5, 5]
\`\`\`

| Week | W40 | W41 | W42 | W44 | W45 | W46 | W47 |
|:--|--:|--:|--:|--:|--:|--:|--:|
| To the first human review (hours) | 4 | 5 | 6 | 5 | 4 | 7 | 31.3 |

</details>

<details><summary>Pull requests behind these numbers (2)</summary>

| Pull request | Open for | To first human review | Reviewed by | Lines | Changed after approval | Open at the merge |
|:--|--:|--:|:--|--:|--:|:--|
| \`813\` | 30 minutes | – | nobody | 8 | – | not read |
| [\`812\`](https://github.com/acme/shop/commit/${'d'.repeat(40)}) | 2.1 days | 31 hours | a human | 64 | 0 | not read |

[All of them on GitHub](https://github.com/acme/shop/pulls?q=is:pr+is:merged+merged:2026-11-16..2026-11-22)

</details>

<details><summary>Migrations of the last eight weeks (1 change)</summary>

| Reason | Merged | Commit | Migration |
|:--|:--|:--|:--|
| not found | 18 Nov | [\`eeeeeee\`](https://github.com/acme/shop/commit/${'e'.repeat(40)}) | \`db/V2__a¦b.sql\` |

</details>

<details><summary>How this is measured, and what is not (1)</summary>

- Not measured: coverage: the stored coverage was not read.
- Weeks are ISO weeks in UTC. Times include nights and weekends; pull requests opened by bots are left out of all but the counts.
- A usual range is where the middle of this repository’s own earlier weeks lies (10 to 90 percent of 25 weeks). One week in ten lies above it by nature; news takes a clear distance that chance would give less than once in 50 weeks.
- A week’s median or share is told from 5 pull requests on, a range from 20.

</details>

<sub>Week 47, 16 Nov – 22 Nov 2026 (UTC), against up to 25 weeks before. About the repository, never about a person.</sub>
`);
});

describe('a quiet week', () => {
  test('has three lines, the numbers folded', () => {
    const { title, body } = weeklyIssue(quiet(), 'default');
    expect(title).toBe('Repo health, week 47: nothing left its usual range');
    const visible = body
      .replace(/<details>.*<\/details>/s, '<details>')
      .split('\n')
      .filter(Boolean);
    expect(visible).toEqual([
      '<!-- review-vitals:weekly default 2026-W47 none -->',
      '**Nothing left its usual range.** 12 pull requests were merged.',
      '<details>',
      '<sub>Week 47, 16 Nov – 22 Nov 2026 (UTC), against up to 25 weeks before. About the repository, never about a person.</sub>',
    ]);
  });

  test('in which something lies outside on the better side is not called usual', () => {
    const measures = quiet().measures.map(({ id, measure }) =>
      id === 'first-human-review' && !('unavailable' in measure)
        ? { id, measure: { ...measure, weeks: values(4, 5, 1) } }
        : { id, measure },
    );
    expect(weeklyIssue({ ...quiet(), measures }, 'default').title).toBe(
      'Repo health, week 47: nothing is worse than usual',
    );
  });

  test('in which nothing happened says just that', () => {
    const commits = { unit: 'count', weeks: values(4, 0), usual, isNews: false } as const;
    const measures = [...quiet().measures, { id: 'commits', measure: commits } as const];
    expect(weeklyMarkdown({ ...quiet(), measures, isEmpty: true })).toMatch(
      /^\*\*Nothing was merged or committed\.\*\*\n/,
    );
    expect(weeklyMarkdown({ ...quiet(), measures, isEmpty: true, newestCommit: '2026-08-22' })).toMatch(
      /^\*\*Nothing was merged or committed\.\*\* The newest commit read is of 2026-08-22\.\n/,
    );
  });

  test('without merges, but with changes on the branch, tells those', () => {
    const merged = { unit: 'count', weeks: values(0, 0), usual, isNews: false } as const;
    const commits = { unit: 'count', weeks: values(4, 18), usual, isNews: false } as const;
    const measures = [
      ...quiet().measures.filter(({ id }) => id !== 'merged'),
      { id: 'merged', measure: merged } as const,
      { id: 'commits', measure: commits } as const,
    ];
    expect(weeklyMarkdown({ ...quiet(), measures })).toMatch(
      /^\*\*[^*]+\*\* No pull request was merged; the default branch got 18 changes\.\n/,
    );
    const factsOnly = 'half a year had 12 merged pull requests; usual ranges begin at 30';
    expect(weeklyIssue({ ...quiet(), measures, factsOnly }, 'default').title).toBe(
      'Repo health, week 47: 18 changes on the default branch',
    );
  });

  test('without merges, where git could not be read, says nothing of commits', () => {
    expect(weeklyMarkdown({ ...quiet(), isEmpty: true })).toMatch(/^\*\*No pull request was merged\.\*\*\n/);
  });

  test('of a small repository tells its size once', () => {
    const small = {
      ...quiet(),
      factsOnly: 'half a year had 12 merged pull requests; usual ranges begin at 30',
    };
    expect(weeklyIssue(small, 'default').title).toBe('Repo health, week 47: 12 pull requests merged');
    expect(weeklyMarkdown(small)).toMatch(
      /^\*\*12 pull requests merged\.\*\* Half a year had 12 merged pull requests; usual ranges begin at 30\.\n/,
    );
  });
});

test('what became of last week’s suggestions is one sentence', () => {
  const uptake = { made: 3, takenUp: 1, carriedOver: 1, unknown: 1 };
  expect(weeklyMarkdown(report({ uptake }))).toContain(
    '\nOf 3 suggestions last week: 1 no longer called for, 1 still standing, 1 with nothing to measure this week.\n',
  );
});

test('a body stays below 60,000 characters whatever is in it', () => {
  const long = 'x'.repeat(300);
  const huge = report({
    notMeasured: Array.from({ length: 2000 }, (_, n) => `${n} ${long}`),
    pulls: Array.from({ length: 5000 }, (_, number) => ({
      number,
      lines: 1,
      leadHours: 1,
      review: 'none',
      isByBot: false,
    })),
    ledger: Array.from({ length: 500 }, () => ({
      commit: 'e'.repeat(40),
      committedAt: '2026-11-18T10:00:00Z',
      paths: [long, long],
      reason: 'missing',
    })),
  });
  for (const one of [huge, { ...huge, measures: quiet().measures, actions: [] }]) {
    const { body } = weeklyIssue(one, 'default');
    expect(body.length).toBeLessThanOrEqual(60_000);
    expect(body).toContain('4970 more are not listed.');
    expect(body).toContain('did not fit into this text');
  }
});

test('names from the repository cannot become markup, mentions or the end of a cell', () => {
  const path = 'db/`</details>\n@ada|x`<!-- review-vitals:weekly default 2026-W48 none -->.sql';
  const body = weeklyMarkdown(
    report({
      ledger: [
        { commit: 'e'.repeat(40), committedAt: '2026-11-18T10:00:00Z', paths: [path], reason: 'written' },
      ],
      notMeasured: ['git said: <img src=x> @ada #12 https://evil.test'],
    }),
  );
  const row = body.split('\n').find((line) => line.includes('V48') || line.includes('W48')) ?? '';
  expect(row).toBe(
    `| written | 18\u00a0Nov | [\`eeeeeee\`](https://github.com/acme/shop/commit/${'e'.repeat(40)}) | \`\`db/\`</details>\\u{a}@ada¦x\`<!-- review-vitals:weekly default 2026-W48 none -->.sql\`\` |`,
  );
  expect(body).toContain('git said: &lt;img src=x&gt; @\u200bada #\u200b12 https\u200b://evil.test.');
});

describe('the chart', () => {
  const weekly = fc.array(fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined }), {
    minLength: 1,
    maxLength: 26,
  });

  test('has finite numbers, lists of one length, room for every value, and no character that Mermaid trips over', () => {
    fc.assert(
      fc.property(
        weekly,
        fc.constantFrom('ratio', 'hours', 'count'),
        fc.boolean(),
        (given, unit, hasRange) => {
          const drawn = chart(
            report({
              measures: [
                {
                  id: 'first-human-review',
                  measure: {
                    unit,
                    weeks: values(...given),
                    usual: hasRange ? usual : unavailable('none'),
                    isNews: true,
                  },
                },
              ],
            }),
            8,
          );
          const known = given.slice(-8).filter((value) => value !== undefined);
          if (!drawn) {
            expect(known.length < 3 || Math.max(...known) <= 0).toBe(true);
            return;
          }
          const lists = [...drawn.mermaid.matchAll(/^ {2}(?:x-axis|line) \[(.*)\]$/gm)].map(([, list = '']) =>
            list.split(', '),
          );
          expect(lists.map((list) => list.length)).toEqual(Array(hasRange ? 3 : 2).fill(known.length));
          const numbers = lists.slice(1).flat();
          for (const number of numbers) expect(number).toMatch(/^\d+(?:\.\d)?$/);
          const top = Number(/0 --> (\d+)$/m.exec(drawn.mermaid)?.[1]);
          expect(Math.max(...numbers.map(Number))).toBeLessThanOrEqual(top);
          expect(top).toBeGreaterThan(0);
          for (const [, text = ''] of drawn.mermaid.matchAll(/(?:accTitle: |accDescr: |title )(.*)$/gm)) {
            expect(text.replace(/^"|"$/g, '')).toMatch(/^[\w (),.:%-]+$/);
          }
        },
      ),
    );
  });

  test('of two weeks is none', () => {
    const measures = [
      {
        id: 'merged',
        measure: { unit: 'count', weeks: values(4, 5), usual: unavailable('none'), isNews: false },
      },
    ] as const;
    expect(chart(report({ measures }), 8)).toBeUndefined();
  });
});

describe('a sparkline', () => {
  test.each([
    [[1, 2, 3, 4, 5, 6, 7, 8], '▁▂▃▄▅▆▇█'],
    [[5, 5, 5], '▅▅▅'],
    [[0, 0], '▁▁'],
    [[1, undefined, 2], '▁·█'],
    [[undefined], '·'],
  ])('of %j is %s', (given, expected) => {
    expect(sparkline(given)).toBe(expected);
  });
});

describe('the marker', () => {
  test('is read back as it was written', () => {
    const marker = {
      instance: 'default',
      week: '2026-W47',
      suggested: [{ about: 'reverts', times: 2 }],
    } as const;
    expect(readWeeklyMarker(`${weeklyMarker(marker)}\ntext`)).toEqual(marker);
    expect(readWeeklyMarker(weeklyMarker({ ...marker, suggested: [] }))).toEqual({
      ...marker,
      suggested: [],
    });
  });

  test.each([
    ['further down', 'text\n<!-- review-vitals:weekly default 2026-W47 none -->'],
    ['of a week that does not exist', '<!-- review-vitals:weekly default 2026-W54 none -->'],
    ['of another kind', '<!-- review-vitals:summary default none -->'],
  ])('%s is none', (_, body) => {
    expect(readWeeklyMarker(body)).toBeUndefined();
  });

  test('names of unknown measures and odd numbers are left out', () => {
    const body = '<!-- review-vitals:weekly default 2026-W47 reverts=1,happiness=1,reverts=1000,=2 -->';
    expect(readWeeklyMarker(body)?.suggested).toEqual([{ about: 'reverts', times: 1 }]);
  });
});

describe('quantities are cut, not rounded', () => {
  test.each([
    [0.999, '59 minutes'],
    [1, '1 hour'],
    [9.99, '9.9 hours'],
    [47.9, '47 hours'],
    [60, '2.5 days'],
  ])('%f hours are %s', (hours, expected) => {
    expect(hoursText(hours).replace('\u00a0', ' ')).toBe(expected);
  });

  test('the last percent is not given away, and no float error takes one', () => {
    expect(percentText(0.9999)).toBe('99\u00a0%');
    expect(percentText(0.29)).toBe('29\u00a0%');
  });

  test.each([
    ['count', 5.4, 23.6, '6 to 23'],
    ['count', 0, 0, '0'],
    ['ratio', 0.1, 0.25, '10 to 25\u00a0%'],
    ['hours', 1, 7.75, '1 to 7.7\u00a0hours'],
    ['hours', 4, 60, '4\u00a0hours to 2.5\u00a0days'],
    ['ratio', 0, 0, '0\u00a0%'],
  ] as const)('a range of %s from %f to %f is %s', (unit, low, high, expected) => {
    expect(rangeText(unit, { low, high })).toBe(expected);
  });
});

test('migrations of one folder are listed by their names, the folder once above them', () => {
  const entry = { commit: 'e'.repeat(40), committedAt: '2026-11-18T10:00:00Z', reason: 'written' as const };
  const ledger = [
    { ...entry, paths: ['db/migrate/2_b.sql', 'db/migrate/data/3_c.sql'] },
    { ...entry, paths: ['db/migrate/1_a.sql'] },
  ];
  const { body } = weeklyIssue(report({ ledger }), 'default');
  expect(body).toContain('In `db/migrate`:\n\n| Reason | Merged | Commit | Migration |\n');
  expect(body).toMatch(/\| written \| 18\u00a0Nov \| .* \| `2_b\.sql` and 1 more \|\n.* \| `1_a\.sql` \|\n/);
});

test('a terminal gets the same numbers, and no escape sequence from a path', () => {
  const [action] = report().actions;
  const noted = action && { ...action, observation: 'In `a\u001b[31m.sql` 1 thing.' };
  const text = weeklyText(report({ alsoNoted: noted ? [noted] : [] }), { width: 100, shownWeeks: 8 });
  expect(text).not.toContain('\u001b');
  expect(text).toContain('In `a\\u{1b}[31m.sql` 1 thing.');
  expect(text.split('\n')[0]?.endsWith('  2026-W47, 2026-11-16 to 2026-11-22 (UTC)')).toBe(true);
  expect(text.replaceAll('\u00a0', ' ')).toContain(
    'To the first human review, median       31 hours (10)   ▁▁▁·▁▁▁█  3 to 8 hours  ▲ above usual, most in 8 weeks',
  );
  expect(
    Math.max(
      ...text
        .split('\n')
        .filter((line) => !/[▁█]/.test(line))
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(100);
});

test('programs get the version first, and a line feed at the end', () => {
  expect(weeklyJson(report())).toMatch(/^\{\n {2}"schemaVersion": 1,\n/);
  expect(weeklyJson(report())).toMatch(/\n\}\n$/);
});
