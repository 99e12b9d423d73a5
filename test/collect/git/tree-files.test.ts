import { afterEach, describe, expect, test } from 'vitest';
import { parseCommitObject, toCommit } from '../../../src/collect/git/commit-objects.ts';
import { parseObjectBatch } from '../../../src/collect/git/object-batch.ts';
import { parseRawDiff } from '../../../src/collect/git/raw-diff.ts';
import { createGitRepository } from '../../support/git-repository.ts';
import { createCleanup, opened, people, present } from './opened.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

describe('The files of a commit', () => {
  test('are listed with kind and size', async () => {
    const repo = cleanup.add(createGitRepository(), (one) => one.remove());
    const commit = repo.commit({
      'a/b.txt': 'four',
      link: { link: '../../etc/passwd' },
      'run.sh': { executable: 'x' },
      sub: { submodule: '1'.repeat(40) },
    });
    const judged = await opened(cleanup, { checkout: repo.folder });
    const files = present(await judged.listFiles(commit));
    expect(files.map(({ path, kind, bytes }) => [path, kind, bytes])).toEqual([
      ['a/b.txt', 'file', 4],
      ['link', 'symlink', 16],
      ['run.sh', 'file', 1],
      ['sub', 'submodule', undefined],
    ]);
    const content = async (path: string) => {
      const bytes = present(await judged.readFile(commit, path));
      return typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString();
    };
    expect(await content('a/b.txt')).toBe('four');
    expect(await content('link')).toBe('../../etc/passwd');
    for (const path of ['a', 'a/', 'sub', 'none', '', '../x', '/a/b.txt', '*', 'a/b.txt\0']) {
      expect(await content(path), path).toBe('absent');
    }
  });

  test('have contents that are bounded one by one', async () => {
    const repo = cleanup.add(createGitRepository(), (one) => one.remove());
    const commit = repo.commit({ 'a.txt': 'x'.repeat(100), 'b.txt': 'y'.repeat(101), 'empty.txt': '' });
    const judged = await opened(cleanup, { checkout: repo.folder });
    const ids = present(await judged.listFiles(commit)).map(({ oid }) => oid);
    const blobs = await judged.readBlobs([...ids, commit, '--all', '2'.repeat(40)], { maxBytes: 100 });
    expect([...blobs.values()].map((blob) => (typeof blob === 'string' ? blob : blob.length))).toEqual(
      expect.arrayContaining([100, 0, 'too large', 'missing', 'missing', 'missing']),
    );
    expect(blobs.size).toBe(6);
  });

  test('of an id that is none are answered with a sentence', async () => {
    const repo = cleanup.add(createGitRepository(), (one) => one.remove());
    repo.commit({ 'a.txt': 'a' });
    const judged = await opened(cleanup, { checkout: repo.folder });
    expect(await judged.listFiles('--output=x')).toEqual({
      unavailable: 'The list of files could not be read: `--output=x` is no full commit id.',
    });
  });
});

describe('A raw commit object', () => {
  const object = (text: string | Buffer) => toCommit('id', parseCommitObject(Buffer.from(text)), people);

  test('that is empty or broken becomes empty values', () => {
    for (const text of [
      '',
      '\n\n',
      'author\n',
      'committer x <y> nonsense\n\n',
      'committer x <y> -5 +0000\n\n\n',
    ]) {
      expect(object(text)).toMatchObject({
        parents: [],
        committedAt: '1970-01-01T00:00:00Z',
        subject: '',
        body: '',
      });
    }
    expect(object('').author.kind).toBe('ghost');
  });

  test('with a date beyond all calendars becomes 1970', () => {
    expect(object('committer x <y> 999999999999 +0000\n\n').committedAt).toMatch(/Z$/);
    expect(object('committer x <y> 99999999999999999999 +0000\n\n').committedAt).toBe('1970-01-01T00:00:00Z');
  });

  test('may be in another encoding, or claim one that does not exist', () => {
    const latin = Buffer.concat([Buffer.from('encoding ISO-8859-1\n\nCaf'), Buffer.from([0xe9])]);
    expect(object(latin).subject).toBe('Café');
    expect(object('encoding x-none\n\nText').subject).toBe('Text');
  });

  test('keeps headers inside a signature or the message from posing as its own', () => {
    const text = 'tree t\nparent a\ngpgsig x\n parent evil\n\nSubject\n\nparent evil\n';
    expect(object(text).parents).toEqual(['a']);
  });
});

describe('Output of git that is cut off or odd', () => {
  test('is refused, never half read', () => {
    expect(() => parseObjectBatch(Buffer.from('abc blob 5\nabc'))).toThrow('in the middle of an object');
    expect(() => parseObjectBatch(Buffer.from('abc blob'))).toThrow('in the middle of a header');
    const ids = `${'1'.repeat(40)} ${'2'.repeat(40)}`;
    expect(() => parseRawDiff(Buffer.from(`:100644 100644 ${ids} M\0a`))).toThrow(
      'in the middle of a record',
    );
    expect(() => parseRawDiff(Buffer.from(`:100644 100644 ${ids} X\0a\0`))).toThrow(
      'not understood, at byte 0',
    );
  });

  test('of a content that looks like a header is content', () => {
    const content = 'abc blob 3\nxyz\n';
    expect(parseObjectBatch(Buffer.from(`abc blob ${content.length}\n${content}\ndef missing\n`))).toEqual([
      { id: 'abc', type: 'blob', content: Buffer.from(content) },
    ]);
  });
});
