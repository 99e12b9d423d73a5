/** A JSON object of unknown content. `JSON.parse` makes `__proto__` an ordinary key; read keys as own ones. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
