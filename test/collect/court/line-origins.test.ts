import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineOrigins, type FileDifference } from '../../../src/collect/court/line-origins.ts';

/** What a file's lines become, as one hunk after the lines that both have at the start and at the end. */
function difference(path: string, before: readonly string[], after: readonly string[]): FileDifference {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1;
  const [baseLines, headLines] = [before.length - start - end, after.length - start - end];
  const side = (lines: readonly string[], count: number) =>
    lines.slice(start, start + count).map((text, i) => ({ line: start + 1 + i, text }));
  return {
    path,
    isGone: after.length === 0,
    hunks:
      baseLines + headLines === 0
        ? []
        : [
            {
              baseStart: baseLines === 0 ? start : start + 1,
              baseLines,
              headStart: headLines === 0 ? start : start + 1,
              headLines,
            },
          ],
    deleted: side(before, baseLines),
    added: side(after, headLines),
  };
}

function entriesOf(removed: ReadonlyMap<number, number>) {
  return Object.fromEntries(removed);
}

describe('the origins of lines', () => {
  const first = ['const rate = 0.19;', 'const free = 100;', 'return price * rate;'];

  it('name the entry that wrote what a later one removes', () => {
    const origins = createLineOrigins();
    origins.take(0, [difference('tax.ts', [], first)]);
    const second = ['const rate = 0.19;', 'const free = 100;', 'return price * rate - free;'];
    origins.take(1, [difference('tax.ts', first, second)]);
    const third = ['const rate = 0.2;', 'return price * rate - max(free, 0);'];
    expect(entriesOf(origins.take(2, [difference('tax.ts', second, third)]))).toEqual({ 0: 2, 1: 1 });
  });

  it('of lines from before the first entry are unknown', () => {
    const origins = createLineOrigins();
    const after = [...first.slice(0, 2), 'return price;'];
    expect(entriesOf(origins.take(0, [difference('tax.ts', first, after)]))).toEqual({});
    expect(entriesOf(origins.take(1, [difference('tax.ts', after, first.slice(0, 2))]))).toEqual({ 0: 1 });
  });

  it('leave out blank lines, brackets and comments', () => {
    const origins = createLineOrigins();
    const noise = ['', '  }', '// the rate of 2007', '# as before', '-- and so on', 'end'];
    origins.take(0, [difference('a.ts', [], [...noise, 'const kept = 1;'])]);
    expect(
      entriesOf(origins.take(1, [difference('a.ts', [...noise, 'const kept = 1;'], ['const kept = 1;'])])),
    ).toEqual({});
  });

  it('stay with a line that is indented or moved to another file', () => {
    const origins = createLineOrigins();
    origins.take(0, [difference('tax.ts', [], first)]);
    const indented = first.map((line) => `  ${line}`);
    expect(entriesOf(origins.take(1, [difference('tax.ts', first, indented)]))).toEqual({});
    expect(
      entriesOf(origins.take(2, [difference('tax.ts', indented, []), difference('rates.ts', [], indented)])),
    ).toEqual({});
    expect(entriesOf(origins.take(3, [difference('rates.ts', indented, ['const rate = 0;'])]))).toEqual({
      0: 3,
    });
  });

  it('are forgotten where nobody could follow them', () => {
    const origins = createLineOrigins();
    origins.take(0, [difference('tax.ts', [], first)]);
    origins.forget(['tax.ts']);
    expect(entriesOf(origins.take(1, [difference('tax.ts', first, [])]))).toEqual({});
  });

  it('count every telling line once, whatever is done to a file', () => {
    const text = fc.array(fc.nat(30), { maxLength: 25 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), (versions) => {
        const origins = createLineOrigins();
        // Every line of every version is a text of its own, so nothing is ever moved.
        const lines = versions.map((numbers, version) =>
          numbers.map((n, i) => `line ${version} ${i} of ${n}`),
        );
        let before: readonly string[] = [];
        for (const [version, after] of lines.entries()) {
          const removed = origins.take(version, [difference('f.ts', before, after)]);
          expect([...removed.values()].reduce((sum, n) => sum + n, 0)).toBe(before.length);
          for (const origin of removed.keys()) expect(origin).toBe(version - 1);
          before = after;
        }
      }),
    );
  });
});
