import { describe, expect, it } from 'vitest';
import { annotations } from '../../src/render/annotations.ts';
import { json } from '../../src/render/json.ts';
import { rdjson } from '../../src/render/rdjson.ts';
import { sarif } from '../../src/render/sarif.ts';
import { text } from '../../src/render/text.ts';
import { rules } from '../../src/rules.ts';
import { finding, reportWith } from '../support/facts.ts';

const blind = {
  rule: 'review/changed-after-approval',
  level: 'warning',
  outcome: { kind: 'not-available', reason: 'there is no token' },
} as const;
const waived = finding({
  fingerprint: 'b7f3kq',
  waiver: { reason: 'Generated soon.', until: '2026-12-31', from: 'settings' },
});
const report = reportWith([finding(), waived], [blind]);

describe('SARIF', () => {
  const { version, runs } = JSON.parse(sarif(report, rules));

  it('names every rule, and each result points at its own', () => {
    expect(version).toBe('2.1.0');
    expect(runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(
      rules.map(({ id }) => id).toSorted(),
    );
    for (const { ruleId, ruleIndex } of runs[0].results)
      expect(runs[0].tool.driver.rules[ruleIndex].id).toBe(ruleId);
  });

  it('gives a result its place, its level and an identity that outlives pushes', () => {
    expect(runs[0].results[0]).toMatchObject({
      ruleId: 'coverage/changed-lines-not-run',
      level: 'warning',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'src/refund.ts' },
            region: { startLine: 10, endLine: 12 },
          },
        },
      ],
      partialFingerprints: { 'reviewVitals/v1': 'a7f3kq' },
    });
  });

  it('suppresses a waived result with its reason, and says what was not checked', () => {
    expect(runs[0].results[1].suppressions).toEqual([{ kind: 'external', justification: 'Generated soon.' }]);
    expect(runs[0].invocations[0].toolExecutionNotifications).toContainEqual({
      level: 'note',
      message: { text: 'Not checked: there is no token' },
      associatedRule: { id: 'review/changed-after-approval' },
    });
  });
});

describe('annotations', () => {
  it('are workflow commands that no name can leave', () => {
    const hostile = finding({
      place: { path: 'a,b:c\n::error::x', line: 3 },
      observation: '100 %\n::error::y',
    });
    expect(annotations(reportWith([hostile]))).toBe(
      '::notice title=Review Vitals::1 finding (1 warning) · 0 rules passed\n' +
        '::warning title=coverage/changed-lines-not-run,file=a%2Cb%3Ac%0A%3A%3Aerror%3A%3Ax,line=3::100 %25%0A::error::y ' +
        'The rest of this file is run to 92 %25. Is the path after a partial refund covered somewhere this report cannot see?\n',
    );
  });

  it('say first what was not looked at, so that nothing found is not taken for nothing wrong', () => {
    const unseen = { kind: 'not-available', reason: 'there is no token' } as const;
    const result = { rule: 'review/changed-after-approval', level: 'warning', outcome: unseen } as const;
    expect(annotations({ ...reportWith([], [result]), remarks: ['`a\n::error::b` was not read'] })).toBe(
      '::notice title=Review Vitals::No findings · 0 rules passed · 1 not checked%0ANot checked: review/changed-after-approval (there is no token)%0ANote: `a%0A::error::b` was not read\n',
    );
  });

  it.each([
    [10, 'warning', false],
    [11, 'warning', true],
    [9, 'notice', false],
    [10, 'notice', true],
  ] as const)('of %i at the level %s say that GitHub does not show all: %j', (count, level, isSaid) => {
    const found = Array.from({ length: count }, (_, index) => finding({ level, fingerprint: `${index}` }));
    const text = annotations(reportWith(found));
    expect(text.split('\n')).toHaveLength(count + 2);
    expect(text.includes('GitHub shows 10 annotations of a kind for a step; this log has all of them.')).toBe(
      isSaid,
    );
  });
});

it('rdjson has one diagnostic for each finding that nobody waived', () => {
  expect(JSON.parse(rdjson(report)).diagnostics).toMatchObject([
    {
      location: { path: 'src/refund.ts', range: { start: { line: 10 }, end: { line: 12 } } },
      severity: 'WARNING',
    },
  ]);
});

it('JSON accounts for every rule and keeps waived findings apart', () => {
  expect(JSON.parse(json(report))).toMatchObject({
    schemaVersion: 1,
    findings: [{ fingerprint: 'a7f3kq' }],
    waived: [{ fingerprint: 'b7f3kq' }],
    rules: [{ outcome: 'findings' }, { outcome: 'not-available', reason: 'there is no token' }],
  });
});

it('the terminal shows the finding, the account, the waiver and what was not checked', () => {
  expect(text(report, { colour: false, width: 100 })).toBe(
    `acme/shop  bbbbbbb against main · 1 file

warning  src/refund.ts:10   coverage/changed-lines-not-run
         3 of 4 changed lines in \`src/refund.ts\` are not run by any test. The rest of this file is
         run to 92 %. Is the path after a partial refund covered somewhere this report cannot see?

1 finding (1 warning) · 0 rules passed · 1 not checked
Waived: coverage/changed-lines-not-run at src/refund.ts:10 (Generated soon.)
Not checked: review/changed-after-approval (there is no token)
More: review-vitals explain <rule>
`,
  );
});
