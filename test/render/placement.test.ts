import { describe, expect, it } from 'vitest';
import { anchorOf } from '../../src/render/placement.ts';
import { change, changedFile } from '../support/facts.ts';

// One hunk: head lines 7 to 15, base lines 7 to 12.
const oneHunk = change();

describe('a review comment hangs on a line that GitHub shows', () => {
  it.each([
    ['the first line of the hunk', { line: 7 }, { line: 7, side: 'RIGHT' }],
    ['the last line of the hunk', { line: 15 }, { line: 15, side: 'RIGHT' }],
    ['several lines', { line: 10, endLine: 12 }, { startLine: 10, line: 12, side: 'RIGHT' }],
    ['a range that begins and ends on one line', { line: 10, endLine: 10 }, { line: 10, side: 'RIGHT' }],
    [
      'a range that runs past the hunk is cut to it',
      { line: 14, endLine: 40 },
      { startLine: 14, line: 15, side: 'RIGHT' },
    ],
    ['a deleted line', { line: 12, side: 'base' }, { line: 12, side: 'LEFT' }],
  ] as const)('%s', (_, place, expected) => {
    expect(anchorOf({ path: 'src/refund.ts', ...place }, oneHunk)).toEqual({
      path: 'src/refund.ts',
      ...expected,
    });
  });

  it.each([
    ['one line before the hunk', { path: 'src/refund.ts', line: 6 }],
    ['one line after the hunk', { path: 'src/refund.ts', line: 16 }],
    ['after the hunk on the base side', { path: 'src/refund.ts', line: 13, side: 'base' }],
    ['a file the change does not touch', { path: 'src/other.ts', line: 7 }],
    ['a file as a whole', { path: 'src/refund.ts' }],
  ] as const)('%s has no anchor', (_, place) => {
    expect(anchorOf(place, oneHunk)).toBeUndefined();
  });

  it('a binary file has no anchor', () => {
    expect(
      anchorOf({ path: 'src/refund.ts', line: 7 }, change({ files: [changedFile({ isBinary: true })] })),
    ).toBeUndefined();
  });
});
