import { describe, expect, it } from 'vitest';
import { type ChangedLine, movedBlocks } from '../../../src/coverage/measure/moved-blocks.ts';

const block = ['export function price(order) {', 'const sum = order.sum;', '', 'return sum * rate;', '}'];

function lines(path: string, first: number, texts: readonly string[]): readonly ChangedLine[] {
  return texts.map((text, index) => ({ path, line: first + index, text }));
}

describe('a moved block', () => {
  it('is found in another file, from its first to its last line', () => {
    const removed = [...lines('a.ts', 1, ['x']), ...lines('a.ts', 10, block)];
    const added = [...lines('b.ts', 3, [...block, 'more']), ...lines('c.ts', 1, ['}'])];
    expect(movedBlocks(removed, added)).toEqual([
      { fromPath: 'a.ts', fromLine: 10, toPath: 'b.ts', toLine: 3, lines: 5 },
    ]);
  });

  it('of two lines is none, of three lines with 20 characters it is one', () => {
    const [first = '', second = '', , fourth = ''] = block;
    const find = (texts: readonly string[]) => movedBlocks(lines('a.ts', 1, texts), lines('b.ts', 1, texts));
    expect(find([first, second])).toEqual([]);
    expect(find([first, second, fourth])).toHaveLength(1);
    expect(find(['a();', 'b();', 'c();'])).toEqual([]);
  });

  it('that stands at two places after the change came from neither for sure', () => {
    const added = [...lines('b.ts', 1, block), ...lines('c.ts', 1, block)];
    expect(movedBlocks(lines('a.ts', 1, block), added)).toEqual([]);
  });

  it('ends where lines are no neighbours any more', () => {
    const added = [...lines('b.ts', 1, block.slice(0, 4)), ...lines('b.ts', 9, block.slice(4))];
    expect(movedBlocks(lines('a.ts', 1, block), added)).toEqual([
      { fromPath: 'a.ts', fromLine: 1, toPath: 'b.ts', toLine: 1, lines: 4 },
    ]);
  });
});
