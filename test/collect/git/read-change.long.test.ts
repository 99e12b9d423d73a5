import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createGitRepository, type GitFiles } from '../../support/git-repository.ts';
import { createCleanup, opened, people, present } from './opened.ts';

const cleanup = createCleanup();
afterEach(async () => {
  vi.unstubAllEnvs();
  await cleanup.run();
});

const thirty = Array.from({ length: 30 }, (_, index) => `line ${index + 1}\n`);

/** The change from one set of files to another. */
async function changeOf(before: GitFiles, after: GitFiles) {
  const repo = cleanup.add(createGitRepository(), (one) => one.remove());
  const base = repo.commit(before);
  const head = repo.commit(after, { branch: 'feature', parents: [base] });
  const judged = await opened(cleanup, { checkout: repo.folder });
  const change = present(await judged.readChange({ base, head, baseName: 'main' }));
  return { repo, judged, base, head, change };
}

describe('Names', () => {
  const names = [
    'new\nline.sql',
    'tab\there.sql',
    '"quoted".sql',
    'back\\slash.sql',
    '-leading-dash.sql',
    '--output=x.sql',
    '%0A::error::x.sql',
    '::error file=a::b.sql',
    'b\n@@ -1 +1,99 @@\n+evil.sql',
    'a b/ c .sql ',
    ':(glob)**.sql',
    'ünï/cødé 日本.sql',
    '\u202egnp.sql',
    'cafe\u0301.sql',
    'café.sql',
    `${'long/'.repeat(200)}x.sql`,
    '.gitattributes.sql',
    'diff --git a/x b/x',
  ];

  test('of every kind are read as they are, each with its own lines', async () => {
    const before = Object.fromEntries(names.map((name) => [name, 'one\ntwo\n']));
    const after = Object.fromEntries(
      names.map((name, index) => [name, `one\ntwo\n${'more\n'.repeat(index + 1)}`]),
    );
    const { change, judged, head } = await changeOf(before, after);
    expect(change.files.map(({ path }) => path).toSorted()).toEqual(names.toSorted());
    for (const [index, name] of names.entries()) {
      const file = change.files.find(({ path }) => path === name);
      expect(file?.added, name).toEqual([{ start: 3, end: 3 + index }]);
      const content = await judged.readFile(head, name);
      expect(Buffer.from(content as Uint8Array).toString(), name).toBe(after[name]);
    }
  });

  test('that are no UTF-8 have U+FFFD for what cannot be read, and two of them stay two files', async () => {
    const file = (byte: number, text: string) => [Buffer.from([0x61, byte, 0x2e, 0x73]), text] as const;
    const { change } = await changeOf(
      [file(0xff, 'a\n'), file(0xfe, 'a\n')],
      [file(0xff, 'a\nb\n'), file(0xfe, 'b\nb\nb\n')],
    );
    expect(change.files.map(({ path, added }) => [path, added])).toEqual([
      ['a\ufffd.s', [{ start: 1, end: 3 }]],
      ['a\ufffd.s', [{ start: 2, end: 2 }]],
    ]);
  });

  test('are sorted by their bytes', async () => {
    const { change } = await changeOf({}, { b: 'b', 'a/z': 'z', 'a-z': 'z', Z: 'z', é: 'é' });
    expect(change.files.map(({ path }) => path)).toEqual(['Z', 'a-z', 'a/z', 'b', 'é']);
  });
});

