import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../../src/entry/command-line/check.ts';
import { momentOf } from '../../../src/entry/command-line/history.ts';
import { createGitRepository, type GitRepository } from '../../support/git-repository.ts';

let repository: GitRepository;

beforeAll(() => {
  repository = createGitRepository();
  repository.commit({ 'a.txt': 'a\n' }, { date: '2026-01-05T09:00:00Z' });
  repository.commit({ 'b.txt': 'b\n' }, { date: '2026-01-06T09:00:00Z' });
});

afterAll(() => repository.remove());

describe('a base that is named by its id', () => {
  it('is told by the first seven places of it', async () => {
    const base = repository.id('main^');
    const { output } = await check(['--repo', repository.folder, '--base', base, '--head', 'main']);
    expect(output).toContain(`against ${base.slice(0, 7)} · 1 file`);
    expect(output).not.toContain(base);
  });
});

describe('the day until which history is told', () => {
  it.each([
    ['2026-01-11', '2026-01-12T00:00:00.000Z'],
    ['2026-01-11T12:00:00Z', '2026-01-11T12:00:00.000Z'],
  ])('%s: a day counts to its end, a moment as it is', (until, moment) => {
    expect(momentOf(until)).toBe(moment);
  });
});
