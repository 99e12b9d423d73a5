import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unavailable } from '../../../src/core/part.ts';
import { changeSize } from '../../../src/review/measure/change-size.ts';
import { effectiveLines } from '../../../src/review/measure/effective-lines.ts';
import { splitProposal } from '../../../src/review/measure/split-proposal.ts';
import { unreadEstimate } from '../../../src/review/measure/unread-estimate.ts';
import { change, changedFile } from '../../support/facts.ts';
import { reviewFacts } from '../review-facts.ts';

describe('the size of a change', () => {
  const added = [{ start: 1, end: 40 }];
  const given = change({ files: [changedFile({ added }), changedFile({ path: 'yarn.lock', added })] });

  test('is what git counts, without what nobody reads', () => {
    expect(changeSize(given, reviewFacts([], { size: { lines: 999, files: 3 } }))).toEqual({
      lines: 40,
      leftOut: 40,
      reasons: ['lock files'],
    });
  });

  test('is what GitHub counts where git could not be read, and unknown without either', () => {
    const missing = unavailable('no git');
    expect(changeSize(missing, reviewFacts([], { size: { lines: 999, files: 3 } }))?.lines).toBe(999);
    expect(changeSize(missing, reviewFacts([]))).toBeUndefined();
  });
});

describe('effective lines', () => {
  const files = [
    { path: 'src/a.ts', lines: 100 },
    { path: 'api/client.ts', lines: 500 },
    { path: 'vendor/kept/by-us.ts', lines: 30 },
  ];

  test('the base’s attributes have the last word over names, both ways', () => {
    const attributes = [
      { path: 'api/client.ts', is: 'generated' },
      { path: 'vendor/kept/by-us.ts', is: 'code' },
    ] as const;
    expect(effectiveLines(files, { attributes })).toEqual({
      lines: 130,
      leftOut: 500,
      reasons: ['generated files'],
    });
  });

  test('moved blocks and white space are left out of the files that count', () => {
    const quietLines = [
      { path: 'src/a.ts', whitespace: 10, moved: 40 },
      { path: 'vendor/kept/by-us.ts', whitespace: 30, moved: 0 },
    ];
    expect(effectiveLines(files, { quietLines })).toEqual({
      lines: 550,
      leftOut: 80,
      reasons: ['moved blocks', 'vendored files', 'white space'],
    });
  });

  test('no file counts below 0, however much of it is said to be quiet', () => {
    const quietLines = [{ path: 'src/a.ts', whitespace: 90, moved: 90 }];
    expect(effectiveLines(files.slice(0, 1), { quietLines })).toMatchObject({ lines: 0, leftOut: 100 });
  });

  test('what counts and what is left out are together all lines', () => {
    const file = fc.record({
      path: fc.constantFrom('a.ts', 'b.lock', 'yarn.lock', 'vendor/x.js', 'docs/a.md'),
      lines: fc.nat(500),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(file, { selector: ({ path }) => path }),
        fc.nat(600),
        fc.nat(600),
        (given, whitespace, moved) => {
          const found = effectiveLines(given, { quietLines: [{ path: 'a.ts', whitespace, moved }] });
          expect(found.lines + found.leftOut).toBe(given.reduce((sum, { lines }) => sum + lines, 0));
        },
      ),
    );
  });
});

describe('a proposed split', () => {
  test('takes the depth that leaves the smallest largest part', () => {
    const files = [
      { path: 'src/api/orders.ts', lines: 300 },
      { path: 'src/web/app.tsx', lines: 250 },
      { path: 'README.md', lines: 5 },
    ];
    expect(splitProposal(files, []).folders).toEqual([
      { path: 'src/api', lines: 300 },
      { path: 'src/web', lines: 250 },
      { path: '', lines: 5 },
    ]);
  });

  test('cuts after the commit that halves it best', () => {
    const commits = [10, 80, 60, 30].map((lines, n) => ({ commit: String(n).repeat(40), lines }));
    expect(splitProposal([], commits).commit).toEqual({ id: '1'.repeat(40), before: 90, after: 90 });
  });

  test.each([
    ['one commit', [50]],
    ['nothing before the last', [0, 50]],
    ['nothing after the first', [50, 0]],
    ['none', []],
  ])('%s leaves nowhere to cut', (_, sizes) => {
    const commits = sizes.map((lines, n) => ({ commit: String(n).repeat(40), lines }));
    expect(splitProposal([], commits).commit).toBeUndefined();
  });

  test('its parts are together all lines', () => {
    const file = fc.record({
      path: fc
        .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 6 })
        .map((steps) => steps.join('/')),
      lines: fc.nat(500),
    });
    fc.assert(
      fc.property(fc.array(file), (files) => {
        const { folders } = splitProposal(files, []);
        const total = files.reduce((sum, { lines }) => sum + lines, 0);
        expect(folders.reduce((sum, { lines }) => sum + lines, 0)).toBe(total);
      }),
    );
  });
});

describe('the unread estimate', () => {
  const lines = (sizes: readonly number[]) => unreadEstimate(sizes.map((size) => ({ lines: size }))).lines;

  test('leaves a tenth of a single file', () => {
    expect(unreadEstimate([{ lines: 100 }])).toEqual({
      lines: expect.closeTo(10, 10),
      of: 100,
      isEstimate: true,
    });
  });

  test('has 64 % lower odds for the last file than for the first', () => {
    // Odds of a close look: 9 for the first, 9 × 0.36 = 3.24 for the last.
    expect(lines([0, 100])).toBeCloseTo(100 / 4.24, 10);
  });

  test('grows when lines stand later, and stays between none and all', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 2, maxLength: 30 }), (sizes) => {
        const ascending = sizes.toSorted((a, b) => a - b);
        const total = sizes.reduce((sum, size) => sum + size, 0);
        expect(lines(ascending)).toBeGreaterThanOrEqual(lines(ascending.toReversed()) - 1e-6);
        expect(lines(sizes)).toBeGreaterThanOrEqual(0);
        expect(lines(sizes)).toBeLessThanOrEqual(total);
      }),
    );
  });
});
