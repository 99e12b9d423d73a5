export function total(cart) {
  return cart.lines.reduce((sum, line) => sum + line.price, 0);
}