describe('A changed file', () => {
  test('has hunks with three lines of context, as GitHub anchors comments on them', async () => {
    const after = thirty.with(4, 'changed\n').with(9, 'changed\n').toSpliced(20, 0, 'new\n').toSpliced(29, 1);
    const { change } = await changeOf({ 'a.txt': thirty.join('') }, { 'a.txt': after.join('') });
    expect(change.files).toEqual([
      {
        path: 'a.txt',
        status: 'modified',
        kind: 'file',
        isBinary: false,
        hunks: [
          { baseStart: 2, baseLines: 12, headStart: 2, headLines: 12 },
          { baseStart: 18, baseLines: 6, headStart: 18, headLines: 7 },
          { baseStart: 26, baseLines: 5, headStart: 27, headLines: 4 },
        ],
        added: [
          { start: 5, end: 5 },
          { start: 10, end: 10 },
          { start: 21, end: 21 },
        ],
        deleted: [
          { start: 5, end: 5 },
          { start: 10, end: 10 },
          { start: 29, end: 29 },
        ],
      },
    ]);
  });

  test('may be renamed, with and without an edit', async () => {
    const { change } = await changeOf(
      { 'old.txt': thirty.join(''), 'same.txt': 'other\ncontent\nhere\n' },
      {
        'old.txt': null,
        'dir/new.txt': thirty.with(0, 'edited\n').join(''),
        'same.txt': null,
        'moved.txt': 'other\ncontent\nhere\n',
      },
    );
    expect(change.files).toMatchObject([
      { path: 'dir/new.txt', previousPath: 'old.txt', status: 'renamed', added: [{ start: 1, end: 1 }] },
      { path: 'moved.txt', previousPath: 'same.txt', status: 'renamed', hunks: [], added: [], deleted: [] },
    ]);
  });

  test('may be deleted, emptied, or lose its last line end', async () => {
    const { change } = await changeOf(
      { 'gone.txt': 'a\nb\n', 'empty.txt': 'a\n', 'end.txt': 'a\nb\n', 'mode.sh': 'x\n' },
      { 'gone.txt': null, 'empty.txt': '', 'end.txt': 'a\nb', 'mode.sh': { executable: 'x\n' } },
    );
    expect(change.files.map(({ path, status, added, deleted }) => [path, status, added, deleted])).toEqual([
      ['empty.txt', 'modified', [], [{ start: 1, end: 1 }]],
      ['end.txt', 'modified', [{ start: 2, end: 2 }], [{ start: 2, end: 2 }]],
      ['gone.txt', 'deleted', [], [{ start: 1, end: 2 }]],
      ['mode.sh', 'modified', [], []],
    ]);
  });

  test('may be a symlink or a submodule, before or after', async () => {
    const one = '1'.repeat(40);
    const { change } = await changeOf(
      {
        link: { link: '/etc/passwd' },
        sub: { submodule: one },
        'file-to-link': 'a\nb\n',
        'file-to-sub': 'a\n',
      },
      {
        link: { link: '/etc/shadow' },
        sub: { submodule: '2'.repeat(40) },
        'file-to-link': { link: 'a' },
        'file-to-sub': { submodule: one },
      },
    );
    expect(
      change.files.map(({ path, status, kind, added, deleted }) => [
        path,
        status,
        kind,
        added.length,
        deleted.length,
      ]),
    ).toEqual([
      ['file-to-link', 'type-changed', 'symlink', 1, 1],
      ['file-to-sub', 'type-changed', 'submodule', 0, 1],
      ['link', 'modified', 'symlink', 1, 1],
      ['sub', 'modified', 'submodule', 0, 0],
    ]);
  });

  test('is binary by its content, whatever the attributes say', async () => {
    const { change } = await changeOf(
      { '.gitattributes': '*.sql binary\n*.bin text diff\n*.u16 working-tree-encoding=UTF-16\n*.h -diff\n' },
      { 'a.sql': 'drop table a;\n', 'b.bin': Buffer.from([1, 0, 2]), 'c.u16': 'text\n', 'd.h': 'x\n' },
    );
    expect(change.files.map(({ path, isBinary, added }) => [path, isBinary, added.length])).toEqual([
      ['a.sql', false, 1],
      ['b.bin', true, 0],
      ['c.u16', false, 1],
      ['d.h', false, 1],
    ]);
  });

  test('is not compared above 16 MB, and says so', async () => {
    const line = `${'x'.repeat(1023)}\n`;
    const { change, judged, base, head } = await changeOf(
      { 'at.txt': 'a\n', 'above.txt': 'a\n' },
      { 'at.txt': line.repeat(16 * 1024), 'above.txt': `${line.repeat(16 * 1024)}\n` },
    );
    expect(
      change.files.map(({ path, isBinary, isTooLarge, added }) => [path, isBinary, isTooLarge, added]),
    ).toEqual([
      ['above.txt', true, true, []],
      ['at.txt', false, undefined, [{ start: 1, end: 16 * 1024 }]],
    ]);
    const carried = present(await judged.hunksBetween(base, head));
    expect(carried.get('above.txt')).toBe('deleted');
    expect(await judged.readFile(head, 'above.txt', { maxBytes: 1000 })).toBe('too large');
  });

  test('with one line of ten million bytes is read', async () => {
    const { change } = await changeOf({ 'min.js': 'a\n' }, { 'min.js': `${'x'.repeat(1e7)}\nb\n` });
    expect(change.files[0]?.added).toEqual([{ start: 1, end: 2 }]);
  });
});

