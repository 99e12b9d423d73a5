export function total(cart) {
  return cart.lines.reduce((sum, line) => sum + line.price * line.count, 0);
}
