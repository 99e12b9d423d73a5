import { describe, expect, it } from 'vitest';
import { conversation } from '../../src/render/conversation.ts';
import { readSummaryMarker, summaryMarker } from '../../src/render/marker.ts';
import { facts, finding, reportWith } from '../support/facts.ts';

const settings = { comment: 'on-findings', failOn: 'never', instance: 'default' } as const;
const rule = 'coverage/changed-lines-not-run';
const other = finding({ fingerprint: 'bbbbbb', about: { path: 'src/b.ts' } });
const first = { rule, fingerprint: 'a7f3kq' };
const second = { rule, fingerprint: 'bbbbbb' };

/** What the marker of the summary says after a run with these findings on what the summary said before. */
function remembered(
  findings: Parameters<typeof reportWith>[0],
  before: Parameters<ReturnType<typeof conversation>['summary']>[0],
) {
  const passed = {
    rule,
    level: 'warning' as const,
    outcome: { kind: 'pass' as const, seen: '4 of 4' },
  };
  const report = reportWith(findings, findings.length === 0 ? [passed] : []);
  return readSummaryMarker(conversation(report, facts(), settings).summary(before) ?? '');
}

describe('what the summary comment remembers', () => {
  it('is nothing at first', () => {
    expect(remembered([finding(), other], undefined)).toMatchObject({ shown: [first, second], ended: [] });
  });

  it('is that a finding was addressed', () => {
    expect(remembered([other], { shown: [first, second], ended: [] })).toMatchObject({
      shown: [second],
      ended: [{ ...first, ending: 'addressed' }],
    });
  });

  it.each([
    ['waived', { reason: 'nobody writes there yet', from: 'reply' }],
    ['waived', { reason: 'until the launch', from: 'settings', until: '2026-12-31' }],
    ['noise', { reason: 'not useful here', from: 'reply', isNoise: true }],
  ] as const)('is that a finding was %s', (ending, waiver) => {
    expect(remembered([finding({ waiver }), other], { shown: [first, second], ended: [] })).toMatchObject({
      shown: [second],
      ended: [{ ...first, ending }],
    });
  });

  it('is the reply to a finding that only the check run had shown', () => {
    const waiver = { reason: 'not useful here', from: 'reply', isNoise: true } as const;
    expect(remembered([finding({ waiver }), other], { shown: [second], ended: [] })?.ended).toEqual([
      { ...first, ending: 'noise' },
    ]);
  });

  it('is not what the settings had waived before a comment spoke of it', () => {
    const waiver = { reason: 'until the launch', from: 'settings', until: '2026-12-31' } as const;
    expect(remembered([finding({ waiver }), other], { shown: [second], ended: [] })?.ended).toEqual([]);
  });

  it('forgets the end of a finding that has come back', () => {
    expect(remembered([finding()], { shown: [], ended: [{ ...first, ending: 'addressed' }] })).toMatchObject({
      shown: [first],
      ended: [],
    });
  });

  it('is the same after a run that brings nothing new', () => {
    const before = remembered([other], { shown: [first, second], ended: [] });
    expect(remembered([other], before)).toEqual(before);
  });

  it('survives the last finding', () => {
    const before = { shown: [second], ended: [{ ...first, ending: 'noise' as const }] };
    expect(remembered([], before)).toMatchObject({
      shown: [],
      ended: [
        { ...first, ending: 'noise' },
        { ...second, ending: 'addressed' },
      ],
    });
  });
});

describe('the marker', () => {
  it('of an earlier version has no past', () => {
    expect(readSummaryMarker(`<!-- review-vitals:summary default ${rule}=a7f3kq -->\nText`)).toEqual({
      instance: 'default',
      shown: [first],
      ended: [],
    });
  });

  it('keeps the last 60 of what has ended', () => {
    const ended = Array.from({ length: 70 }, (_, index) => ({
      rule,
      fingerprint: `a7f3${String(index).padStart(2, '0')}`,
      ending: 'addressed' as const,
    }));
    const marker = summaryMarker({ instance: 'default', shown: [], ended });
    expect(marker.length).toBeLessThan(4000);
    expect(readSummaryMarker(marker)?.ended).toEqual(ended.slice(10));
  });

  it.each([
    'coverage/x=a7f3kq=resolved',
    'coverage/x=a7f3kq=noise=noise',
    'coverage/x=short=noise',
    'coverage/x=a7f3kq',
  ])('leaves out an ended finding like %s', (entry) => {
    expect(readSummaryMarker(`<!-- review-vitals:summary default none ${entry} -->`)?.ended).toEqual([]);
  });
});
