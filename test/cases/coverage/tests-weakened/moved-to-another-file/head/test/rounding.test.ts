import { total } from '../src/cart.ts';

describe('rounding', () => {
  it('happens once', () => {
    expect(total(rounds)).toBe(1);
  });
});
