import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepEarlierOutcomes } from '../../src/core/keep-earlier-outcomes.ts';
import type { RuleResult } from '../../src/core/report.ts';
import { decodeRunState, encodeRunState, type RunState } from '../../src/core/run-state.ts';
import { finding } from '../support/facts.ts';

const found: RuleResult = {
  rule: 'coverage/a',
  level: 'warning',
  outcome: { kind: 'findings', findings: [finding()] },
};
const blind: RuleResult = {
  rule: 'coverage/a',
  level: 'warning',
  outcome: { kind: 'not-available', reason: 'no report' },
};
const fine: RuleResult = { rule: 'coverage/a', level: 'warning', outcome: { kind: 'pass', seen: '4 of 4' } };
const state: RunState = {
  version: 1,
  mergeBase: 'a'.repeat(40),
  results: [found, { ...fine, rule: 'coverage/b' }],
};

describe('what a check run remembers', () => {
  it('comes back as it was, behind any text', () => {
    expect(decodeRunState(`### Checked\n\n${encodeRunState(state)}`)).toEqual(state);
  });

  it.each([
    ['no state', 'words'],
    ['a cut state', encodeRunState(state).slice(0, -20)],
    ['another version', encodeRunState(state).replace('state:1:', 'state:2:')],
    ['not deflate', '<!-- review-vitals-state:1:AAAA -->'],
    ['not a state', `<!-- review-vitals-state:1:${deflateRawSync('[1]').toString('base64')} -->`],
    [
      'a bomb',
      `<!-- review-vitals-state:1:${deflateRawSync(Buffer.alloc(50_000_000)).toString('base64')} -->`,
    ],
  ])('%s is no state', (_, text) => {
    expect(decodeRunState(text)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        decodeRunState(`<!-- review-vitals-state:1:${text} -->`);
      }),
      { seed: 1 },
    );
  });
});

describe('a later event on the same head', () => {
  it('that lacks a fact keeps what an earlier one found', () => {
    expect(keepEarlierOutcomes([blind], [found])).toEqual([{ ...found, fromEarlierRun: true }]);
  });

  it('that could look replaces what an earlier one found', () => {
    expect(keepEarlierOutcomes([fine], [found])).toEqual([fine]);
  });

  it('says why it could not look when no earlier one could either', () => {
    expect(
      keepEarlierOutcomes(
        [blind],
        [{ ...blind, outcome: { kind: 'not-available', reason: 'older reason' } }],
      ),
    ).toEqual([blind]);
  });
});
