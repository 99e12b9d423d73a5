/** Whether a step back ends in an error on purpose: `RAISE EXCEPTION` of PL/pgSQL, `SIGNAL` of MySQL, not in a comment. */
export function raises(sql: string | undefined): boolean {
  if (sql === undefined) return false;
  return /\braise\s+exception\b|\bsignal\s+sqlstate\b/i.test(sql.replace(/--[^\n]*/g, ''));
}
