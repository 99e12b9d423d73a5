import { total } from '../src/cart.ts';

it('adds up', () => {
  expect(total(adds)).toBe(0);
});

it('rounds once', () => {
  expect(total(rounds)).toBe(1);
});

it('takes a discount', () => {
  expect(total(takes)).toBe(2);
});

it('has none', () => {
  expect(total(has)).toBe(3);
});
