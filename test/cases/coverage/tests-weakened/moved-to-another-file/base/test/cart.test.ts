import { total } from '../src/cart.ts';

it('adds up', () => {
  expect(total(adds)).toBe(0);
});

it('rounds once', () => {
  expect(total(rounds)).toBe(1);
});
