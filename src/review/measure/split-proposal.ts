import type { CommitId } from '../../core/change.ts';

export interface SplitProposal {
  /** Parts by folder, largest first; together all lines. */
  readonly folders: readonly { readonly path: string; readonly lines: number }[];
  /** The commit after which a cut leaves two parts of most equal size; absent where there is one commit or none is known. */
  readonly commit?: { readonly id: CommitId; readonly before: number; readonly after: number };
}

/**
 * Where a change could be cut. By folder: at the depth (one to four levels) that leaves the smallest largest part, the
 * shallowest of equals; files at the root are one part, written "". By commit: after the one that halves it best.
 * Unit: lines. Domain: files with their effective lines, commits oldest first. A proposal, not a promise: what depends on
 * what is not known here.
 */
export function splitProposal(
  files: readonly { readonly path: string; readonly lines: number }[],
  commits: readonly { readonly commit: CommitId; readonly lines: number }[],
): SplitProposal {
  const depths = [1, 2, 3, 4].map((depth) => partsAt(files, depth));
  const folders = depths.reduce((best, parts) => (largest(parts) < largest(best) ? parts : best));
  const total = commits.reduce((sum, { lines }) => sum + lines, 0);
  let before = 0;
  let cut: SplitProposal['commit'];
  for (const { commit, lines } of commits.slice(0, -1)) {
    before += lines;
    const part = { id: commit, before, after: total - before };
    if (part.after > 0 && before > 0 && (!cut || larger(part) < larger(cut))) cut = part;
  }
  return { folders, ...(cut && { commit: cut }) };
}

function partsAt(files: Parameters<typeof splitProposal>[0], depth: number): SplitProposal['folders'] {
  const parts = new Map<string, number>();
  for (const { path, lines } of files) {
    if (lines === 0) continue;
    const folder = path.split('/').slice(0, -1).slice(0, depth).join('/');
    parts.set(folder, (parts.get(folder) ?? 0) + lines);
  }
  return [...parts]
    .map(([path, lines]) => ({ path, lines }))
    .toSorted((a, b) => b.lines - a.lines || (a.path < b.path ? -1 : 1));
}

function largest(parts: SplitProposal['folders']): number {
  return parts[0]?.lines ?? 0;
}

function larger({ before, after }: { readonly before: number; readonly after: number }): number {
  return Math.max(before, after);
}
