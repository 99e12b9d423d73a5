import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GitRepository } from '../../support/git-repository.ts';
import { courtOn, shopHistory } from './shop-history.ts';

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

const court = () => courtOn({ checkout: repository.folder, scratchFolder });

describe('the court on a clone', () => {
  it('tells what became of each merged change, and leaves out what is too young', async () => {
    const facts = await court();
    expect(facts.changes.map(({ name, outcome, lines }) => `${name} ${outcome} ${lines}`)).toEqual([
      '#1 fixed 3',
      '#2 reverted 1',
      // Its fix came after eight months.
      '#3 fine 1',
      '#4 fine 2',
      '#5 fine 1',
    ]);
    expect(facts.counts).toEqual({ merged: 7, tooYoung: 2, wentBadly: 2, notDrawn: 0, notRead: 0 });
    expect(facts.until).toBe('2025-10-01T12:00:00.000Z');
  });

  it('does not take a commit from the future for time in which the others were watched', async () => {
    const { until, counts } = await courtOn(
      { checkout: repository.folder, scratchFolder },
      { now: '2025-08-01T00:00:00Z' },
    );
    expect(until).toBe('2025-02-03T12:00:00.000Z');
    expect(counts).toEqual({ merged: 7, tooYoung: 7, wentBadly: 0, notDrawn: 0, notRead: 0 });
  });
});
