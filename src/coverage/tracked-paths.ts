/** Tracked files, findable by path and by last segment. */
export interface TrackedPaths {
  has(path: string): boolean;
  /** Paths with this last segment, in the order given. */
  named(name: string): readonly string[];
}

export function trackedPaths(paths: readonly string[]): TrackedPaths {
  const all = new Set(paths);
  const byName = new Map<string, string[]>();
  for (const path of all) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [path]);
    else same.push(path);
  }
  return { has: (path) => all.has(path), named: (name) => byName.get(name) ?? [] };
}
