import { groupBy } from '../../core/group-by.ts';
import type { ChangedTestFile, TestCase } from '../../core/test-facts.ts';

export interface PlacedTest {
  readonly path: string;
  readonly test: TestCase;
}

export interface WeakenedTests {
  /**
   * Tests that ran at the base and stand nowhere at the head, under no name and with no equal body, and in whose place their file
   * has no new one that checks as much.
   */
  readonly deleted: readonly PlacedTest[];
  /** Tests that ran and are skipped now, as they stand at the head. */
  readonly skipped: readonly PlacedTest[];
  /** Tests that make the others of their file stay out. */
  readonly focused: readonly PlacedTest[];
  /** Tests with fewer assertions than before, as they stand at the head. */
  readonly loosened: readonly PlacedTest[];
  /** Assertions gone from tests that remain, less those that were added to tests of the change. */
  readonly assertionsGone: number;
}

/** Of the assertions that go, fewer than this share net of those that come is a rewrite of tests that check the same. Chosen by us. */
const leastNet = 0.1;

/**
 * What a change takes from the tests, net of moves: a test is followed by its name in its file, then by its body (a new
 * name, another file), then by its name in any changed file. Of those left, each new test of
 * a file replaces one that checks no more.
 */
export function weakenedTests(files: readonly ChangedTestFile[]): WeakenedTests {
  const before = files.flatMap(({ path, base }) => base.map((test) => ({ path, test })));
  const left = new Set(files.flatMap(({ path, head }) => head.map((test): PlacedTest => ({ path, test }))));
  const pairs: { readonly old: PlacedTest; readonly now: PlacedTest }[] = [];
  let open: readonly PlacedTest[] = before;
  const ways: readonly ((one: PlacedTest) => string)[] = [
    ({ path, test }) => `${path}\0${test.name}`,
    ({ test }) => test.body,
    ({ test }) => lastTitle(test.name),
  ];
  for (const key of ways) {
    const found = groupBy(left, key);
    open = open.filter((old) => {
      const now = found.get(key(old))?.shift();
      if (!now) return true;
      left.delete(now);
      pairs.push({ old, now });
      return false;
    });
  }
  // What a skipped test says checks nothing, before and after.
  const checks = ({ test }: PlacedTest) => (test.state === 'skipped' ? 0 : test.assertions);
  const fewer = pairs.filter(
    ({ old, now }) => old.test.state !== 'skipped' && now.test.assertions < old.test.assertions,
  );
  const gained =
    pairs.reduce((sum, { old, now }) => sum + Math.max(0, checks(now) - checks(old)), 0) +
    [...left].reduce((sum, now) => sum + checks(now), 0);
  const lost = fewer.reduce((sum, { old, now }) => sum + old.test.assertions - now.test.assertions, 0);
  const assertionsGone = lost - gained < lost * leastNet ? 0 : lost - gained;
  const deleted = withoutReplaced(
    open.filter(({ test }) => test.state !== 'skipped'),
    [...left],
  );
  return {
    deleted,
    skipped: pairs
      .filter(({ old, now }) => now.test.state === 'skipped' && old.test.state !== 'skipped')
      .map(({ now }) => now),
    focused: [
      ...pairs.filter(({ old, now }) => now.test.state === 'focused' && old.test.state !== 'focused'),
      ...[...left].filter(({ test }) => test.state === 'focused').map((now) => ({ now })),
    ].map(({ now }) => now),
    loosened: assertionsGone > 0 ? fewer.map(({ now }) => now) : [],
    assertionsGone,
  };
}

/** The tests that no new one of their file replaces: one that checks at least as much takes the place of one. */
function withoutReplaced(gone: readonly PlacedTest[], fresh: readonly PlacedTest[]): readonly PlacedTest[] {
  const places = groupBy(
    fresh.toSorted((a, b) => b.test.assertions - a.test.assertions),
    ({ path }) => path,
  );
  const replaced = new Set<PlacedTest>();
  for (const old of gone.toSorted((a, b) => b.test.assertions - a.test.assertions)) {
    const candidates = places.get(old.path) ?? [];
    if ((candidates[0]?.test.assertions ?? -1) < old.test.assertions) continue;
    candidates.shift();
    replaced.add(old);
  }
  return gone.filter((old) => !replaced.has(old));
}

function lastTitle(name: string): string {
  return name.split(' > ').at(-1) ?? name;
}
