import { describe, expect, it } from 'vitest';
import { withoutIgnored, withWaivers } from '../../src/core/apply-settings.ts';
import { evaluate } from '../../src/core/evaluate.ts';
import { findingsOf, waivedOf } from '../../src/core/report.ts';
import { rules } from '../../src/rules.ts';
import { change, changedFile, facts, finding, report, reportWith } from '../support/facts.ts';

const waiver = {
  rule: 'coverage/changed-lines-not-run',
  path: 'src/**',
  reason: 'Generated soon.',
  until: '2026-11-22',
};
const results = reportWith([finding()]).results;

describe('a waiver in the settings', () => {
  it('ends the finding on its last day, and keeps it listed', () => {
    const waived = report({ results: withWaivers(results, { waivers: [waiver] }, '2026-11-22T23:59:00Z') });
    expect(findingsOf(waived)).toEqual([]);
    expect(waivedOf(waived)).toMatchObject([
      { waiver: { reason: 'Generated soon.', until: '2026-11-22', from: 'settings' } },
    ]);
  });

  it.each([
    ['expired the day before', { ...waiver, until: '2026-11-21' }],
    ['is for another rule', { ...waiver, rule: 'migrations/blocking-index' }],
    ['is for another path', { ...waiver, path: 'lib/**' }],
  ])('that %s ends nothing', (_, other) => {
    expect(
      findingsOf(report({ results: withWaivers(results, { waivers: [other] }, '2026-11-22T00:00:00Z') })),
    ).toHaveLength(1);
  });
});

describe('a rule', () => {
  const [first] = rules;

  it('that is switched off is accounted for', () => {
    const off = evaluate(facts(), rules, { rules: { [first?.id ?? '']: { level: 'off' } } });
    expect(off.find(({ rule }) => rule === first?.id)).toEqual({
      rule: first?.id,
      level: 'off',
      outcome: { kind: 'not-applicable', reason: 'it is switched off in the settings' },
    });
  });
});

it('an ignored path is seen by no rule', () => {
  const files = [changedFile(), changedFile({ path: 'vendor/x/y.ts' })];
  const judged = withoutIgnored(facts({ change: change({ files }) }), { ignore: ['vendor/**'] });
  expect(judged.change).toMatchObject({ files: [{ path: 'src/refund.ts' }] });
});
