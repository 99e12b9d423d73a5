import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChangedText, quietLines } from '../../../src/review/measure/quiet-lines.ts';

const numbered = (from: number, ...texts: readonly string[]) =>
  texts.map((text, n) => ({ line: from + n, text }));
const block = ['function refund(order) {', '  const parts = split(order);', '  return sum(parts);'];

function file(path: string, over: Partial<ChangedText>): ChangedText {
  return { path, added: [], deleted: [], ...over };
}

describe('white space', () => {
  test('a re-indented line counts on both sides', () => {
    expect(
      quietLines([
        file('a.ts', { added: numbered(1, '    return 1;'), deleted: numbered(1, '  return 1;') }),
      ]),
    ).toEqual([{ path: 'a.ts', whitespace: 2, moved: 0 }]);
  });

  test('a line that gained a character is no white space', () => {
    expect(
      quietLines([file('a.ts', { added: numbered(1, '  return 12;'), deleted: numbered(1, '  return 1;') })]),
    ).toEqual([]);
  });

  test('a removed line answers for one added line only', () => {
    expect(
      quietLines([
        file('a.ts', { added: numbered(1, '    x();', '      x();'), deleted: numbered(1, '  x();') }),
      ]),
    ).toEqual([{ path: 'a.ts', whitespace: 2, moved: 0 }]);
  });
});

describe('moved blocks', () => {
  test('three lines that stand in another file now count on both sides, indentation aside', () => {
    const moved = [
      file('new.ts', { added: numbered(10, ...block.map((line) => `  ${line}`)) }),
      file('old.ts', { deleted: numbered(40, ...block) }),
    ];
    expect(quietLines(moved)).toEqual([
      { path: 'new.ts', whitespace: 0, moved: 3 },
      { path: 'old.ts', whitespace: 0, moved: 3 },
    ]);
  });

  test('two lines are no block', () => {
    const moved = [
      file('a.ts', { added: numbered(1, ...block.slice(0, 2)), deleted: numbered(90, ...block.slice(0, 2)) }),
    ];
    expect(quietLines(moved)).toEqual([]);
  });

  test('brackets alone are no block', () => {
    const brackets = ['  }', '  }', '}', ');'];
    expect(
      quietLines([file('a.ts', { added: numbered(1, ...brackets), deleted: numbered(50, ...brackets) })]),
    ).toEqual([]);
  });

  test('lines that did not stand together are no block', () => {
    const apart = block.map((text, n) => ({ line: 1 + 10 * n, text }));
    expect(quietLines([file('a.ts', { added: numbered(1, ...block), deleted: apart })])).toEqual([]);
  });

  test('a changed line ends the block', () => {
    const changed = [...block, '  log(parts);', 'return nothing at all;'];
    const moved = [
      file('a.ts', { added: numbered(1, ...changed) }),
      file('b.ts', { deleted: numbered(1, ...block, '  warn(parts);') }),
    ];
    expect(quietLines(moved).map(({ moved: lines }) => lines)).toEqual([3, 3]);
  });

  test('a block that was copied twice is moved once', () => {
    const moved = [
      file('a.ts', { added: [...numbered(1, ...block), ...numbered(20, ...block)] }),
      file('b.ts', { deleted: numbered(1, ...block) }),
    ];
    expect(quietLines(moved).map(({ moved: lines }) => lines)).toEqual([3, 3]);
  });
});

test('never more lines are quiet than there are, and both sides are counted alike', () => {
  const text = fc.constantFrom(
    '  }',
    '}',
    'const a = compute(order);',
    'return refund(order);',
    '  return refund(order);',
    'x',
  );
  const lines = fc.array(text, { maxLength: 30 }).map((texts) => numbered(1, ...texts));
  fc.assert(
    fc.property(fc.array(fc.record({ added: lines, deleted: lines }), { maxLength: 4 }), (files) => {
      const named = files.map((given, n) => file(`${n}.ts`, given));
      let quiet = 0;
      for (const { path, whitespace, moved } of quietLines(named)) {
        const given = named.find((one) => one.path === path);
        expect(whitespace + moved).toBeLessThanOrEqual(
          (given?.added.length ?? 0) + (given?.deleted.length ?? 0),
        );
        quiet += whitespace + moved;
      }
      expect(quiet % 2).toBe(0);
    }),
  );
});

test('ten thousand equal lines take no time', () => {
  for (const text of ['}', 'const order = readOrder(request);']) {
    const many = numbered(1, ...Array.from({ length: 10_000 }, () => text));
    const began = performance.now();
    quietLines([file('a.ts', { added: many }), file('b.ts', { deleted: many })]);
    quietLines([file('a.ts', { added: many, deleted: many.map((line) => ({ ...line, text: ` ${text}` })) })]);
    expect(performance.now() - began).toBeLessThan(2000);
  }
});
