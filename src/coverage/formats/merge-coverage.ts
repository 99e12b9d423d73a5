import type { Branches, FileCoverage, Items } from './file-coverage.ts';

/**
 * Joins what two reports (shards, test suites, repeated records) say of one file: a line is known when either knows it
 * and ran when it ran in either; of a branch or item the larger packed share stays. Taking the larger one makes the
 * result independent of order, grouping and repetition. The path is the first one's.
 */
export function mergeCoverage(a: FileCoverage, b: FileCoverage): FileCoverage {
  return {
    path: a.path,
    lines: mergeLines(a.lines, b.lines),
    branches: mergeBranches(a.branches, b.branches),
    items: mergeUnits(a.items, b.items),
  };
}

function mergeLines(a: Uint32Array, b: Uint32Array): Uint32Array {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const merged = new Uint32Array(a.length + b.length);
  let count = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = a[i] as number;
    const right = b[j] as number;
    const step = (left >>> 1) - (right >>> 1);
    merged[count] = step === 0 ? Math.max(left, right) : Math.min(left, right);
    count += 1;
    if (step <= 0) i += 1;
    if (step >= 0) j += 1;
  }
  merged.set(a.subarray(i), count);
  count += a.length - i;
  merged.set(b.subarray(j), count);
  count += b.length - j;
  return merged.slice(0, count);
}

function mergeBranches(a: Branches, b: Branches): Branches {
  if (b.lines.length === 0) return a;
  if (a.lines.length === 0) return b;
  const length = a.lines.length + b.lines.length;
  const lines = new Uint32Array(length);
  const keys = new Uint32Array(length);
  const values = new Uint32Array(length);
  let count = 0;
  let i = 0;
  let j = 0;
  while (i < a.lines.length || j < b.lines.length) {
    const step = compareBranch(a, i, b, j);
    const from = step <= 0 ? a : b;
    const at = step <= 0 ? i : j;
    lines[count] = from.lines[at] as number;
    keys[count] = from.keys[at] as number;
    values[count] = larger(a.values, i, b.values, j, step);
    count += 1;
    if (step <= 0) i += 1;
    if (step >= 0) j += 1;
  }
  return { lines: lines.slice(0, count), keys: keys.slice(0, count), values: values.slice(0, count) };
}

function compareBranch(a: Branches, i: number, b: Branches, j: number): number {
  if (i >= a.lines.length) return 1;
  if (j >= b.lines.length) return -1;
  return (a.lines[i] as number) - (b.lines[j] as number) || (a.keys[i] as number) - (b.keys[j] as number);
}

function mergeUnits(a: FileCoverage['items'], b: FileCoverage['items']): FileCoverage['items'] {
  if (b.size === 0) return a;
  if (a.size === 0) return b;
  const merged = new Map(a);
  for (const [unit, items] of b) {
    const before = merged.get(unit);
    merged.set(unit, before === undefined ? items : mergeItems(before, items));
  }
  return merged;
}

function mergeItems(a: Items, b: Items): Items {
  const keys = new Float64Array(a.keys.length + b.keys.length);
  const values = new Uint32Array(keys.length);
  let count = 0;
  let i = 0;
  let j = 0;
  while (i < a.keys.length || j < b.keys.length) {
    const left = i < a.keys.length ? (a.keys[i] as number) : Number.POSITIVE_INFINITY;
    const right = j < b.keys.length ? (b.keys[j] as number) : Number.POSITIVE_INFINITY;
    const step = left < right ? -1 : left > right ? 1 : 0;
    keys[count] = Math.min(left, right);
    values[count] = larger(a.values, i, b.values, j, step);
    count += 1;
    if (step <= 0) i += 1;
    if (step >= 0) j += 1;
  }
  return { keys: keys.slice(0, count), values: values.slice(0, count) };
}

/** The value of the entry that comes first, of both when they are the same entry. */
function larger(a: Uint32Array, i: number, b: Uint32Array, j: number, step: number): number {
  if (step < 0) return a[i] as number;
  if (step > 0) return b[j] as number;
  return Math.max(a[i] as number, b[j] as number);
}
