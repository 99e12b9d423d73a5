import { describe, expect, it } from 'vitest';
import { lineList, percent } from '../../src/coverage/wording.ts';

describe('a percentage', () => {
  it('is cut, never rounded up', () => {
    expect(percent(999, 1000)).toBe('99 %');
    expect(percent(1000, 1000)).toBe('100 %');
    expect(percent(1, 1000)).toBe('< 1 %');
    expect(percent(0, 1000)).toBe('0 %');
  });
});

describe('a list of lines', () => {
  it('names three places and counts the others, where these are more than one', () => {
    const range = (start: number, end = start) => ({ start, end });
    expect(lineList('line', [range(7)])).toBe('line 7');
    expect(lineList('Line', [range(9), range(2, 4)])).toBe('Lines 2–4, 9');
    expect(lineList('line', [range(1), range(2), range(3), range(4)])).toBe('lines 1, 2, 3, 4');
    const five = [range(11), range(13), range(16), range(1), range(5)];
    expect(lineList('line', five)).toBe('lines 11, 13, 16 and 2 more places');
  });
});
