import { describe, expect, it } from 'vitest';
import { findingsOf, waivedOf } from '../../src/core/report.ts';
import { finding, reportWith } from '../support/facts.ts';

const of = (rule: string, level: 'notice' | 'warning' | 'failure', path: string) =>
  finding({ rule, level, place: { path, line: 1 }, fingerprint: path });

describe('the findings of a report', () => {
  it('come gravest first, then by rule, and within a rule in the order that the rule gave them', () => {
    const report = reportWith([
      of('b/rule', 'notice', 'n'),
      of('b/rule', 'warning', 'z'),
      of('b/rule', 'warning', 'a'),
      of('a/rule', 'warning', 'm'),
      of('c/rule', 'failure', 'f'),
    ]);
    expect(findingsOf(report).map(({ place }) => place?.path)).toEqual(['f', 'm', 'z', 'a', 'n']);
    expect(waivedOf(report)).toEqual([]);
  });
});
