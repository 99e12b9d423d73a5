import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { CourtReport, RuleEvidence } from '../../src/core/court-report.ts';
import { seededRandom } from '../../src/core/statistics/seeded-random.ts';
import { holdCourt } from '../../src/health/court/hold-court.ts';
import { courtJson, courtMarkdown, courtText } from '../../src/render/court.ts';
import { simulatedCourt } from '../health/court/simulated-court.ts';

const evidence: RuleEvidence = {
  looked: 100,
  spoke: 30,
  spokeWithOutcome: 9,
  passed: 70,
  passedWithOutcome: 7,
  oddsRatio: 3.86,
  interval: [1.25, 12.4],
  p: 0.0151,
  q: 0.0302,
  power: 0.7,
  verdict: 'supported',
};
const { interval: _, ...open } = evidence;

const report: CourtReport = {
  schemaVersion: 1,
  repository: { name: 'acme/shop' },
  day: '2026-11-22',
  expires: '2027-02-20',
  seed: 7,
  since: '2023-11-23T00:00:00Z',
  until: '2026-11-20T00:00:00Z',
  watchedDays: 180,
  counts: {
    merged: 1400,
    tooYoung: 150,
    wentBadly: 64,
    notDrawn: 650,
    notRead: 0,
    tried: 600,
    reverted: 4,
    fixed: 60,
    strata: 31,
  },
  wentBadly: { share: 0.0512, interval: [0.0403, 0.0648] },
  trials: [
    {
      rule: 'a/quiet',
      ...open,
      oddsRatio: 0,
      p: 1,
      q: 1,
      verdict: 'too little data',
      moreChanges: 1234,
      twin: { ...open, oddsRatio: 0, p: 0.4, q: 0.8, verdict: 'too little data' },
    },
    {
      rule: 'a/telling',
      ...evidence,
      twin: {
        ...evidence,
        oddsRatio: 0.96,
        interval: [0.3, 3.2],
        p: 0.61,
        q: 0.8,
        verdict: 'too little data',
      },
    },
  ],
  notTried: [
    { rule: 'b/rare', spoke: 3, passed: 500 },
    { rule: 'b/silent', spoke: 0, passed: 0 },
  ],
  leastOnEachSide: 10,
  limits: ['fixes are those whose title says so (90)'],
};

describe('the court in a terminal', () => {
  it('gives every verdict its numbers, its twin and what is missing', () => {
    expect(
      courtText(report, 110),
    ).toBe(`acme/shop  1,400 merged changes from 2023-11-23 to 2026-11-20, 600 tried; 150 are younger than 180 days and
wait, 650 were left out by the draw (--most takes more).
Of the 1,250 that are old enough 64 were reverted or repaired by a fix within 180 days: 5 % (4 to 6 %).
The 600 tried, 64 of which went badly (4 reverts, 60 fixes), are compared inside 31 groups of like size, time
and kind. Those that went badly were drawn more often, which leaves odds ratios as they are.
Supported: 1 of 2 rules compared; with the outcomes dealt out at random it would be 0.
Verdicts of 2026-11-22, to be renewed after 2027-02-20; seed 7. They describe this repository and prove no
cause.

a/telling  supported
  reverted or fixed: 9 of 30 against 7 of 70; odds 3.8 times (1.2 to 12); chance 0.016, over all rules 0.031
  at random: 9 of 30 against 7 of 70; odds 0.9 times (0.3 to 3.2); chance 0.61: too little data

a/quiet  too little data: needs about 1,300 more changes like these
  reverted or fixed: 9 of 30 against 7 of 70; odds 0 times; chance 1, over all rules 1
  at random: 9 of 30 against 7 of 70; odds 0 times; chance 0.4: too little data

Not compared, since a comparison takes 10 changes on each side (spoke / passed): b/rare (3 / 500).
Had nothing to look at: b/silent.
Limit: fixes are those whose title says so (90)
`);
  });

  it.each([
    [64, 'were drawn more often'],
    [1200, 'were drawn less often'],
    [0, undefined],
  ])('of %i that went badly it says how the draw treated them', (wentBadly, words) => {
    const counts = { ...report.counts, wentBadly, ...(wentBadly === 0 && { reverted: 0, fixed: 0 }) };
    const text = courtText({ ...report, counts }, 400);
    if (words === undefined) expect(text).not.toContain('drawn ');
    else expect(text).toContain(`Those that went badly ${words}, which leaves odds ratios as they are.`);
  });

  it('counts one as one, and five of a thousand not as none', () => {
    const counts = { ...report.counts, tooYoung: 1, notDrawn: 1, wentBadly: 1 };
    const wentBadly = { share: 0.0049, interval: [0.0009, 0.0123] } as const;
    const text = courtText({ ...report, watchedDays: 1, counts, wentBadly }, 400);
    expect(text).toContain('; 1 is younger than 1 day and waits, 1 was left out by the draw');
    expect(text).toContain(
      'Of the 1,399 that are old enough 1 was reverted or repaired by a fix within 1 day: 0.4 % (0 to 1 %).',
    );
  });

  it('lets no name move the cursor or command the runner', () => {
    const text = courtText({ ...report, repository: { name: '\u001b[2Jshop\n::error::x' } }, 60);
    expect(text).not.toContain('\u001b');
    expect(text).not.toMatch(/^::/m);
  });
});

describe('the court as Markdown', () => {
  it('is a table of verdicts', () => {
    const markdown = courtMarkdown(report);
    expect(markdown).toContain('## Rules on trial: `acme/shop`');
    expect(markdown).toContain(
      '| `a/telling` | supported | 3.8 times (1.2 to 12) | 9 of 30 against 7 of 70 | 0.016 / 0.031 | 0.9 times (0.3 to 3.2): too little data |',
    );
    expect(markdown).toContain('- Had nothing to look at: `b/silent`.');
  });

  it('has no table where nothing was compared', () => {
    const markdown = courtMarkdown({ ...report, trials: [] });
    expect(markdown).toContain('No rule spoke and passed often enough to be compared.');
    expect(markdown).not.toContain('|');
  });
});

describe('the court as JSON', () => {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  const isValid = ajv.compile(JSON.parse(readFileSync('schema/court.schema.json', 'utf8')));

  it('keeps to its schema', () => {
    const simulated = holdCourt(simulatedCourt({ changes: 200, rules: { a: 3, b: 1 } }, seededRandom(1)));
    for (const one of [report, simulated, { ...report, trials: [], notTried: [] }]) {
      expect(isValid(JSON.parse(courtJson(one))) || isValid.errors).toBe(true);
    }
    expect(isValid({ ...JSON.parse(courtJson(report)), verdict: 'guilty' })).toBe(false);
  });
});
