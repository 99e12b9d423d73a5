import { expect, test } from 'vitest';
import { inOrder } from '../../../src/migrations/detect/in-order.ts';

function file(version: string, after?: readonly string[], root = 'versions') {
  return { path: `${root}/${version}`, detected: { version, root, ...(after ? { after } : {}) } };
}

const versions = (files: ReturnType<typeof inOrder<ReturnType<typeof file>>>) =>
  files.map(({ detected }) => detected.version);

test('by version where nothing else is said', () => {
  expect(versions(inOrder([file('10'), file('9')]))).toEqual(['9', '10']);
});

test('behind what it comes after, whatever its version', () => {
  expect(versions(inOrder([file('a', ['c']), file('b', []), file('c', ['b'])]))).toEqual(['b', 'c', 'a']);
});

test('a merge comes behind both', () => {
  const files = [file('a', ['y', 'z']), file('y', ['b']), file('z', ['b']), file('b', [])];
  expect(versions(inOrder(files))).toEqual(['b', 'y', 'z', 'a']);
});

test('what is not among the files is no hindrance', () => {
  expect(versions(inOrder([file('b', ['gone']), file('a', ['b'])]))).toEqual(['b', 'a']);
});

test('a circle ends', () => {
  expect(versions(inOrder([file('a', ['b']), file('b', ['a'])])).toSorted()).toEqual(['a', 'b']);
});

test('the same version in another folder is another one', () => {
  expect(versions(inOrder([file('a', ['b'], 'x'), file('b', [], 'y')]))).toEqual(['a', 'b']);
});

test('a chain of ten thousand is followed to its end', () => {
  const chain = Array.from({ length: 10_000 }, (_, at) =>
    file(`r${10_000 - at}`, at === 0 ? [] : [`r${10_001 - at}`]),
  );
  const ordered = versions(inOrder(chain));
  expect([ordered[0], ordered.at(-1)]).toEqual(['r10000', 'r1']);
});
