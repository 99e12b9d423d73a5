import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { collectBranchCourt } from '../../../src/collect/court/collect-branch-court.ts';
import { openCoverageChain } from '../../../src/collect/coverage-history/coverage-chain.ts';
import type { CoverageFacts, StatusRun } from '../../../src/core/coverage-facts.ts';
import { isUnavailable, unavailable } from '../../../src/core/part.ts';
import { createGitRepository } from '../../support/git-repository.ts';

const repository = createGitRepository();
const scratchFolder = mkdtempSync(join(tmpdir(), 'court-test-'));

afterEach(() => {
  repository.remove();
  rmSync(scratchFolder, { recursive: true, force: true });
});

it('the coverage that is stored for the commit of a merge is what its rules see, with what was before', async () => {
  const on = (date: string) => ({ date: `${date}T12:00:00Z` });
  const lines = (count: number) => Array.from({ length: count }, (_, n) => `work(${n});\n`).join('');
  const first = repository.commit({ 'src/a.ts': lines(10) }, { message: 'Begin', ...on('2025-01-01') });
  const second = repository.commit(
    { 'src/a.ts': lines(16) },
    { message: 'Add six (#1)', ...on('2025-01-02') },
  );
  repository.commit({ 'src/b.ts': lines(2) }, { message: 'Add two (#2)', ...on('2025-01-03') });
  repository.commit({ 'src/c.ts': lines(2) }, { message: 'Add c (#3)', ...on('2025-12-01') });
  const chain = await openCoverageChain({ remote: { url: repository.gitDirectory }, scratchFolder });
  if (isUnavailable(chain)) throw new Error(chain.unavailable);
  const record = (commit: string, ...runs: readonly StatusRun[]) => ({
    commit,
    shards: new Map([['unit', new Map([['src/a.ts', runs]])]]),
    modules: [],
  });
  expect(await chain.append(record(first, [1, 10, 'hit']), undefined)).toBe('written');
  const index = await chain.index();
  if (isUnavailable(index)) throw new Error(index.unavailable);
  expect(await chain.append(record(second, [1, 12, 'hit'], [13, 4, 'miss']), index.tip)).toBe('written');
  await chain.close();

  const seen: (CoverageFacts | string)[] = [];
  const facts = await collectBranchCourt({
    now: '2026-01-01T00:00:00Z',
    seed: 1,
    repository: { name: 'shop' },
    watchedDays: 180,
    learnedDays: 180,
    rules: [],
    judge: ([moment]) => {
      if (moment) seen.push(isUnavailable(moment.coverage) ? moment.coverage.unavailable : moment.coverage);
      return {};
    },
    checkout: repository.folder,
    scratchFolder,
    since: '2024-01-01T00:00:00Z',
    most: 100,
    github: unavailable('nobody asked'),
  });
  if (isUnavailable(facts)) throw new Error(facts.unavailable);
  expect(facts.changes.map(({ name }) => name)).toEqual(['#1', '#2']);
  expect(facts.limits).toContain(
    'coverage is stored for 2 commits; of other changes the rules about it say nothing',
  );
  const measured = seen.find((one) => typeof one !== 'string');
  expect(measured).toMatchObject({
    measuredCommit: second,
    changed: [
      {
        path: 'src/a.ts',
        runs: [
          [1, 12, 'hit'],
          [13, 4, 'miss'],
        ],
      },
    ],
    base: { commit: first, from: 'history', distance: 0 },
  });
  expect(seen.filter((one) => typeof one === 'string')).toEqual([
    'no coverage is stored for the day it was merged',
  ]);
});
