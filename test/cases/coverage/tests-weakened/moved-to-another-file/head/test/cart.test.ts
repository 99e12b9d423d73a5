import { total } from '../src/cart.ts';

it('adds up', () => {
  expect(total(adds)).toBe(0);
});
