import { describe, expect, test } from 'vitest';
import type { CoverageChain, StoredEntry } from '../../../src/collect/coverage-history/coverage-chain.ts';
import { storedHistory, storedTrend } from '../../../src/collect/coverage-history/stored-base.ts';
import type { JudgedRepository } from '../../../src/collect/git/judged-repository.ts';
import { unavailable } from '../../../src/core/part.ts';

/** Commits of a branch, newest first. */
const branch = Array.from({ length: 80 }, (_, n) => String(n).padStart(40, '0'));
const repository = {
  firstParents: async () => branch.map((id) => ({ id, committedAt: '2026-11-20T10:00:00Z' })),
} as unknown as JudgedRepository;

function entryOf(commit: string): StoredEntry {
  const totals = { hit: 8, partial: 1, miss: 1 };
  return { id: `of-${commit}`, writtenAt: '2026-11-20T11:00:00Z', commit, totals, shards: [], modules: [] };
}

/** A chain with entries of these commits, newest first; the lines of `lost` are not kept any more. */
function chainOf(commits: readonly string[], lost: readonly string[] = []): CoverageChain {
  return {
    index: async () => ({ tip: 'tip', entries: commits.map(entryOf), refused: [] }),
    read: async (entries) =>
      new Map(entries.filter(({ commit }) => !lost.includes(commit)).map(({ id }) => [id, new Map()])),
    append: async () => 'written',
    close: async () => undefined,
  };
}

const commit = (n: number) => branch[n] ?? '';
const baseOf = async (chain: CoverageChain) => (await storedHistory(repository, chain, commit(0))).base;

describe('the base of a comparison', () => {
  test('is the nearest measured commit that still has its lines', async () => {
    const chain = chainOf([commit(3), commit(7)], [commit(3)]);
    expect(await baseOf(chain)).toMatchObject({ base: { commit: commit(7), distance: 7 } });
  });

  test.each([
    [49, true],
    [50, false],
  ])('at a distance of %i is taken: %s', async (distance, isTaken) => {
    const base = await baseOf(chainOf([commit(distance)]));
    expect('base' in base).toBe(isTaken);
  });

  test.each([
    [
      'nothing is stored',
      chainOf([]),
      'no coverage has been stored for this repository yet; it is stored when the tests of the default branch are done',
    ],
    [
      'only another branch was measured',
      chainOf(['f'.repeat(40)]),
      'no coverage is stored for the merge base or any commit before it',
    ],
    [
      'what was measured is too far away',
      chainOf([commit(60)]),
      'no coverage is stored for the merge base or the 50 commits before it; what is older is too far away to compare with',
    ],
    [
      'the lines are not kept any more',
      chainOf([commit(2)], [commit(2)]),
      'which lines ran at the merge base and the commits before it is not kept any more; with a newer base there is something to compare with',
    ],
  ])('where %s, says so', async (_, chain, reason) => {
    expect(await baseOf(chain)).toEqual({ unavailable: reason });
  });
});

describe('the trend of a comparison', () => {
  test('leaves out measurements with a report that the newest lacks', async () => {
    const shards = (...names: readonly string[]) =>
      names.map((name) => ({ name, totals: { hit: 1, partial: 0, miss: 0 } }));
    const entries = [
      { ...entryOf(commit(1)), shards: shards('unit', 'new') },
      { ...entryOf(commit(2)), shards: shards('unit') },
      { ...entryOf(commit(3)), shards: shards('unit', 'browser') },
    ];
    const chain = { ...chainOf([commit(1)]), index: async () => ({ tip: 'tip', entries, refused: [] }) };
    const trend = [{ commit: commit(2) }, { commit: commit(1) }];
    expect((await storedHistory(repository, chain, commit(0))).trend).toMatchObject(trend);
    expect(await storedTrend(repository, chain, commit(0))).toMatchObject({
      trend,
      remarks: [
        '1 stored measurement has reports that the newest (0000000) lacks, and is not compared with it',
      ],
    });
  });
});

describe('the trend of a branch', () => {
  test('has its measured commits, oldest first, whether their lines are kept or not', async () => {
    const stored = await storedTrend(repository, chainOf([commit(1), commit(60)], [commit(60)]), commit(0));
    expect(stored).toMatchObject({
      trend: [
        { commit: commit(60), count: { ran: 9, lines: 10 } },
        { commit: commit(1), count: { ran: 9, lines: 10 } },
      ],
      remarks: [],
    });
  });

  test.each([
    [
      [],
      'no coverage has been stored for this repository yet; it is stored when the tests of the default branch are done',
    ],
    [['f'.repeat(40)], 'no coverage is stored for any commit of this branch'],
  ])('of commits %j says why there is none', async (commits, reason) => {
    expect(await storedTrend(repository, chainOf(commits), commit(0))).toEqual({ unavailable: reason });
  });

  test('is missing for the reason for which the chain cannot be read', async () => {
    const broken = { ...chainOf([]), index: async () => unavailable('the server is gone') };
    expect(await storedTrend(repository, broken, commit(0))).toEqual({ unavailable: 'the server is gone' });
  });
});
