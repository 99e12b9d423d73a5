import { cart } from '../src/orders/cart.ts';

it('adds up', () => {
  expect(cart(order)).toBe(order);
});
