import type { FileKnowledge, ReviewQueue } from '../../core/review-facts.ts';
import { queueLoad } from './queue-load.ts';

export interface SecondLook {
  /** A team that CODEOWNERS names, or a folder that others have worked on. */
  readonly from: 'team' | 'folder';
  readonly name: string;
  /** Lines of the given files that it would cover. */
  readonly lines: number;
}

/**
 * Where a look by somebody who knows the files could come from, the best first: teams that own them, weighed down by the
 * requests they already have open; without owners the folders that others have worked on. Never a person.
 * Domain: files with their lines. At most `limit` entries. Source: workload-aware recommendation after Rigby et al., 2023
 * (arXiv 2312.17169); the weighting is ours.
 */
export function secondLook(
  files: readonly (FileKnowledge & { readonly lines: number })[],
  queue: ReviewQueue | undefined,
  limit: number,
): readonly SecondLook[] {
  const teams = totals(files.flatMap(({ teams, lines }) => teams.map((team) => [team, lines] as const)));
  if (teams.length > 0) {
    const weightOf = (team: string, lines: number) => lines / (1 + (queue ? queueLoad(queue, team).open : 0));
    return teams
      .toSorted((a, b) => weightOf(...b) - weightOf(...a) || compare(a[0], b[0]))
      .slice(0, limit)
      .map(([name, lines]) => ({ from: 'team', name, lines }));
  }
  return totals(files.map(({ path, lines }) => [folderOf(path), lines] as const))
    .toSorted((a, b) => b[1] - a[1] || compare(a[0], b[0]))
    .slice(0, limit)
    .map(([name, lines]) => ({ from: 'folder', name, lines }));
}

function totals(entries: readonly (readonly [string, number])[]): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const [name, lines] of entries) sums.set(name, (sums.get(name) ?? 0) + lines);
  return [...sums];
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : path;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
