import { describe, expect, it } from 'vitest';
import { describeEntry, isFixTitle } from '../../../src/collect/court/describe-entry.ts';
import { drawChanges } from '../../../src/collect/court/draw-changes.ts';
import { findReverted } from '../../../src/collect/court/find-reverted.ts';
import { readRecordedOutcomes } from '../../../src/collect/court/recorded-outcomes.ts';
import { seededRandom } from '../../../src/core/statistics/seeded-random.ts';

describe('a title that repairs behaviour', () => {
  it.each([
    'Fix refund of an order in parts',
    'fix(orders): round half a cent up',
    'Bugfix on TransactionsView',
    'Crash when the cart is empty',
    'hotfix: sessions end too early',
  ])('%s', (title) => expect(isFixTitle(title)).toBe(true));

  it.each([
    'Add refunds in parts',
    'fix typo in the README',
    'Fix flaky test of the cart',
    'chore: fix lint warnings',
    'feat: fixed prices',
    'docs(api): fix example',
    'Fixtures for orders',
    'prefix routes',
  ])('is not %s', (title) => expect(isFixTitle(title)).toBe(false));
});

describe('what a message tells', () => {
  it('of a merge by GitHub is number, title and kind of the pull request', () => {
    expect(
      describeEntry('Merge pull request #12 from acme/fix-refunds\n\nFix refunds in parts\n', 'human'),
    ).toEqual({
      pullRequest: 12,
      title: 'Fix refunds in parts',
      kind: 'ordinary',
      isFix: true,
      isRevert: false,
    });
  });

  it('of a squash is its first line', () => {
    expect(describeEntry('Add refunds (#7)\n\nLonger text.', 'human')).toMatchObject({
      pullRequest: 7,
      title: 'Add refunds (#7)',
      isFix: false,
    });
  });

  it('of a merge without a title is the branch', () => {
    expect(describeEntry("Merge branch 'fix/refunds' into main", 'human')).toMatchObject({
      title: 'fix refunds',
      isFix: true,
    });
  });

  it('of bors is the number', () => {
    expect(describeEntry('Auto merge of #311 - ada:refunds, r=mira\n\nAdd refunds', 'bot')).toMatchObject({
      pullRequest: 311,
      title: 'Add refunds',
      kind: 'by a bot',
    });
  });

  it('of Gerrit is the title in its quotes', () => {
    expect(describeEntry('Merge "Fix refunds in parts" into stable/1', 'human')).toMatchObject({
      title: 'Fix refunds in parts',
      isFix: true,
    });
  });

  it('knows the branches of machines', () => {
    const message = 'Merge pull request #3 from acme/dependabot/npm/left-pad-2\n\nBump left-pad';
    expect(describeEntry(message, 'human').kind).toBe('by a bot');
  });
});

describe('reverts', () => {
  const entries = (...messages: readonly string[]) =>
    messages.map((message, n) => ({
      id: `${n}`.repeat(40),
      message,
      description: describeEntry(message, 'human'),
    }));
  const found = (...messages: readonly string[]) => Object.fromEntries(findReverted(entries(...messages)));

  it('name the commit they take back', () => {
    expect(found('Add a', 'Add b', `Revert "Add a"\n\nThis reverts commit ${'0'.repeat(40)}.`)).toEqual({
      2: 0,
    });
  });

  it('name the pull request in the text, in the branch or in the quoted title', () => {
    expect(found('Add a (#1)', 'Revert "x" (#2)\n\nReverts acme/shop#1')).toEqual({ 1: 0 });
    expect(found('Add a (#1)', 'Merge pull request #2 from acme/revert-1-a\n\nRevert "Add a"')).toEqual({
      1: 0,
    });
    const merge = 'Merge pull request #1 from ada/a';
    expect(found(`${merge}\n\nAdd a`, `Revert "${merge}"\n\nToo slow.`)).toEqual({ 1: 0 });
    expect(found('Add a (#1)', 'Revert "Add a (#1)" (#2)')).toEqual({ 1: 0 });
  });

  it('name the title alone, of which the newest is meant', () => {
    expect(found('Add a', 'Add a', 'Revert "Add a"')).toEqual({ 2: 1 });
  });

  it('of a revert bring something back and are none of what it took back', () => {
    expect(found('Add a', 'Revert "Add a"', 'Revert "Revert "Add a""')).toEqual({ 1: 0 });
  });

  it('of something older than the list find nothing', () => {
    expect(found('Add b', `Revert "Add a"\n\nThis reverts commit ${'9'.repeat(40)}.`)).toEqual({});
    expect(found('Add b', 'Revert "Add z (#99)" (#100)')).toEqual({});
  });
});

describe('the draw', () => {
  const all = Array.from({ length: 1000 }, (_, n) => ({
    n,
    isBad: n % 20 === 0,
    touchesMigrations: n % 25 === 1,
  }));

  it('keeps all that went badly, and those with migrations, where there is room', () => {
    const drawn = drawChanges(all, 200, seededRandom(1));
    expect(drawn).toHaveLength(200);
    expect(drawn.filter(({ isBad }) => isBad)).toHaveLength(50);
    expect(drawn.filter(({ touchesMigrations }) => touchesMigrations)).toHaveLength(40);
    expect(drawn.map(({ n }) => n)).toEqual(drawn.map(({ n }) => n).toSorted((a, b) => a - b));
  });

  it('is the same for the same seed, and everything where that is few', () => {
    expect(drawChanges(all, 100, seededRandom(9))).toEqual(drawChanges(all, 100, seededRandom(9)));
    expect(drawChanges(all, 100, seededRandom(9))).not.toEqual(drawChanges(all, 100, seededRandom(8)));
    expect(drawChanges(all, 1000, seededRandom(9))).toBe(all);
  });
});

describe('recorded outcomes', () => {
  it('say where they are wrong', () => {
    expect(() => readRecordedOutcomes('{', 'o.json')).toThrow('o.json is no JSON');
    expect(() =>
      readRecordedOutcomes(
        '{"schemaVersion":1,"observedUntil":"2026-01-01T00:00:00Z","outcomes":[{"pullRequest":1,"kind":"bad","at":"2026-01-01T00:00:00Z"}]}',
        'o.json',
      ),
    ).toThrow(/^o\.json holds no recorded outcomes: outcomes\[0\]\.kind: .*docs\/court\.md\.$/);
  });
});
