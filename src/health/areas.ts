import type { HealthFacts, MergedPull } from '../core/health-facts.ts';
import { isUnavailable } from '../core/part.ts';
import { thresholds } from './thresholds.ts';

/** Folders that may be named, and which of them each pull request touches. */
export interface Areas {
  /** The area that most of these pull requests touch, when it is more than half of them. */
  mainAreaOf(pulls: readonly MergedPull[]): { readonly path: string; readonly pulls: number } | undefined;
}

/**
 * An area is named only when at least five people had at least 20 pull requests merged in it in half a year: below, a
 * folder's name is as good as a person's.
 */
export function areasOf({ pulls, history }: HealthFacts): Areas {
  if (isUnavailable(pulls) || isUnavailable(history)) return { mainAreaOf: () => undefined };
  const byCommit = new Map(history.commits.map((commit) => [commit.id, commit.areas]));
  const touched = (pull: MergedPull): readonly string[] =>
    (pull.mergeCommit === undefined ? [] : (byCommit.get(pull.mergeCommit) ?? []))
      .map(({ path }) => path)
      .filter((path) => path !== '');

  const inArea = new Map<string, { pulls: number; readonly people: Set<string> }>();
  for (const pull of pulls.pulls) {
    if (isUnavailable(pull.review) || pull.review.author.kind !== 'human') continue;
    for (const path of touched(pull)) {
      const area = inArea.get(path) ?? { pulls: 0, people: new Set() };
      area.pulls += 1;
      area.people.add(pull.review.author.key);
      inArea.set(path, area);
    }
  }
  function mayBeNamed(path: string): boolean {
    const area = inArea.get(path);
    const { leastPeople, leastForArea } = thresholds;
    return area !== undefined && area.people.size >= leastPeople.value && area.pulls >= leastForArea.value;
  }
  return {
    mainAreaOf(some) {
      const counts = new Map<string, number>();
      for (const path of some.flatMap(touched).filter(mayBeNamed))
        counts.set(path, (counts.get(path) ?? 0) + 1);
      const [first] = [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
      return first && first[1] * 2 > some.length ? { path: first[0], pulls: first[1] } : undefined;
    },
  };
}
