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
