import { groupBy } from '../../core/group-by.ts';
import type { ChangedTestFile, TestCase } from '../../core/test-facts.ts';

export interface PlacedTest {
  readonly path: string;
  readonly test: TestCase;
}

export interface WeakenedTests {
  /**
   * Tests that ran at the base and stand nowhere at the head, under no name and with no equal body, and in whose place their file
   * has no new ones that check as much.
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
 * name, another file), then by its name in any changed file. Of those left, new tests of a file replace those that check
 * no more.
 */
export function weakenedTests(
  files: readonly ChangedTestFile[],
  /** Files whose tests go with what they checked: they lose nothing. */
  isSubjectGone: (path: string) => boolean = () => false,
): WeakenedTests {
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
  const fewer = pairs.filter(
    ({ old, now }) =>
      old.test.state !== 'skipped' &&
      lossOf(old, now) > 0 &&
      !isSubjectGone(now.path) &&
      !isSubjectGone(old.path),
  );
  const helped = helpedFiles(files);
  const gained =
    pairs.reduce((sum, { old, now }) => sum + Math.max(0, checks(now) - checks(old)), 0) +
    [...left].reduce((sum, now) => sum + checks(now), 0) +
    // A helper that checks does so in every test that calls it.
    fewer.reduce((sum, { now }) => sum + (helped.get(now.path) ?? 0), 0);
  const lost = fewer.reduce((sum, { old, now }) => sum + lossOf(old, now), 0);
  const assertionsGone = lost - gained < lost * leastNet ? 0 : lost - gained;
  const fresh = [...left].map((now): Replacement => ({ ...now, checks: checks(now) }));
  const grown = pairs.flatMap(({ old, now }): readonly Replacement[] =>
    (now.test.cases ?? 1) > (old.test.cases ?? 1) ? [{ ...now, checks: checks(now) - checks(old) }] : [],
  );
  const deleted = withoutReplaced(
    open.filter(({ path, test }) => test.state !== 'skipped' && !isSubjectGone(path)),
    [...fresh, ...grown],
    files,
    helped,
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

/** No path of a file. */
const addedFiles = '/';

/** A test that can take the place of others: a new one, or one that has become a table of cases. */
interface Replacement extends PlacedTest {
  readonly checks: number;
}

/**
 * The tests that no new ones replace: those of their file or, where that has none any more, of its folder, else of new files. One that checks at least
 * as much takes the place of one, and so do several that do so together; a table of cases takes that of as many as it
 * checks for.
 */
function withoutReplaced(
  gone: readonly PlacedTest[],
  replacements: readonly Replacement[],
  files: readonly ChangedTestFile[],
  helped: ReadonlyMap<string, number>,
): readonly PlacedTest[] {
  const emptied = new Set(files.filter(({ head }) => head.length === 0).map(({ path }) => path));
  const added = new Set(files.filter(({ base }) => base.length === 0).map(({ path }) => path));
  const keysOf = (path: string) => [path, folderOf(path), ...(added.has(path) ? [addedFiles] : [])];
  const pools = new Map<string, Pool>();
  const rest = new Map(replacements.map((one) => [one, one.checks]));
  for (const one of replacements.toSorted((x, y) => y.checks - x.checks))
    for (const key of keysOf(one.path)) {
      const pool = pools.get(key) ?? { list: [], next: 0, checks: 0 };
      pools.set(key, pool);
      pool.list.push(one);
      pool.checks += one.checks;
    }

  function poolFor(path: string): Pool | undefined {
    const pool = pools.get(
      !emptied.has(path) ? path : pools.has(folderOf(path)) ? folderOf(path) : addedFiles,
    );
    while (pool && pool.next < pool.list.length && !rest.has(pool.list[pool.next] as Replacement))
      pool.next += 1;
    return pool;
  }

  /** What new tests check may stand in a helper, where it is not counted with them. */
  function neededFor({ path, test }: PlacedTest): number {
    return (helped.get(path) ?? 0) > 0 ? 0 : test.assertions;
  }

  /** Takes of a table what is needed, and any other test whole; gives what it checked. */
  function take(one: Replacement, needed: number): number {
    const checks = rest.get(one) ?? 0;
    const used = (one.test.cases ?? 1) > 1 ? Math.min(checks, Math.max(1, needed)) : checks;
    if (used < checks) rest.set(one, checks - used);
    else rest.delete(one);
    for (const key of keysOf(one.path)) {
      const pool = pools.get(key);
      if (pool) pool.checks -= used;
    }
    return used;
  }

  function isReplacedByOne(old: PlacedTest): boolean {
    const pool = poolFor(old.path);
    const one = pool?.list[pool.next];
    if (one === undefined || (rest.get(one) ?? 0) < neededFor(old)) return false;
    take(one, neededFor(old));
    return true;
  }

  function isReplacedBySeveral(old: PlacedTest): boolean {
    const needed = neededFor(old);
    if ((poolFor(old.path)?.checks ?? 0) < Math.max(1, needed)) return false;
    let found = 0;
    while (found < needed) {
      const pool = poolFor(old.path);
      const one = pool?.list[pool.next];
      if (one === undefined) return false;
      found += take(one, needed - found);
    }
    return true;
  }

  const byMost = gone.toSorted((a, b) => b.test.assertions - a.test.assertions);
  const left = byMost.filter((old) => !isReplacedByOne(old));
  const notReplaced = new Set(left.filter((old) => !isReplacedBySeveral(old)));
  return gone.filter((old) => notReplaced.has(old));
}

/** What may replace the tests of one file or folder, the one that checks most first. */
interface Pool {
  readonly list: Replacement[];
  next: number;
  checks: number;
}

/** By path, how many more lines outside of its tests seem to check something. */
function helpedFiles(files: readonly ChangedTestFile[]): ReadonlyMap<string, number> {
  return new Map(
    files.map(({ path, helperChecks: { base, head } = { base: 0, head: 0 } }) => [
      path,
      Math.max(0, head - base),
    ]),
  );
}

/** What a test checks in all its cases. What a skipped test says checks nothing, before and after. */
function checks({ test }: PlacedTest): number {
  return test.state === 'skipped' ? 0 : test.assertions * (test.cases ?? 1);
}

/** Fewer cases are no loss here: a row of a table is no assertion. */
function lossOf(old: PlacedTest, now: PlacedTest): number {
  return Math.max(0, old.test.assertions - now.test.assertions * (now.test.cases ?? 1));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function lastTitle(name: string): string {
  return name.split(' > ').at(-1) ?? name;
}
