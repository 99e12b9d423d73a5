import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchDepths, meanBranchDepth } from '../../../src/coverage/measure/branch-depth.ts';

/** Each line of the text behind its depth. */
function shown(text: string): readonly string[] {
  const depths = branchDepths(text);
  return text.split('\n').map((line, index) => `${depths[index]} ${line.trim()}`);
}

describe('the branches and loops around a line', () => {
  it('are counted from the blocks of a language with braces', () => {
    expect(
      shown(`export function price(cart) {
  const sum = total(cart);
  if (cart.isGift) {
    for (const line of cart.lines) {
      line.wrap();
    }
    return 0;
  } else if (sum > 100) {
    return sum * 0.9;
  }

  try { check(sum) } catch (error) {
    report(error);
  }
  return lines.map((line) => {
    return line.price;
  });
}`),
    ).toEqual([
      '0 export function price(cart) {',
      '0 const sum = total(cart);',
      '0 if (cart.isGift) {',
      '1 for (const line of cart.lines) {',
      '2 line.wrap();',
      '1 }',
      '1 return 0;',
      '0 } else if (sum > 100) {',
      '1 return sum * 0.9;',
      '0 }',
      '0 ',
      '0 try { check(sum) } catch (error) {',
      '1 report(error);',
      '0 }',
      '0 return lines.map((line) => {',
      '0 return line.price;',
      '0 });',
      '0 }',
    ]);
  });

  it('are counted by indentation in Python and Ruby', () => {
    expect(
      shown('def f(x):\n    while x:\n        if x > 1:\n            x -= 1\n    return x').map(
        (line) => line[0],
      ),
    ).toEqual(['0', '0', '1', '2', '0']);
    expect(shown('def f(x)\n  case x\n  when 1\n    y unless z\n  end\nend').map((line) => line[0])).toEqual([
      '0',
      '0',
      '0',
      '1',
      '0',
      '0',
    ]);
  });

  it('count with tabs as with spaces', () => {
    const spaces = 'func f() {\n    switch x {\n    case 1:\n        return y\n    }\n}';
    expect(branchDepths(spaces.replaceAll('    ', '\t'))).toEqual(branchDepths(spaces));
    expect(branchDepths(spaces)).toEqual([0, 0, 0, 1, 0, 0]);
  });

  it('go on behind a condition of several lines and a brace of its own', () => {
    expect(branchDepths('if (\n  a &&\n  b\n) {\n  c();\n}')).toEqual([0, 1, 1, 0, 1, 0]);
    expect(branchDepths('while (a)\n{\n  b();\n}\nc();\n{\n  d();\n}')).toEqual([0, 0, 1, 0, 0, 0, 0, 0]);
  });

  it('are not opened by names that look like keywords', () => {
    expect(branchDepths('{\n  if: 1,\n  format(\n    x,\n  ),\n  match = [\n    y,\n  ],\n}')).toEqual(
      Array.from({ length: 9 }, () => 0),
    );
  });

  it('are none in a file of over 50,000 lines', () => {
    expect(branchDepths('a\n'.repeat(49_999))).toHaveLength(50_000);
    expect(branchDepths('a\n'.repeat(50_000))).toEqual([]);
  });

  it('are told for every line of any text, in time that grows with the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('if (a) {', '\t', '  ', '}', 'else:', '\n', ') {', 'x', '\r\n'), {
          maxLength: 200,
        }),
        (parts) => {
          const text = parts.join('');
          const depths = branchDepths(text);
          expect(depths).toHaveLength(text.split('\n').length);
          expect(depths.every((depth) => Number.isInteger(depth) && depth >= 0)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
    const started = performance.now();
    branchDepths(`${' '.repeat(100_000)}x\n${')'.repeat(50_000)}\n${'} '.repeat(25_000)}`);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('the mean depth of added lines that did not run', () => {
  const depths = [0, 1, 2, 3, 4];

  it('leaves out lines that ran and lines that were there', () => {
    expect(meanBranchDepth(depths, [[1, 5, 'miss']], [{ start: 2, end: 3 }])).toBe(1.5);
    expect(
      meanBranchDepth(
        depths,
        [
          [1, 2, 'hit'],
          [3, 1, 'partial'],
          [4, 2, 'miss'],
        ],
        [{ start: 1, end: 5 }],
      ),
    ).toBe(3.5);
  });

  it('is nothing where all of them ran, and for lines the text does not have', () => {
    expect(meanBranchDepth(depths, [[1, 5, 'hit']], [{ start: 1, end: 5 }])).toBe(0);
    expect(meanBranchDepth(depths, [[9, 2, 'miss']], [{ start: 1, end: 20 }])).toBe(0);
  });
});
