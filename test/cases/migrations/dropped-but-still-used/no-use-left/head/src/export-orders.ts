export async function exportOrders(db: Database): Promise<Row[]> {
  return db.query('SELECT id, total FROM orders ORDER BY id');
}
