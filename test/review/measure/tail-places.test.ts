import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tailPlaces } from '../../../src/review/measure/tail-places.ts';
import { change, changedFile } from '../../support/facts.ts';

const hunk = (headStart: number, headLines: number) => ({ baseStart: 1, baseLines: 0, headStart, headLines });
const two = change({
  files: [
    changedFile({ path: 'a.ts', hunks: [hunk(10, 10), hunk(40, 30)] }),
    changedFile({ path: 'b.ts', hunks: [hunk(1, 100)] }),
  ],
});

function tail(path: string, ...added: readonly (readonly [start: number, end: number])[]) {
  return { path, added: added.map(([start, end]) => ({ start, end })), deletedLines: 0 };
}

test('the largest stretch comes first, then path and line decide', () => {
  expect(tailPlaces([tail('b.ts', [5, 6]), tail('a.ts', [12, 12], [41, 45], [15, 16])], two, 10)).toEqual([
    { path: 'a.ts', line: 41, endLine: 45, side: 'head' },
    { path: 'a.ts', line: 15, endLine: 16, side: 'head' },
    { path: 'b.ts', line: 5, endLine: 6, side: 'head' },
    { path: 'a.ts', line: 12, side: 'head' },
  ]);
});

test('a stretch over two hunks has a place in each', () => {
  expect(tailPlaces([tail('a.ts', [18, 42])], two, 10)).toEqual([
    { path: 'a.ts', line: 40, endLine: 42, side: 'head' },
    { path: 'a.ts', line: 18, endLine: 19, side: 'head' },
  ]);
});

test('a stretch outside every hunk names its file', () => {
  expect(tailPlaces([tail('a.ts', [25, 30])], two, 10)).toEqual([{ path: 'a.ts' }]);
});

test('a file with nothing but deletions is named as a whole, after the stretches', () => {
  expect(tailPlaces([tail('a.ts'), tail('b.ts', [3, 3])], two, 10)).toEqual([
    { path: 'b.ts', line: 3, side: 'head' },
    { path: 'a.ts' },
  ]);
});

test('a file that is no longer part of the change has no place', () => {
  expect(tailPlaces([tail('gone.ts', [1, 9])], two, 10)).toEqual([]);
});

test('no more places than asked for', () => {
  expect(tailPlaces([tail('b.ts', [1, 3], [7, 8], [10, 10])], two, 2)).toHaveLength(2);
});

test('every place lies inside one hunk', () => {
  const range = fc
    .tuple(fc.integer({ min: 1, max: 120 }), fc.nat(60))
    .map(([start, more]) => ({ start, end: start + more }));
  fc.assert(
    fc.property(fc.constantFrom('a.ts', 'b.ts'), fc.array(range), (path, added) =>
      tailPlaces([{ path, added, deletedLines: 0 }], two, 50).every(
        ({ line, endLine }) =>
          line === undefined ||
          two.files.some(
            (file) =>
              file.path === path &&
              file.hunks.some(
                ({ headStart, headLines }) => headStart <= line && (endLine ?? line) < headStart + headLines,
              ),
          ),
      ),
    ),
  );
});
