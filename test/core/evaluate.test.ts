import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/core/evaluate.ts';
import { findings, pass } from '../../src/core/outcome.ts';
import { unavailable } from '../../src/core/part.ts';
import { defineRule, type Rule } from '../../src/core/rule.ts';
import { facts, finding } from '../support/facts.ts';

function rule(parts: Partial<Rule>): Rule {
  return defineRule({
    id: 'coverage/example',
    since: '0.1.0',
    level: 'warning',
    question: 'Is it so?',
    docs: { triggered: '', why: '', fix: '', quietWhen: '' },
    sources: [],
    thresholds: { limit: { fallback: 3, unit: 'lines', meaning: 'an example' } },
    needs: ['change'],
    identity: ({ about }) => [about.path ?? ''],
    evaluate: () => pass('all of it'),
    ...parts,
  } as Rule);
}

describe('a rule', () => {
  it('whose facts are missing is not available, with their reason', () => {
    const [result] = evaluate(facts({ change: unavailable('there is no merge base') }), [rule({})]);
    expect(result?.outcome).toEqual({ kind: 'not-available', reason: 'there is no merge base' });
  });

  it('that breaks is not available and never fine', () => {
    const [result] = evaluate(facts(), [
      rule({
        evaluate() {
          throw new Error('no such line');
        },
      }),
    ]);
    expect(result?.outcome).toEqual({
      kind: 'not-available',
      reason: 'the rule broke (no such line); this is a fault of Review Vitals',
    });
  });

  it('gets the values of its thresholds', () => {
    const [result] = evaluate(facts(), [rule({ evaluate: (_, { limit }) => pass(`limit ${limit}`) })]);
    expect(result?.outcome).toEqual({ kind: 'pass', seen: 'limit 3' });
  });
});

describe('the id of a finding', () => {
  const at = (line: number) =>
    rule({ evaluate: () => findings([finding({ place: { path: 'a.ts', line } })]) });
  const idOf = (...rules: readonly Rule[]) =>
    evaluate(facts(), rules)
      .flatMap(({ outcome }) => (outcome.kind === 'findings' ? outcome.findings : []))
      .map(({ fingerprint }) => fingerprint);

  it('does not change when its line moves', () => {
    expect(idOf(at(3))).toEqual(idOf(at(300)));
  });

  it('is six characters that a reply can quote', () => {
    expect(idOf(at(3))[0]).toMatch(/^[\da-z]{6}$/);
  });

  it('differs between two findings of one rule about the same thing', () => {
    const twice = rule({ evaluate: () => findings([finding(), finding()]) });
    expect(new Set(idOf(twice)).size).toBe(2);
  });

  it('differs between two rules about the same thing', () => {
    const other = rule({ id: 'coverage/other', evaluate: () => findings([finding()]) });
    expect(new Set(idOf(at(3), other)).size).toBe(2);
  });
});
