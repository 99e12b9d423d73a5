import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '../../../src/core/change.ts';
import { isSubjectGone } from '../../../src/coverage/measure/is-subject-gone.ts';
import { changedFile, changeOf } from '../coverage-facts-for.ts';

function source(path: string, added: number, deleted: number, more: Partial<ChangedFile> = {}): ChangedFile {
  const of = (lines: number) => (lines === 0 ? [] : [{ start: 1, end: lines }]);
  return changedFile(path, of(added), { deleted: of(deleted), ...more });
}

const test = 'pkg/cart/cart_test.go';

describe('the code that a test file checks', () => {
  it.each<[string, ChangedFile]>([
    ['the file it is named after is deleted', source('lib/cart.go', 0, 0, { status: 'deleted' })],
    ['the file it is named after loses more lines than it gains', source('lib/cart.go', 4, 5)],
    ['a file beside it loses more lines than it gains', source('pkg/cart/total.go', 0, 1)],
  ])('goes when %s', (_, file) => {
    expect(isSubjectGone(test, changeOf([file]))).toBe(true);
  });

  it('goes when the helper of the tests that it is named after is deleted', () => {
    const helper = source('src/test/java/Cart.java', 0, 9, { status: 'deleted' });
    expect(isSubjectGone('src/test/java/CartTest.java', changeOf([helper]))).toBe(true);
  });

  it('goes when the folder that it is named after loses lines in its first file', () => {
    for (const [name, path] of [
      ['tests/test_cart.py', 'shop/cart/__init__.py'],
      ['test/cart.test.ts', 'src/cart/index.ts'],
      ['src/cart/index.test.ts', 'lib/index.ts'],
    ] as const)
      expect(isSubjectGone(name, changeOf([source(path, 0, 9)]))).toBe(true);
  });

  it.each<[string, ChangedFile]>([
    ['the file it is named after keeps its size', source('lib/cart.go', 5, 5)],
    ['another file of another folder shrinks', source('pkg/mail/send.go', 0, 90)],
    ['a test beside it shrinks', source('pkg/cart/total_test.go', 0, 90)],
    ['a file of another language beside it shrinks', source('pkg/cart/cart.md', 0, 90)],
  ])('stays when %s', (_, file) => {
    expect(isSubjectGone(test, changeOf([file]))).toBe(false);
  });

  it('stays when what one file loses another one beside it gains', () => {
    const files = [source('pkg/cart/a.go', 0, 30), source('pkg/cart/b.go', 30, 0)];
    expect(isSubjectGone(test, changeOf(files))).toBe(false);
  });
});
