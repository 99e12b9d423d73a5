import { expect, it } from 'vitest';
import { conversation } from '../../src/render/conversation.ts';
import { facts, finding, reportWith } from '../support/facts.ts';

const settings = { comment: 'on-findings', failOn: 'never', instance: 'default' } as const;

it('a summary comment, written out', () => {
  const passed = {
    rule: 'migrations/blocking-index',
    level: 'warning' as const,
    outcome: { kind: 'pass' as const, seen: '2 statements, none builds an index' },
  };
  expect(conversation(reportWith([finding()], [passed]), facts(), settings).summary(undefined)).toBe(
    [
      '<!-- review-vitals:summary default coverage/changed-lines-not-run=a7f3kq -->',
      '',
      '**1 thing to look at** in this change. Nothing blocks the merge.',
      '',
      '1. **3 of 4 changed lines in `src/refund.ts` are not run by any test.**  ',
      '   The rest of this file is run to 92 %. Is the path after a partial refund covered somewhere this report cannot see?  ',
      `   <sub>[\`src/refund.ts:10\`](https://github.com/acme/shop/blob/${'b'.repeat(40)}/src/refund.ts#L10-L12) · [coverage/changed-lines-not-run](https://github.com/review-vitals/review-vitals/blob/main/docs/rules/coverage/changed-lines-not-run.md) · a7f3kq</sub>`,
      '',
      '<details><summary>Checked: 1 finding (1 warning) · 1 rule passed</summary>',
      '',
      '- `migrations/blocking-index`: 2 statements, none builds an index',
      '',
      '</details>',
      '',
      '<sub>Reply `/vitals waive ID: reason` to end a finding here, `/vitals noise ID` if it is not useful, `/vitals explain ID` for more.</sub>  ',
      '<sub>`bbbbbbb` against `main` of acme/shop</sub>',
    ].join('\n'),
  );
});

it.each([
  [['warning'], 'never', '**1 thing to look at** in this change. Nothing blocks the merge.'],
  [
    ['warning', 'notice'],
    'warning',
    '**1 thing to look at** in this change. 1 finding fails the check (`fail-on: warning`).',
  ],
  [
    ['failure', 'warning', 'warning'],
    'warning',
    '**3 things to look at** in this change. 3 findings fail the check (`fail-on: warning`).',
  ],
  [
    ['failure', 'warning'],
    'never',
    '**2 things to look at** in this change. Nothing blocks the merge: 1 finding at the level `failure`, but `fail-on` is `never`.',
  ],
  [
    ['notice'],
    'notice',
    '**1 thing to look at** in this change. 1 finding fails the check (`fail-on: notice`).',
  ],
  [['notice'], 'warning', '**Nothing to look at** in this change.'],
] as const)('findings of %j under `fail-on: %s` begin as the check run ends', (levels, failOn, headline) => {
  const report = reportWith(levels.map((level, index) => finding({ level, fingerprint: `a7f3k${index}` })));
  const { summary, checkRun } = conversation(report, facts(), { ...settings, comment: 'always', failOn });
  expect(summary(undefined)).toContain(`\n\n${headline}\n`);
  expect(checkRun.conclusion === 'failure').toBe(headline.includes('the check'));
  expect(checkRun.title).toBe(headline.slice(2, headline.indexOf('**', 2)));
});