describe('Where lines of one commit are in another', () => {
  test('is told without context; unchanged files are absent', async () => {
    const { judged, base, head } = await changeOf(
      {
        'a.txt': thirty.join(''),
        'moved.txt': thirty.map((line) => `m ${line}`).join(''),
        'gone.txt': 'g\n',
        'same.txt': 's\n',
        'now.bin': 'text\n',
        'linked.txt': 'l\n',
      },
      {
        'a.txt': ['0\n', ...thirty.toSpliced(9, 2)].join(''),
        'moved.txt': null,
        'to/there.txt': thirty.map((line) => `m ${line}`).join(''),
        'gone.txt': null,
        'added.txt': 'a\n',
        'now.bin': Buffer.from([0, 1]),
        'linked.txt': { link: 'l' },
      },
    );
    expect(present(await judged.hunksBetween(base, head))).toEqual(
      new Map<string, unknown>([
        [
          'a.txt',
          {
            path: 'a.txt',
            hunks: [
              { baseStart: 0, baseLines: 0, headStart: 1, headLines: 1 },
              { baseStart: 10, baseLines: 2, headStart: 10, headLines: 0 },
            ],
          },
        ],
        ['gone.txt', 'deleted'],
        ['linked.txt', 'deleted'],
        ['moved.txt', { path: 'to/there.txt', hunks: [] }],
        ['now.bin', 'deleted'],
      ]),
    );
  });
});

describe('The history of a change', () => {
  test('with two merge bases names the one git uses, and says so', async () => {
    const repo = cleanup.add(createGitRepository(), (one) => one.remove());
    const root = repo.commit({ 'a.txt': 'a\n' });
    const left = repo.commit({ 'l.txt': 'l\n' });
    const right = repo.commit({ 'r.txt': 'r\n' }, { branch: 'feature', parents: [root] });
    const base = repo.commit({ 'r.txt': 'r\n' }, { parents: [left, right] });
    const head = repo.commit({ 'l.txt': 'l\n' }, { branch: 'feature', parents: [right, left] });
    const judged = await opened(cleanup, { checkout: repo.folder });
    const change = present(await judged.readChange({ base, head, baseName: 'main' }));
    expect(change.mergeBase).toBe(repo.git('merge-base', base, head));
    expect(change.remarks).toEqual([
      '2 commits could serve as merge base (criss-cross merges); compared with the one git names first',
    ]);
  });

  test('lists the commits oldest first, with people as keys and without their names', async () => {
    const repo = cleanup.add(createGitRepository(), (one) => one.remove());
    const base = repo.commit({ 'a.txt': 'a\n' });
    const first = repo.commit(
      { 'b.txt': 'b\n' },
      {
        branch: 'feature',
        parents: [base],
        author: { name: 'Grace', email: '12+grace@users.noreply.github.com' },
        message:
          'One\nsubject\n\nWhy it is so.\n\nRefs: #12\nCo-authored-by: Joan <joan@example.test>\nSigned-off-by: Grace <g@x.test>\nCc: Grace <g@x.test>\n',
      },
    );
    const second = repo.commit({ 'c.txt': 'c\n' }, { branch: 'feature', message: '' });
    const judged = await opened(cleanup, { checkout: repo.folder });
    const change = present(await judged.readChange({ base, head: second, baseName: 'main' }));
    expect(change.commits).toEqual([
      {
        id: first,
        parents: [base],
        author: people({ login: 'grace' }),
        coAuthors: [people({ email: 'joan@example.test' })],
        committedAt: '2026-01-05T10:00:00Z',
        subject: 'One subject',
        body: 'Why it is so.\n\nRefs: #12',
      },
      {
        id: second,
        parents: [first],
        author: people({ email: 'ada@example.test' }),
        committedAt: '2026-01-05T11:00:00Z',
        subject: '',
        body: '',
      },
    ]);
    expect(JSON.stringify(change)).not.toMatch(/grace|joan|ada@/i);
  });

  test('without any change has no files and no commits', async () => {
    const { judged, base } = await changeOf({ 'a.txt': 'a\n' }, { 'a.txt': 'b\n' });
    expect(await judged.readChange({ base, head: base, baseName: 'main' })).toMatchObject({
      files: [],
      commits: [],
    });
  });
});

