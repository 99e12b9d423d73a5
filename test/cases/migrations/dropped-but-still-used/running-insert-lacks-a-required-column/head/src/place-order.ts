export async function placeOrder(db: Database, order: Order): Promise<void> {
  await db.query('INSERT INTO orders (customer_id, total, channel) VALUES ($1, $2, $3)', [
    order.customer,
    order.total,
    order.channel,
  ]);
}
