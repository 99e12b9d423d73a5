import { total } from '../src/cart.ts';

it('adds up', () => {
  expect(total(adds)).toBe(0);
});

it.skip('rounds once', () => {
  expect(total(rounds)).toBe(1);
});

it('has none', () => {
  expect(total(has)).toBe(3);
});
