/**
 * Orders versions as their frameworks do: numbers by value (`9` before `10`, `1.2` before `1.10`), text between them by
 * code unit, and the empty version (a repeatable migration) last.
 */
export function compareVersions(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const one = left[at];
    const other = right[at];
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
    const order = /^\d/.test(one) && /^\d/.test(other) ? compareNumbers(one, other) : compareText(one, other);
    if (order !== 0) return order;
  }
  return 0;
}

/** By value, of any length. */
function compareNumbers(a: string, b: string): number {
  const one = a.replace(/^0+(?=\d)/, '');
  const other = b.replace(/^0+(?=\d)/, '');
  return one.length - other.length || compareText(one, other);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
