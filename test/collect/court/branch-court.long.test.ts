import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectBranchCourt } from '../../../src/collect/court/collect-branch-court.ts';
import type { BranchCourtRequest } from '../../../src/collect/court/court-request.ts';
import { isUnavailable, unavailable } from '../../../src/core/part.ts';
import { createGitRepository, type GitRepository } from '../../support/git-repository.ts';
import { courtOn, shopHistory, text } from './shop-history.ts';

let repository: GitRepository;
let scratchFolder: string;

beforeAll(() => {
  repository = shopHistory();
  scratchFolder = mkdtempSync(join(tmpdir(), 'court-test-'));
});

afterAll(() => {
  repository.remove();
  rmSync(scratchFolder, { recursive: true, force: true });
});

const court = (over: Partial<BranchCourtRequest> = {}) =>
  courtOn({ checkout: repository.folder, scratchFolder }, over);

describe('the court on a clone', () => {
  it('watches for as long as it is told', async () => {
    const { changes } = await court({ watchedDays: 20 });
    expect(changes.map(({ outcome }) => outcome)).toEqual(['fine', 'fine', 'fine', 'fine', 'fine']);
  });

  it('hands every rule the change as it was merged, with the moment', async () => {
    const seen: string[] = [];
    await court({
      judge: ([facts]) => {
        if (facts && !isUnavailable(facts.change))
          seen.push(`${facts.now} ${facts.change.files.map(({ path }) => path).join()}`);
        return {};
      },
    });
    expect(seen.toSorted()[0]).toBe('2025-01-10T12:00:00.000Z src/tax.ts');
    expect(seen).toHaveLength(5);
  });

  it('draws the same part for the same seed', async () => {
    const names = async (seed: number) => (await court({ seed, most: 3 })).changes.map(({ name }) => name);
    expect(await names(3)).toEqual(await names(3));
    expect((await court({ most: 3 })).counts.notDrawn).toBe(2);
  });

  it('judges the branch of a merge, and takes its title from the merge', async () => {
    const merged = createGitRepository();
    const on = (date: string) => ({ date: `${date}T12:00:00Z` });
    merged.commit({ 'a.ts': text('export const a = 1;') }, { message: 'Begin', ...on('2025-01-01') });
    merged.commit(
      { 'b.ts': text('export const b = 1;') },
      { branch: 'work', parents: [merged.id('main')], message: 'wip', ...on('2025-01-02') },
    );
    merged.commit({ 'c.ts': text('export const c = 1;') }, { message: 'Add c (#1)', ...on('2025-01-03') });
    merged.commit(
      { 'b.ts': text('export const b = 1;') },
      {
        message: 'Merge pull request #2 from acme/work\n\nFix b',
        parents: [merged.id('main'), merged.id('work')],
        ...on('2025-01-04'),
      },
    );
    merged.commit({ 'd.ts': 'export {};\n' }, { message: 'Add d (#3)', ...on('2025-12-01') });
    const seen: string[] = [];
    const facts = await court({
      checkout: merged.folder,
      now: '2026-01-01T00:00:00Z',
      judge: ([moment]) => {
        if (moment && !isUnavailable(moment.change))
          seen.push(moment.change.files.map(({ path }) => path).join());
        return {};
      },
    });
    merged.remove();
    expect(facts.changes.map(({ name }) => name)).toEqual(['#1', '#2']);
    expect(seen.toSorted()).toEqual(['b.ts', 'c.ts']);
  });

  it('says when nothing was merged', async () => {
    const facts = court({ since: '2026-01-01T00:00:00Z' });
    await expect(facts).rejects.toThrow(
      `Nothing was merged in ${repository.folder} from 2026-01-01 on. Is there an earlier day to begin with?`,
    );
  });

  it('says what is wrong with a folder that holds no history', async () => {
    const facts = await collectBranchCourt({
      now: '2025-10-02T00:00:00Z',
      seed: 1,
      repository: { name: 'shop' },
      watchedDays: 180,
      learnedDays: 180,
      rules: [],
      judge: () => ({}),
      checkout: join(scratchFolder, 'nowhere'),
      scratchFolder,
      since: '2024-01-01T00:00:00Z',
      most: 100,
      github: unavailable('nobody asked'),
    });
    expect(facts).toEqual({
      unavailable: `The history in ${join(scratchFolder, 'nowhere')} could not be read: there is no such folder.`,
    });
  });
});
