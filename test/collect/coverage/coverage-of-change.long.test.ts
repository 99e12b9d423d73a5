import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { CoverageQuestion } from '../../../src/collect/coverage/coverage-of-change.ts';
import { openCoverageChain } from '../../../src/collect/coverage-history/coverage-chain.ts';
import type { StatusRun } from '../../../src/core/coverage-facts.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import { coverageOfChange } from '../../support/coverage-of-change.ts';
import { createGitRepository, type GitFiles, type GitRepository } from '../../support/git-repository.ts';
import { createCleanup, opened, present } from '../git/opened.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

function repository(): GitRepository {
  return cleanup.add(createGitRepository(), (repo) => repo.remove());
}

function numbered(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => `statement number ${from + index};\n`).join('');
}

function put(repo: GitRepository, path: string, text: string): void {
  mkdirSync(dirname(join(repo.folder, path)), { recursive: true });
  writeFileSync(join(repo.folder, path), text);
}

/** An lcov record: which lines ran, and which did not. */
function record(path: string, ran: readonly number[], missed: readonly number[]): string {
  const lines = [...ran.map((line) => `DA:${line},1\n`), ...missed.map((line) => `DA:${line},0\n`)];
  return `SF:${path}\n${lines.join('')}end_of_record\n`;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

type Shards = Readonly<Record<string, Readonly<Record<string, readonly StatusRun[]>>>>;

/** Stores coverage of commits, oldest first, in the repository itself. */
async function store(repo: GitRepository, entries: readonly (readonly [commit: string, shards: Shards])[]) {
  const chain = present(
    await openCoverageChain({ remote: { url: repo.folder }, scratchFolder: cleanup.folder() }),
  );
  for (const [commit, shards] of entries) {
    const { tip } = present(await chain.index());
    const lines = new Map(
      Object.entries(shards).map(([name, files]) => [name, new Map(Object.entries(files))]),
    );
    const modules = [{ name: 'src/a', totals: { hit: 8, partial: 0, miss: 2 } }];
    expect(await chain.append({ commit, shards: lines, modules, run: '5/1' }, tip)).toBe('written');
  }
  await chain.close();
}

async function collected(repo: GitRepository, more: Partial<CoverageQuestion> = {}) {
  const judged = await opened(cleanup, { checkout: repo.folder });
  const change = present(
    await judged.readChange({ base: repo.id('main'), head: repo.id('change'), baseName: 'main' }),
  );
  const facts = await coverageOfChange(judged, change, {
    workspace: repo.folder,
    reports: [],
    scratchFolder: cleanup.folder(),
    ...more,
  });
  return present(facts);
}

const shard = 'coverage/lcov.info';
const all = (lines: number): readonly StatusRun[] => [[1, lines, 'hit']];

function changed(repo: GitRepository, files: GitFiles): string {
  repo.branch('change', 'main');
  const head = repo.commit(files, { branch: 'change' });
  repo.checkout('change');
  return head;
}

describe('the coverage of a change with a stored base', () => {
  test('comes with a ledger, modules, lost lines and a trend', async () => {
    const repo = repository();
    const base = repo.commit({
      'src/a/one.ts': numbered(1, 10),
      'src/b/two.ts': numbered(101, 110),
      'src/b/moving.ts': numbered(201, 210),
    });
    await store(repo, [
      [base, { [shard]: { 'src/a/one.ts': all(10), 'src/b/two.ts': all(10), 'src/b/moving.ts': all(10) } }],
    ]);
    // Two lines are added to one.ts, line 10 is removed; moving.ts goes to another module; two.ts stays and loses a line.
    changed(repo, {
      'src/a/one.ts': `new one;\nnew two;\n${numbered(1, 9)}`,
      'src/b/moving.ts': null,
      'src/a/moved.ts': numbered(201, 210),
    });
    put(
      repo,
      shard,
      record('src/a/one.ts', range(2, 11), [1]) +
        record('src/b/two.ts', range(1, 9), [10]) +
        record('src/a/moved.ts', range(1, 10), []),
    );
    const facts = await collected(repo);
    expect(facts.base).toMatchObject({
      commit: base,
      from: 'history',
      distance: 0,
      run: '5/1',
      ledger: {
        base: { ran: 30, lines: 30 },
        head: { ran: 29, lines: 31 },
        added: { ran: 1, lines: 2 },
        removed: { ran: -1, lines: -1 },
        moved: { ran: 0, lines: 0 },
        indirect: { ran: -1, lines: 0 },
        elsewhere: { ran: 0, lines: 0 },
        unmapped: { ran: 0, lines: 0 },
      },
      unchanged: { lines: 29, knownToOne: 0 },
      carried: { lines: 30, lost: 0 },
      lostLines: [{ path: 'src/b/two.ts', ranges: [{ start: 10, end: 10 }], flaky: 0 }],
      missingShards: [],
    });
    expect(
      facts.modules?.map(({ name, files, isTouched, ledger }) => ({ name, files, isTouched, ledger })),
    ).toEqual([
      {
        name: 'src/a',
        files: 2,
        isTouched: true,
        ledger: expect.objectContaining({
          base: { ran: 10, lines: 10 },
          head: { ran: 20, lines: 21 },
          moved: { ran: 10, lines: 10 },
          added: { ran: 1, lines: 2 },
          removed: { ran: -1, lines: -1 },
        }),
      },
      {
        name: 'src/b',
        files: 1,
        isTouched: false,
        ledger: expect.objectContaining({
          base: { ran: 20, lines: 20 },
          head: { ran: 9, lines: 10 },
          moved: { ran: -10, lines: -10 },
          indirect: { ran: -1, lines: 0 },
        }),
      },
    ]);
    expect(facts.trend).toEqual([
      {
        commit: base,
        committedAt: '2026-01-05T09:00:00Z',
        count: { ran: 30, lines: 30 },
        modules: [{ name: 'src/a', count: { ran: 8, lines: 10 } }],
      },
    ]);
    expect(facts.changed.map(({ path, module }) => [path, module])).toContainEqual(['src/a/one.ts', 'src/a']);
  });

  test('takes the nearest measured first parent, never the one a merged branch brought or a later commit', async () => {
    const repo = repository();
    const first = repo.commit({ 'a.ts': numbered(1, 5), 'b.ts': numbered(1, 3) });
    repo.branch('topic', 'main');
    const topic = repo.commit({ 'b.ts': 'x\n' }, { branch: 'topic' });
    const second = repo.commit({ 'c.ts': 'x\n' });
    repo.merge('main', 'topic');
    changed(repo, { 'd.ts': numbered(1, 2) });
    const later = repo.commit({ 'e.ts': 'x\n' });
    await store(repo, [
      [first, { [shard]: { 'a.ts': all(4) } }],
      [second, { [shard]: { 'a.ts': all(5) } }],
      [topic, { [shard]: { 'a.ts': all(1) } }],
      [later, { [shard]: { 'a.ts': all(2) } }],
    ]);
    put(repo, shard, record('a.ts', range(1, 5), []) + record('d.ts', [1], [2]));
    const { base } = await collected(repo);
    expect(base).toMatchObject({
      commit: second,
      distance: 1,
      ledger: { added: { ran: 1, lines: 2 }, elsewhere: { ran: 0, lines: 0 } },
    });
  });

  test('keeps lines of others apart when the base lies some commits back', async () => {
    const repo = repository();
    const first = repo.commit({ 'a.ts': numbered(1, 5) });
    repo.commit({ 'a.ts': numbered(0, 5), 'b.ts': numbered(1, 3) });
    changed(repo, { 'a.ts': `${numbered(0, 5)}mine;\n` });
    await store(repo, [[first, { [shard]: { 'a.ts': all(5) } }]]);
    put(repo, shard, record('a.ts', range(1, 6), [7]) + record('b.ts', [], range(1, 3)));
    const { base } = await collected(repo);
    expect(base).toMatchObject({
      distance: 1,
      ledger: {
        added: { ran: 0, lines: 1 },
        elsewhere: { ran: 1, lines: 4 },
        indirect: { ran: 0, lines: 0 },
      },
    });
  });

  test('carries a block that moved to another file with its status', async () => {
    const repo = repository();
    const base = repo.commit({ 'a.ts': numbered(1, 40), 'b.ts': numbered(101, 120) });
    changed(repo, { 'a.ts': numbered(11, 40), 'b.ts': numbered(101, 120) + numbered(1, 10) });
    await store(repo, [[base, { [shard]: { 'a.ts': all(40), 'b.ts': all(20) } }]]);
    put(repo, shard, record('a.ts', range(1, 30), []) + record('b.ts', range(1, 30), []));
    const { base: compared } = await collected(repo);
    expect(compared).toMatchObject({
      ledger: { added: { ran: 0, lines: 0 }, removed: { ran: 0, lines: 0 }, moved: { ran: 0, lines: 0 } },
      carried: { lines: 60, lost: 0 },
    });
  });

  test('learns which lines come and go without a change', async () => {
    const repo = repository();
    const runs = (...lost: readonly number[]): readonly StatusRun[] =>
      range(1, 9).map((line) => [line, 1, lost.includes(line) ? 'miss' : 'hit']);
    const first = repo.commit({ 'a.ts': numbered(1, 9) });
    const second = repo.commit({ 'a.ts': `top;\n${numbered(1, 9)}` });
    const joined = (...lost: readonly number[]) => runsOf(runs(...lost));
    await store(repo, [
      [first, { [shard]: { 'a.ts': joined(5) } }],
      [second, { [shard]: { 'a.ts': [[1, 10, 'hit']] } }],
    ]);
    changed(repo, { 'b.ts': 'x\n' });
    put(repo, shard, record('a.ts', [...range(1, 4), ...range(8, 10)], [5, 6, 7]));
    const { base } = await collected(repo);
    // Line 5 of the first commit is line 6 now.
    expect(base).toMatchObject({
      lostLines: [
        {
          path: 'a.ts',
          ranges: [
            { start: 5, end: 5 },
            { start: 7, end: 7 },
          ],
          flaky: 1,
        },
      ],
    });
  });

  test('names the shard that is missing, and not one that was renamed', async () => {
    const repo = repository();
    const base = repo.commit({ 'a/x.ts': numbered(1, 5), 'b/y.ts': numbered(1, 7) });
    changed(repo, { 'c.ts': 'x\n' });
    await store(repo, [[base, { 'a/lcov.info': { 'a/x.ts': all(5) }, 'b/lcov.info': { 'b/y.ts': all(7) } }]]);
    put(repo, 'out/a/lcov.info', record('a/x.ts', range(1, 5), []));
    const { base: compared } = await collected(repo);
    expect(compared).toMatchObject({ missingShards: [{ name: 'b/lcov.info', files: 1, lines: 7 }] });
  });
});

describe('what the order of files rests on', () => {
  const deep =
    'export function f(x) {\n  if (x) {\n    for (const y of x) {\n      a(y);\n      b(y);\n    }\n  }\n}\n';

  test('is looked up where two files leave added lines out: their past and how deep those lines stand', async () => {
    const repo = repository();
    repo.commit({ 'a.ts': 'x;\n', 'b.ts': 'x;\n' });
    repo.commit({ 'a.ts': 'y;\n' }, { message: 'fix: a' });
    changed(repo, { 'a.ts': deep, 'b.ts': 'one;\ntwo;\nthree;\n' });
    put(repo, shard, record('a.ts', [1, 2, 3], [4, 5]) + record('b.ts', [1], [2, 3]));
    const { changed: files } = await collected(repo);
    expect(files.map(({ path, branchDepth, past }) => ({ path, branchDepth, past }))).toEqual([
      { path: 'a.ts', branchDepth: 2, past: { changes: 2, fixes: 1 } },
      { path: 'b.ts', branchDepth: 0, past: { changes: 1, fixes: 0 } },
    ]);
  });

  test('is not looked up for one file, which needs no order', async () => {
    const repo = repository();
    repo.commit({ 'a.ts': 'x;\n' });
    changed(repo, { 'a.ts': deep });
    put(repo, shard, record('a.ts', [1, 2, 3], [4, 5]));
    const { changed: files } = await collected(repo);
    expect(files.map(({ branchDepth, past }) => ({ branchDepth, past }))).toEqual([{}]);
  });
});

describe('the coverage of a change without a usable base', () => {
  test('says that nothing is stored in this clone, and how to get it', async () => {
    const repo = repository();
    repo.commit({ 'a.ts': numbered(1, 5) });
    changed(repo, { 'b.ts': 'x\n' });
    put(repo, shard, record('a.ts', range(1, 5), []));
    const facts = await collected(repo);
    expect(facts.base).toEqual({
      unavailable:
        'this clone has no stored coverage to compare with; `git fetch origin refs/review-vitals/coverage:refs/review-vitals/coverage` brings it, or give reports of the base with --base-coverage',
    });
    expect(facts.modules?.map(({ name, count, ledger }) => ({ name, count, ledger }))).toEqual([
      { name: '', count: { ran: 5, lines: 5 }, ledger: undefined },
    ]);
  });

  test.each([
    [49, undefined],
    [
      50,
      'no coverage is stored for the merge base or the 50 commits before it; what is older is too far away to compare with',
    ],
  ])('%i commits away it is %s', async (distance, reason) => {
    const repo = repository();
    const first = repo.commit({ 'a.ts': numbered(1, 5) });
    for (let number = 0; number < distance; number += 1) repo.commit({ 'n.txt': `${number}\n` });
    changed(repo, { 'b.ts': 'x\n' });
    await store(repo, [[first, { [shard]: { 'a.ts': all(5) } }]]);
    put(repo, shard, record('a.ts', range(1, 5), []));
    const { base } = await collected(repo);
    expect(isUnavailable(base) ? base.unavailable : undefined).toBe(reason);
  });

  test('takes the next one when the nearest entry was forged, and says so', async () => {
    const repo = repository();
    const first = repo.commit({ 'a.ts': numbered(1, 5) });
    const second = repo.commit({ 'n.txt': 'x\n' });
    changed(repo, { 'b.ts': 'x\n' });
    await store(repo, [[first, { [shard]: { 'a.ts': all(5) } }]]);
    repo.commit(
      { 'unit/%lines': 'nonsense' },
      {
        branch: 'forged',
        parents: [repo.git('rev-parse', 'refs/review-vitals/coverage')],
        message: `coverage ${second}\n\nformat: 1\nlines: 1 0 0\nshard: unit 1 0 0\n`,
      },
    );
    repo.git('update-ref', 'refs/review-vitals/coverage', 'refs/heads/forged');
    put(repo, shard, record('a.ts', range(1, 5), []));
    const facts = await collected(repo);
    expect(facts.base).toMatchObject({ commit: first, distance: 1 });
    expect(facts.reports[0]?.remarks).toEqual([
      expect.stringMatching(/^the stored coverage [0-9a-f]{7} was refused: /),
    ]);
  });
});

test('reports of the base stand in for the stored coverage', async () => {
  const repo = repository();
  const base = repo.commit({ 'a.ts': numbered(1, 5) });
  changed(repo, { 'a.ts': numbered(2, 5) });
  put(repo, shard, record('a.ts', [], range(1, 4)));
  put(repo, 'base/lcov.info', record('a.ts', range(1, 5), []));
  const facts = await collected(repo, { reports: [shard], baseReports: ['base/*.info'] });
  expect(facts.base).toMatchObject({
    commit: base,
    from: 'reports',
    ledger: { removed: { ran: -1, lines: -1 }, indirect: { ran: -4, lines: 0 } },
    missingShards: [],
  });
});

function runsOf(runs: readonly StatusRun[]): readonly StatusRun[] {
  const joined: [number, number, StatusRun[2]][] = [];
  for (const [start, lines, status] of runs) {
    const last = joined.at(-1);
    if (last && last[2] === status) last[1] += lines;
    else joined.push([start, lines, status]);
  }
  return joined;
}
