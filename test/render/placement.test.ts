import { describe, expect, it } from 'vitest';
import type { Place } from '../../src/core/finding.ts';
import { findingComment } from '../../src/render/finding-text.ts';
import { anchorOf } from '../../src/render/placement.ts';
import { change, changedFile, finding } from '../support/facts.ts';

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
      kind: 'lines',
      path: 'src/refund.ts',
      ...expected,
    });
  });

  it.each([
    ['one line before the hunk', { line: 6 }],
    ['one line after the hunk', { line: 16 }],
    ['after the hunk on the base side', { line: 13, side: 'base' }],
    ['a file as a whole', {}],
  ] as const)('%s hangs on the file', (_, place) => {
    expect(anchorOf({ path: 'src/refund.ts', ...place }, oneHunk)).toEqual({
      kind: 'file',
      path: 'src/refund.ts',
    });
  });

  it('a line of a binary file hangs on the file', () => {
    expect(
      anchorOf({ path: 'src/refund.ts', line: 7 }, change({ files: [changedFile({ isBinary: true })] })),
    ).toEqual({ kind: 'file', path: 'src/refund.ts' });
  });

  it('a file that was only renamed is shown by its new name, and not by the old one', () => {
    const renamed = changedFile({ previousPath: 'src/old.ts', status: 'renamed', hunks: [], added: [] });
    const files = change({ files: [renamed] });
    expect(anchorOf({ path: 'src/refund.ts' }, files)).toEqual({ kind: 'file', path: 'src/refund.ts' });
    expect(anchorOf({ path: 'src/old.ts' }, files)).toBeUndefined();
  });

  it.each([
    ['a file the change does not touch', { path: 'src/other.ts', line: 7 }],
    ['the pull request as a whole', undefined],
  ] as const)('%s has no anchor', (_, place) => {
    expect(anchorOf(place, oneHunk)).toBeUndefined();
  });
});

describe('a suggestion is offered', () => {
  const suggested = finding({ suggestion: 'return 0;\n' });
  const body = (place: Place) => {
    const anchor = anchorOf(place, oneHunk);
    return anchor ? findingComment({ ...suggested, place }, anchor) : '';
  };

  it.each([
    ['on its lines', { line: 10, endLine: 12 }],
    ['on its one line', { line: 10 }],
  ])('%s', (_, place) => {
    expect(body({ path: 'src/refund.ts', ...place })).toContain('```suggestion\nreturn 0;\n```');
  });

  it.each([
    ['on lines that were cut to the hunk', { line: 14, endLine: 40 }],
    ['on a file as a whole', { line: 40 }],
    ['on a deleted line', { line: 12, side: 'base' }],
  ] as const)('not %s', (_, place) => {
    expect(body({ path: 'src/refund.ts', ...place })).not.toContain('suggestion');
  });
});

it('a comment on a file names the line that GitHub does not show', () => {
  expect(
    findingComment(finding({ place: { path: 'src/refund.ts', line: 40 } }), {
      kind: 'file',
      path: 'src/refund.ts',
    }),
  ).toContain('\n\nAt `src/refund.ts:40`: Is the path after a partial refund');
});
