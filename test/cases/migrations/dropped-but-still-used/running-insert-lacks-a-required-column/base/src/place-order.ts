export async function placeOrder(db: Database, order: Order): Promise<void> {
  await db.query('INSERT INTO orders (customer_id, total) VALUES ($1, $2)', [order.customer, order.total]);
}
