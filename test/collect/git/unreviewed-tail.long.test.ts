import { afterEach, describe, expect, test } from 'vitest';
import { createGitRepository, type GitFiles, type GitRepository } from '../../support/git-repository.ts';
import { createCleanup, opened, present } from './opened.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

const lines = (...numbers: readonly (number | string)[]) =>
  numbers.map((number) => `line ${number}\n`).join('');
const ten = lines(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

/** A base with one file of ten lines, and an approved change that edits line 9 and adds a file of three lines. */
function approvedChange(base: GitFiles = { 'a.txt': ten }) {
  const repo = cleanup.add(createGitRepository(), (one) => one.remove());
  repo.commit(base);
  repo.branch('feature', 'main');
  repo.commit({ 'a.txt': ten.replace('line 9\n', 'line nine\n') }, { branch: 'feature' });
  const approved = repo.commit({ 'new.txt': lines('a', 'b', 'c') }, { branch: 'feature' });
  return { repo, approved };
}

async function tailOf(
  repo: GitRepository,
  approved: string,
  head = repo.id('feature'),
  base = repo.id('main'),
) {
  const judged = await opened(cleanup, { checkout: repo.folder });
  return present(await judged.unreviewedTail({ base, head, approved }));
}

const nothing = { addedLines: 0, deletedLines: 0, files: [], method: 'replayed' };

describe('Nothing is unreviewed', () => {
  test('when the head is what was approved', async () => {
    const { repo, approved } = approvedChange();
    expect(await tailOf(repo, approved)).toEqual(nothing);
  });

  test('after a rebase onto a base that moved, in the same file too', async () => {
    const { repo, approved } = approvedChange();
    repo.commit({ 'a.txt': `line 0\n${ten}`, 'other.txt': 'other\n' });
    expect(repo.rebase('feature', 'main')).not.toBe(approved);
    expect(await tailOf(repo, approved)).toEqual(nothing);
  });

  test("after an update-merge by GitHub's button", async () => {
    const { repo, approved } = approvedChange();
    repo.commit({ 'a.txt': `line 0\n${ten}`, 'other.txt': 'other\n' });
    repo.merge('feature', 'main');
    expect(await tailOf(repo, approved)).toEqual(nothing);
  });

  test('after an update-merge when the base has moved on once more', async () => {
    const { repo, approved } = approvedChange();
    repo.commit({ 'a.txt': `line 0\n${ten}` });
    repo.merge('feature', 'main');
    repo.commit({ 'a.txt': `line -1\nline 0\n${ten}` });
    expect(await tailOf(repo, approved)).toEqual(nothing);
  });

  test('after a squash of the approved commits', async () => {
    const { repo, approved } = approvedChange();
    repo.commit([], { branch: 'squashed', parents: ['main'], tree: 'feature' });
    expect(await tailOf(repo, approved, repo.id('squashed'))).toEqual(nothing);
  });

  test('after an amend that changes the message alone', async () => {
    const { repo, approved } = approvedChange();
    const head = repo.commit([], {
      branch: 'amended',
      parents: [`${approved}^`],
      tree: approved,
      message: 'Better',
    });
    expect(await tailOf(repo, approved, head)).toEqual(nothing);
  });

  test('after a rebase over a rename of the file in the base', async () => {
    const { repo, approved } = approvedChange();
    repo.commit({ 'a.txt': null, 'renamed.txt': ten });
    repo.rebase('feature', 'main');
    expect(repo.git('ls-tree', '--name-only', 'feature')).toBe('new.txt\nrenamed.txt');
    expect(await tailOf(repo, approved)).toEqual(nothing);
  });

  test('after a rebase onto an older base', async () => {
    const repo = cleanup.add(createGitRepository(), (one) => one.remove());
    const old = repo.commit({ 'a.txt': ten });
    repo.commit({ 'base.txt': 'of the base\n' });
    const approved = repo.commit({ 'new.txt': 'n\n' }, { branch: 'feature', parents: ['main'] });
    const head = repo.commit({ 'new.txt': 'n\n' }, { branch: 'older', parents: [old] });
    expect(await tailOf(repo, approved, head)).toEqual(nothing);
  });

  test('after a retarget to the base that took the lower change as a squash', async () => {
    const repo = cleanup.add(createGitRepository(), (one) => one.remove());
    repo.commit({ 'a.txt': ten });
    repo.commit({ 'lower.txt': 'lower\n' }, { branch: 'lower', parents: ['main'] });
    const approved = repo.commit({ 'upper.txt': 'upper\n' }, { branch: 'feature', parents: ['lower'] });
    repo.commit({ 'lower.txt': 'lower\n' });
    const head = repo.commit({ 'upper.txt': 'upper\n' }, { branch: 'moved', parents: ['main'] });
    expect(await tailOf(repo, approved, head)).toEqual(nothing);
  });
});

describe('Where the branch and the base have merged one another crosswise', () => {
  function crossed() {
    const { repo, approved } = approvedChange();
    const before = repo.commit({ 'other.txt': 'other\n' });
    repo.merge('main', 'feature');
    repo.commit([], { branch: 'feature', parents: ['feature', before], tree: 'main' });
    expect(repo.git('merge-base', '--all', 'main', 'feature').split('\n')).toHaveLength(2);
    return { repo, approved };
  }

  test('what both had before is not newer than the approval', async () => {
    const { repo, approved } = crossed();
    expect(await tailOf(repo, approved)).toEqual(nothing);
  });

  test('a line on top is', async () => {
    const { repo, approved } = crossed();
    repo.commit({ 'new.txt': lines('a', 'b', 'c', 'd') }, { branch: 'feature' });
    expect(await tailOf(repo, approved)).toEqual({
      addedLines: 1,
      deletedLines: 0,
      files: [{ path: 'new.txt', added: [{ start: 4, end: 4 }], deletedLines: 0 }],
      method: 'replayed',
    });
  });

  test('an update that brings two branches of the base at once adds nothing', async () => {
    const { repo, approved } = approvedChange();
    repo.commit({ 'side.txt': 'side\n' }, { branch: 'side', parents: ['main'] });
    repo.commit({ 'other.txt': 'other\n' });
    repo.commit(
      { 'other.txt': 'other\n', 'side.txt': 'side\n' },
      { branch: 'feature', parents: ['feature', 'main', 'side'] },
    );
    repo.merge('main', 'side');
    expect(await tailOf(repo, approved)).toEqual(nothing);
  });

  test('bases that conflict with one another leave the first of them', async () => {
    const { repo, approved } = approvedChange();
    const before = repo.commit({ 'a.txt': ten.replace('line 9\n', 'line IX\n') });
    const both = { 'a.txt': ten.replace('line 9\n', 'line nine\nline IX\n') };
    repo.merge('main', 'feature', both);
    repo.commit(both, { branch: 'feature', parents: ['feature', before], tree: 'main' });
    expect(await tailOf(repo, approved)).toMatchObject({ method: 'replayed' });
  });
});

describe('Exactly the lines changed after the approval count', () => {
  test('after a commit on top', async () => {
    const { repo, approved } = approvedChange();
    repo.commit({ 'new.txt': lines('a', 'b2', 'c', 'd') }, { branch: 'feature' });
    expect(await tailOf(repo, approved)).toEqual({
      addedLines: 2,
      deletedLines: 1,
      files: [
        {
          path: 'new.txt',
          added: [
            { start: 2, end: 2 },
            { start: 4, end: 4 },
          ],
          deletedLines: 1,
        },
      ],
      method: 'replayed',
    });
  });

  test('after a rebase that also changes a line, in the numbering of the head', async () => {
    const { repo, approved } = approvedChange();
    repo.commit({ 'a.txt': `line 0\n${ten}` });
    repo.rebase('feature', 'main');
    repo.commit({ 'a.txt': `line 0\n${ten.replace('line 9\n', 'line IX\n')}` }, { branch: 'feature' });
    expect(await tailOf(repo, approved)).toEqual({
      addedLines: 1,
      deletedLines: 1,
      files: [{ path: 'a.txt', added: [{ start: 10, end: 10 }], deletedLines: 1 }],
      method: 'replayed',
    });
  });

  test('after a force-push that drops the last approved commit', async () => {
    const { repo, approved } = approvedChange();
    repo.branch('feature', `${approved}^`);
    expect(await tailOf(repo, approved)).toEqual({
      addedLines: 0,
      deletedLines: 3,
      files: [{ path: 'new.txt', added: [], deletedLines: 3 }],
      method: 'replayed',
    });
  });

  test('after an amend that changes content', async () => {
    const { repo, approved } = approvedChange();
    const head = repo.commit(
      { 'new.txt': lines('a', 'b', 'C') },
      { branch: 'amended', parents: [`${approved}^`] },
    );
    expect(await tailOf(repo, approved, head)).toMatchObject({
      addedLines: 1,
      deletedLines: 1,
      method: 'replayed',
    });
  });

  test('after a revert of the approved change', async () => {
    const { repo, approved } = approvedChange();
    repo.commit([], { branch: 'feature', tree: 'main', message: 'Revert' });
    expect(await tailOf(repo, approved)).toEqual({
      addedLines: 1,
      deletedLines: 4,
      files: [
        { path: 'a.txt', added: [{ start: 9, end: 9 }], deletedLines: 1 },
        { path: 'new.txt', added: [], deletedLines: 3 },
      ],
      method: 'replayed',
    });
  });

  test('after a change hidden inside an update-merge', async () => {
    const { repo, approved } = approvedChange();
    repo.commit({ 'other.txt': 'other\n' });
    repo.merge('feature', 'main', { 'new.txt': lines('a', 'b', 'c', 'smuggled') });
    expect(await tailOf(repo, approved)).toEqual({
      addedLines: 1,
      deletedLines: 0,
      files: [{ path: 'new.txt', added: [{ start: 4, end: 4 }], deletedLines: 0 }],
      method: 'replayed',
    });
  });

  test('a changed binary file is listed, without lines', async () => {
    const { repo, approved } = approvedChange();
    repo.commit({ 'logo.png': Buffer.from([0x89, 0, 1, 2]) }, { branch: 'feature' });
    expect(await tailOf(repo, approved)).toEqual({
      addedLines: 0,
      deletedLines: 0,
      files: [{ path: 'logo.png', added: [], deletedLines: 0 }],
      method: 'replayed',
    });
  });

  test('attributes cannot call a conflict merged or a file binary', async () => {
    const { repo, approved } = approvedChange({
      'a.txt': ten,
      '.gitattributes': '*.txt binary merge=union\n',
    });
    repo.commit({ 'a.txt': ten.replace('line 9\n', 'line IX\n') });
    repo.merge('feature', 'main', { 'a.txt': ten.replace('line 9\n', 'line nine\nline IX\n') });
    expect(await tailOf(repo, approved)).toEqual({
      addedLines: 0,
      deletedLines: 0,
      files: [],
      method: 'patches',
    });
  });
});

describe('Where the approved change and the base conflict, patches are compared', () => {
  test('and only the lines of the resolution count', async () => {
    const { repo, approved } = approvedChange();
    repo.commit({ 'a.txt': ten.replace('line 9\n', 'line IX\n'), 'other.txt': 'other\n' });
    repo.merge('feature', 'main', { 'a.txt': ten.replace('line 9\n', 'line nine (IX)\n') });
    expect(await tailOf(repo, approved)).toEqual({
      addedLines: 1,
      // "line nine" was approved and is gone; "line IX" was the base's and is gone.
      deletedLines: 2,
      files: [{ path: 'a.txt', added: [{ start: 9, end: 9 }], deletedLines: 2 }],
      method: 'patches',
    });
  });

  test('and files without conflict are still compared exactly', async () => {
    const { repo, approved } = approvedChange();
    repo.commit({ 'a.txt': ten.replace('line 9\n', 'line IX\n') });
    repo.merge('feature', 'main', {
      'a.txt': ten.replace('line 9\n', 'line nine\n'),
      'new.txt': lines('a', 'b', 'c', 'd'),
    });
    expect(await tailOf(repo, approved)).toEqual({
      addedLines: 1,
      deletedLines: 1,
      files: [
        { path: 'a.txt', added: [], deletedLines: 1 },
        { path: 'new.txt', added: [{ start: 4, end: 4 }], deletedLines: 0 },
      ],
      method: 'patches',
    });
  });

  test('and a line that the approved change deleted and the head has again counts as added', async () => {
    const { repo, approved } = approvedChange();
    repo.commit({ 'a.txt': ten.replace('line 10\n', 'line X\n') });
    repo.merge('feature', 'main', { 'a.txt': ten.replace('line 10\n', 'line X\n') });
    expect(await tailOf(repo, approved)).toEqual({
      addedLines: 1,
      deletedLines: 1,
      files: [{ path: 'a.txt', added: [{ start: 9, end: 9 }], deletedLines: 1 }],
      method: 'patches',
    });
  });

  test('and a file that the approved change deleted and the resolution keeps counts with its lines', async () => {
    const { repo } = approvedChange();
    const approved = repo.commit({ 'a.txt': null }, { branch: 'feature' });
    const edited = ten.replace('line 1\n', 'line I\n');
    repo.commit({ 'a.txt': edited });
    repo.merge('feature', 'main', { 'a.txt': edited });
    expect(await tailOf(repo, approved)).toMatchObject({
      addedLines: 9,
      deletedLines: 0,
      files: [{ path: 'a.txt', added: [{ start: 2, end: 10 }], deletedLines: 0 }],
    });
  });

  test('and an approved line that the base has brought itself is not gone', async () => {
    const { repo, approved } = approvedChange();
    const edited = ten.replace('line 9\nline 10\n', 'line nine\nline X\n');
    repo.commit({ 'a.txt': edited });
    repo.merge('feature', 'main', { 'a.txt': edited });
    expect(await tailOf(repo, approved)).toEqual({ ...nothing, method: 'patches' });
  });
});

describe('Where there is nothing to compare', () => {
  test('the reason is given', async () => {
    const { repo, approved } = approvedChange();
    const stranger = repo.commit({ 'x.txt': 'x\n' }, { branch: 'stranger', parents: [] });
    const judged = await opened(cleanup, { checkout: repo.folder });
    const base = repo.id('main');
    expect(await judged.unreviewedTail({ base, head: stranger, approved })).toEqual({
      unavailable: `The lines changed after the approval could not be read: ${base} and ${stranger} have no commit in common.`,
    });
    expect(await judged.unreviewedTail({ base, head: approved, approved: '3'.repeat(40) })).toEqual({
      unavailable: `The lines changed after the approval could not be read: commit ${'3'.repeat(40)} could not be had: there is no remote to fetch it from.`,
    });
  });
});
