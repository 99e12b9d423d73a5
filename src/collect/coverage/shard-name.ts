/**
 * The name under which a report is stored and expected again: its path, with what differs from run to run (ids, hashes,
 * times in the names of folders and files) taken out.
 */
export function shardName(path: string): string {
  return path
    .replace(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi, '*')
    .replace(/(?<![\da-z])(?=[\da-f]*\d)[\da-f]{12,}(?![\da-z])/gi, '*')
    .replace(/\d{8,}/g, '*')
    .slice(0, 300);
}
