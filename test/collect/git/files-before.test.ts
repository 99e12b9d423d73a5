import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { TreeFile } from '../../../src/collect/git/tree-files.ts';
import { createGitRepository, type GitFile } from '../../support/git-repository.ts';
import { createCleanup, opened, present } from './opened.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

type Files = readonly (readonly [path: string | Uint8Array, file: GitFile])[];

/** The files of the merge base, asked for by themselves and derived from those of the head. */
async function listedTwice(before: Files, after: Files) {
  const repo = cleanup.add(createGitRepository(), (one) => one.remove());
  const base = repo.commit([['kept.txt', 'stays\n'], ...before]);
  const head = repo.commit(after, { branch: 'change', parents: [base] });
  const alone = await opened(cleanup, { checkout: repo.folder });
  const derived = await opened(cleanup, { checkout: repo.folder });
  present(await derived.readChange({ base, head, baseName: 'main' }));
  present(await derived.listFiles(head));
  const withoutSize = (files: readonly TreeFile[]) =>
    files.map(({ path, oid, kind }) => ({ path, oid, kind }));
  return {
    alone: withoutSize(present(await alone.listFiles(base))),
    derived: withoutSize(present(await derived.listFiles(base))),
    sizes: present(await derived.listFiles(base)).map(({ path, bytes }) => [path, bytes]),
  };
}

const long = Array.from({ length: 40 }, (_, line) => `line ${line}\n`).join('');

describe('The files before a change, derived from those after it,', () => {
  test('are those that git lists: added, edited, deleted, renamed and replaced ones', async () => {
    const { alone, derived, sizes } = await listedTwice(
      [
        ['a/edited.txt', 'one\n'],
        ['a.txt', 'a dot sorts before a slash\n'],
        ['gone/deleted.txt', 'gone\n'],
        ['old/renamed.txt', long],
        ['run.sh', 'x\n'],
        ['becomes-a-link', 'text\n'],
        ['\u{1F600}.txt', 'four bytes\n'],
        ['\uffee.txt', 'three bytes: first for git, last for JavaScript\n'],
      ],
      [
        ['a/edited.txt', 'one\ntwo\n'],
        ['gone/deleted.txt', null],
        ['old/renamed.txt', null],
        ['new/renamed.txt', `${long}more\n`],
        ['run.sh', { executable: 'x\n' }],
        ['becomes-a-link', { link: 'a.txt' }],
        ['added.txt', 'new\n'],
        ['sub', { submodule: '1'.repeat(40) }],
        ['\u{1F600}.txt', null],
        ['\uffee.txt', null],
      ],
    );
    expect(derived).toEqual(alone);
    expect(derived.map(({ path }) => path)).toEqual([
      'a.txt',
      'a/edited.txt',
      'becomes-a-link',
      'gone/deleted.txt',
      'kept.txt',
      'old/renamed.txt',
      'run.sh',
      '\uffee.txt',
      '\u{1F600}.txt',
    ]);
    expect(sizes, 'of what changed the size is not known').toContainEqual(['a/edited.txt', undefined]);
    expect(sizes).toContainEqual(['kept.txt', 6]);
  });

  test('are asked of git where two names that are no text would read alike', async () => {
    const [one, other] = [Buffer.from('x\xfe.txt', 'latin1'), Buffer.from('x\xff.txt', 'latin1')];
    const { alone, derived } = await listedTwice([[one, 'one\n']], [[other, 'other\n']]);
    expect(derived).toEqual(alone);
    expect(derived.map(({ path }) => path)).toEqual(['kept.txt', 'x\ufffd.txt']);
  });

  test('are the same for any change', { timeout: 60_000 }, async () => {
    const path = fc
      .stringMatching(/^[ab.\-\u00e9\u{1F600}\uffee]{1,3}$/u)
      .filter((name) => !/^\.+$/.test(name));
    const place = fc.oneof(
      path,
      fc.tuple(path, path).map((parts) => `${parts.join('_/')}`),
    );
    const content = fc.constantFrom('one\n', 'two\n', long, `${long}end\n`);
    const files = fc.uniqueArray(fc.tuple(place, content), { maxLength: 8, selector: ([name]) => name });
    await fc.assert(
      fc.asyncProperty(files, files, fc.nat(), async (before, after, seed) => {
        const gone = before.filter((_, index) => (seed >> index) & 1).map(([name]) => [name, null] as const);
        const others = after.filter(([name]) => !gone.some(([one]) => one === name));
        const { alone, derived } = await listedTwice(before, [...gone, ...others]);
        expect(derived).toEqual(alone);
        await cleanup.run();
      }),
      { numRuns: 6 },
    );
  });
});