describe('A git older than 2.38', () => {
  test('cannot replay, so patches are compared', async () => {
    const bin = cleanup.folder();
    const git = spawnSync('sh', ['-c', 'command -v git']).stdout.toString().trim();
    writeFileSync(
      join(bin, 'git'),
      `#!/bin/sh\ncase "$*" in *version) echo "git version 2.34.1";; *merge-tree*) exit 129;; *) exec '${git}' "$@";; esac\n`,
    );
    chmodSync(join(bin, 'git'), 0o755);
    const repo = cleanup.add(createGitRepository(), (one) => one.remove());
    repo.commit({ 'a.txt': thirty.join(''), 'b.txt': thirty.map((line) => `b ${line}`).join('') });
    const approved = repo.commit(
      {
        'a.txt': thirty.with(20, 'changed\n').join(''),
        'b.txt': thirty
          .map((line) => `b ${line}`)
          .with(3, 'changed\n')
          .join(''),
      },
      { branch: 'feature', parents: ['main'] },
    );
    const moved = thirty.map((line) => `b ${line}`);
    repo.commit({ 'a.txt': ['0\n', ...thirty].join(''), 'b.txt': null, 'moved.txt': moved.join('') });
    const rebased = repo.rebase('feature', 'main');
    const head = repo.commit(
      { 'a.txt': ['0\n', ...thirty.with(20, 'changed again\n')].join('') },
      { branch: 'feature' },
    );
    vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
    const judged = await opened(cleanup, { checkout: repo.folder });
    const base = repo.id('main');
    expect(await judged.unreviewedTail({ base, head: rebased, approved })).toEqual({
      addedLines: 0,
      deletedLines: 0,
      files: [],
      method: 'patches',
    });
    expect(await judged.unreviewedTail({ base, head, approved })).toEqual({
      addedLines: 1,
      deletedLines: 1,
      files: [{ path: 'a.txt', added: [{ start: 22, end: 22 }], deletedLines: 1 }],
      method: 'patches',
    });
  });
});

test('changed lines come with their text, by the path at the head', async () => {
  const repo = cleanup.add(createGitRepository(), (one) => one.remove());
  const from = repo.commit({ 'a.ts': 'one\ntwo\n', 'gone.ts': 'x\n', 'same.ts': 'same\n' });
  const to = repo.commit({ 'a.ts': 'one\n  two\n', 'gone.ts': null, 'new.ts': 'é\n' });
  const judged = await opened(cleanup, { checkout: repo.folder });
  expect(present(await judged.changedTexts(from, to))).toEqual([
    { path: 'a.ts', added: [{ line: 2, text: '  two' }], deleted: [{ line: 2, text: 'two' }] },
    { path: 'gone.ts', added: [], deleted: [{ line: 1, text: 'x' }] },
    { path: 'new.ts', added: [{ line: 1, text: 'é' }], deleted: [] },
  ]);
});
