import { describe, expect, it } from 'vitest';
import { repliesNotFollowed, withEarlierReplies, withReplies } from '../../src/core/apply-replies.ts';
import type { Reply } from '../../src/core/replies.ts';
import { findingsOf, waivedOf } from '../../src/core/report.ts';
import { finding, report, reportWith } from '../support/facts.ts';

const reply = (parts: Partial<Reply> = {}): Reply => ({
  kind: 'waive',
  fingerprint: 'a7f3kq',
  reason: 'nobody writes there yet',
  mayDecide: true,
  isByAuthor: false,
  commentId: 1,
  ...parts,
});
const { results } = reportWith([finding()]);
const waivers = (given: typeof results) => waivedOf(report({ results: given })).map(({ waiver }) => waiver);

describe('a reply', () => {
  it('ends a finding with its reason', () => {
    expect(waivers(withReplies(results, [reply()]))).toEqual([
      { reason: 'nobody writes there yet', from: 'reply' },
    ]);
  });

  it('that calls it noise needs no reason, and is told apart', () => {
    expect(waivers(withReplies(results, [reply({ kind: 'noise', reason: '' })]))).toEqual([
      { reason: 'not useful here', from: 'reply', isNoise: true },
    ]);
  });

  it.each([
    ['of somebody who may not write', { mayDecide: false }, 'its account may not write to the repository'],
    [
      'of somebody whose permission is not known',
      { mayDecide: 'unknown' },
      'GitHub did not tell whether its account may write to the repository',
    ],
    ['without a reason', { reason: ' ' }, 'it gives no reason (`/vitals waive ID: reason`)'],
  ] as const)('%s ends nothing, and that is said', (_, parts, why) => {
    expect(waivers(withReplies(results, [reply(parts)]))).toEqual([]);
    expect(repliesNotFollowed(results, [reply(parts)])).toEqual([
      `the reply \`/vitals waive\` for \`a7f3kq\` was not followed: ${why}`,
    ]);
  });

  it('by the author ends a warning, and no failure', () => {
    const failing = reportWith([finding({ level: 'failure' })]).results;
    expect(waivers(withReplies(results, [reply({ isByAuthor: true })]))).toHaveLength(1);
    expect(waivers(withReplies(failing, [reply({ isByAuthor: true })]))).toEqual([]);
    expect(waivers(withReplies(failing, [reply()]))).toHaveLength(1);
  });
});

describe('where replies could not be read', () => {
  const earlier = withReplies(results, [reply()]);

  it('what they ended on this head before stays ended', () => {
    expect(waivers(withEarlierReplies(results, earlier))).toEqual([
      { reason: 'nobody writes there yet', from: 'reply' },
    ]);
  });

  it('what the settings had ended does not: they were read', () => {
    const bySettings = reportWith([
      finding({ waiver: { reason: 'until the launch', from: 'settings', until: '2026-11-30' } }),
    ]).results;
    expect(findingsOf(report({ results: withEarlierReplies(results, bySettings) }))).toHaveLength(1);
  });
});
