import { describe, expect, it } from 'vitest';
import type { CoverageAccount } from '../../src/core/coverage-account.ts';
import type { CoverageLedger } from '../../src/core/coverage-facts.ts';
import { pass } from '../../src/core/outcome.ts';
import { decodeRunState, encodeRunState } from '../../src/core/run-state.ts';
import { checkRun, jobSummary } from '../../src/render/check-run.ts';
import { coverageLedgerDetails, coverageLedgerLine } from '../../src/render/coverage-ledger.ts';
import { summaryComment } from '../../src/render/summary-comment.ts';
import { text } from '../../src/render/text.ts';
import { ledger } from '../coverage/comparison-facts.ts';
import { reportWith } from '../support/facts.ts';

const orders = ledger({
  base: { ran: 900, lines: 1000 },
  added: { ran: 40, lines: 60 },
  removed: { ran: -30, lines: -30 },
  indirect: { ran: -15, lines: 0 },
});
const mail = ledger({ base: { ran: 300, lines: 400 } });
const both: CoverageLedger = ledger({
  base: { ran: 1200, lines: 1400 },
  added: { ran: 40, lines: 60 },
  removed: { ran: -30, lines: -30 },
  indirect: { ran: -15, lines: 0 },
});
const account: CoverageAccount = {
  base: '1'.repeat(40),
  all: both,
  modules: [{ name: 'src/orders', ledger: orders }],
  rest: { modules: 1, ledger: mail },
};
const compared = {
  rule: 'coverage/module-coverage-drop',
  level: 'notice',
  outcome: { ...pass('no module of 2 falls by 1.0 points'), coverage: account },
} as const;

describe('the ledger of a coverage difference', () => {
  it('is one line of text whose numbers add up', () => {
    expect(coverageLedgerLine(account)).toBe(
      'Coverage: 1,195 of 1,430 lines run, 1,200 of 1,400 at 1111111: added +40 of +60, removed −30 of −30, unchanged −15 of 0.',
    );
  });

  it('says when no line differs', () => {
    expect(coverageLedgerLine({ ...account, all: mail })).toBe(
      'Coverage: 300 of 400 lines run, 300 of 400 at 1111111: no line differs.',
    );
  });

  it('is a table with a row for each module that differs, and leaves out parts that are nothing', () => {
    expect(coverageLedgerDetails(account)).toBe(
      [
        '<details><summary>Coverage: 1,200 of 1,400 → 1,195 of 1,430 lines run</summary>',
        '',
        '| lines run of lines | at `1111111` | added | removed | unchanged | now |',
        '| --- | --: | --: | --: | --: | --: |',
        '| `src/orders` | 900 of 1,000 | +40 of +60 | −30 of −30 | −15 of 0 | 895 of 1,030 |',
        '| 1 other module | 300 of 400 | 0 | 0 | 0 | 300 of 400 |',
        '| **together** | 1,200 of 1,400 | +40 of +60 | −30 of −30 | −15 of 0 | 1,195 of 1,430 |',
        '',
        '</details>',
      ].join('\n'),
    );
  });

  it('has one row where there is one module', () => {
    const one = { base: '1'.repeat(40), all: orders, modules: [{ name: 'src/orders', ledger: orders }] };
    expect(coverageLedgerDetails(one).split('\n').slice(2, 5)).toEqual([
      '| lines run of lines | at `1111111` | added | removed | unchanged | now |',
      '| --- | --: | --: | --: | --: | --: |',
      '| all files | 900 of 1,000 | +40 of +60 | −30 of −30 | −15 of 0 | 895 of 1,030 |',
    ]);
  });

  it('keeps a name from leaving its cell', () => {
    const named = { ...account, modules: [{ name: 'a|b`\n| x', ledger: orders }] };
    expect(coverageLedgerDetails(named)).toContain('| ``a¦b`\\u{a}¦ x`` | 900 of 1,000 |');
  });
});

describe('a report with a coverage difference', () => {
  const report = reportWith([], [compared]);

  it('shows it in the comment, the check run, the job summary and the terminal', () => {
    expect(checkRun(report, 'never').summary).toContain(coverageLedgerDetails(account));
    expect(
      summaryComment(report, { instance: 'default', failOn: 'never', commented: new Set() }, [], []),
    ).toContain(coverageLedgerDetails(account));
    expect(jobSummary(report, [])).toContain(coverageLedgerDetails(account));
    expect(text(report, { colour: false, width: 100 })).toContain(`\n${coverageLedgerLine(account)}\n`);
  });

  it('keeps it for a later event on the same head', () => {
    const state = { version: 1, mergeBase: '1'.repeat(40), results: [compared] } as const;
    expect(decodeRunState(encodeRunState(state))).toEqual(state);
    const bent = { ...account, all: { ...both, head: { ran: 1, lines: 1 } } };
    const forged = { ...state, results: [{ ...compared, outcome: { ...pass('x'), coverage: bent } }] };
    expect(decodeRunState(encodeRunState(forged))).toBeUndefined();
  });

  it('shows nothing where nothing could be compared', () => {
    const blind = { ...compared, outcome: { kind: 'not-available', reason: 'nothing is stored' } } as const;
    expect(text(reportWith([], [blind]), { colour: false, width: 100 })).not.toContain('Coverage:');
    expect(jobSummary(reportWith([], [blind]), [])).not.toContain('<details>');
  });
});
