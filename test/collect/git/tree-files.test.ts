import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { parseCommitObject, toCommit } from '../../../src/collect/git/commit-objects.ts';
import { parseObjectBatch } from '../../../src/collect/git/object-batch.ts';
import { createPatchReader } from '../../../src/collect/git/patch-lines.ts';
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

describe('For any bytes', () => {
  const id = fc.stringMatching(/^[0-9a-f]{40}$/);
  const name = fc
    .uint8Array({ minLength: 1, maxLength: 12 })
    .map((bytes) => bytes.map((byte) => byte || 0x0a));

  test('raw records give back the names that went in', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(id, id, name, name, fc.boolean()), { maxLength: 6 }), (records) => {
        const bytes = Buffer.concat(
          records.map(([one, other, from, to, isRename]) =>
            isRename
              ? Buffer.concat([
                  Buffer.from(`:100644 100644 ${one} ${other} R087\0`),
                  from,
                  Buffer.of(0),
                  to,
                  Buffer.of(0),
                ])
              : Buffer.concat([Buffer.from(`:100644 120000 ${one} ${other} T\0`), to, Buffer.of(0)]),
          ),
        );
        const read = parseRawDiff(bytes).map(
          ({ baseId, headPath }) => `${baseId} ${Buffer.from(headPath).toString('hex')}`,
        );
        expect(read.toSorted()).toEqual(
          records.map(([one, , , to]) => `${one} ${Buffer.from(to).toString('hex')}`).toSorted(),
        );
      }),
    );
  });

  test('objects give back the content that went in, and a cut is noticed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(id, fc.uint8Array({ maxLength: 40 })), { minLength: 1, maxLength: 5 }),
        fc.nat(60),
        (objects, cut) => {
          const bytes = Buffer.concat(
            objects.map(([oid, content]) =>
              Buffer.concat([Buffer.from(`${oid} blob ${content.length}\n`), content, Buffer.of(0x0a)]),
            ),
          );
          const read = parseObjectBatch(bytes).map(({ id: oid, content }) => [oid, [...content]]);
          expect(read).toEqual(objects.map(([oid, content]) => [oid, [...content]]));
          const last = (objects.at(-1)?.[1].length ?? 0) + 48;
          const taken = 1 + (cut % (last - 1));
          expect(() => parseObjectBatch(bytes.subarray(0, bytes.length - taken))).toThrow('in the middle of');
        },
      ),
    );
  });

  test('a patch of garbage is read or refused, and nothing else', () => {
    const piece = fc.constantFrom(
      'diff --git a/f0 b/f0\n',
      '@@ -1,2 +1,2 @@\n',
      '@@ -1 +1 @@\n',
      '+a\n',
      '-a\n',
      ' a\n',
      '\\ No\n',
      '\n',
      '@@ -9',
      'x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const reader = createPatchReader();
        try {
          for (const text of pieces) reader.push(Buffer.from(text));
          for (const { hunks, added } of reader.end().values()) {
            const announced = hunks.reduce((sum, hunk) => sum + hunk.headLines, 0);
            expect(added.reduce((sum, { start, end }) => sum + end - start + 1, 0)).toBeLessThanOrEqual(
              announced,
            );
          }
        } catch (error) {
          expect((error as Error).message).toMatch(/patch/);
        }
      }),
    );
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
