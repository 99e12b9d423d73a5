import type { BranchCommit, HealthFacts, MergedPull, MigrationEntry } from '../../src/core/health-facts.ts';
import { unavailable } from '../../src/core/part.ts';
import type { Person, PersonKey, PersonKind } from '../../src/core/people.ts';
import type { Review, ReviewFacts } from '../../src/core/review-facts.ts';
import { timeline } from '../../src/review/timeline.ts';

/** A Monday morning: the week reported on is 2026-W47, 16 to 22 November. */
export const now = '2026-11-23T07:00:00Z';
const monday = Date.parse('2026-11-16T00:00:00Z');
const hour = 3_600_000;
const week = 7 * 24 * hour;

/** A moment `weeksAgo` weeks before the week reported on, some hours into that week. */
export function at(weeksAgo: number, hours = 10): string {
  return new Date(monday - weeksAgo * week + hours * hour).toISOString();
}

export function person(name: string, kind: PersonKind = 'human'): Person {
  return { key: name as PersonKey, kind };
}

const empty: ReviewFacts = timeline(
  { createdAt: now, mergedAt: null, author: null, mergedBy: null, reviews: [], commits: [], events: [] },
  () => person('ada'),
);

export interface PullOptions {
  readonly weeksAgo?: number;
  /** Hours into the week at which it was merged. */
  readonly mergedAfter?: number;
  readonly openFor?: number;
  /** Hours after opening at which each review came. */
  readonly reviews?: readonly (Partial<Review> & { readonly after: number })[];
  readonly author?: Person;
  readonly over?: Partial<MergedPull>;
  readonly review?: Partial<ReviewFacts>;
}

let numbers = 0;

/** A pull request that was open for a day, with one approval by another human after four hours. */
export function pull(options: PullOptions = {}): MergedPull {
  const { weeksAgo = 0, mergedAfter = 60, openFor = 24, author = person('ada') } = options;
  const mergedAt = at(weeksAgo, mergedAfter);
  const createdAt = at(weeksAgo, mergedAfter - openFor);
  const reviews = (options.reviews ?? [{ after: 4 }]).map(
    ({ after, ...given }, n): Review => ({
      id: `R${n}`,
      by: person('mira'),
      state: 'approved',
      submittedAt: at(weeksAgo, mergedAfter - openFor + after),
      commit: 'b'.repeat(40),
      words: 3,
      inlineComments: 0,
      ...given,
    }),
  );
  numbers += 1;
  return {
    number: numbers,
    createdAt,
    mergedAt,
    isRevert: false,
    lines: 12,
    head: 'b'.repeat(40),
    review: {
      ...empty,
      author,
      createdAt,
      mergedAt,
      mergedBy: author,
      reviews,
      commitAuthors: [author],
      ...options.review,
    },
    ...options.over,
  };
}

/** A tail of so many added lines in one file. */
export function tail(lines: number, path = 'src/a.ts'): NonNullable<ReviewFacts['tail']> {
  return {
    approvedCommit: 'a'.repeat(40),
    approvedAt: now,
    addedLines: lines,
    deletedLines: 0,
    files: lines === 0 ? [] : [{ path, added: [{ start: 1, end: lines }], deletedLines: 0 }],
    method: 'replayed',
  };
}

export function commit(weeksAgo: number, over: Partial<BranchCommit> = {}): BranchCommit {
  return {
    id: 'c'.repeat(40),
    committedAt: at(weeksAgo),
    isRevert: false,
    files: 1,
    areas: [{ path: 'src', files: 1 }],
    migrations: [],
    ...over,
  };
}

export function migration(
  weeksAgo: number,
  reason: MigrationEntry['reason'],
  path = 'db/V1__a.sql',
): MigrationEntry {
  return { commit: 'e'.repeat(40), committedAt: at(weeksAgo), paths: [path], reason };
}

export interface FactOptions {
  readonly pulls?: readonly MergedPull[];
  readonly commits?: readonly BranchCommit[];
  readonly migrations?: readonly MigrationEntry[];
  readonly over?: Partial<HealthFacts>;
}

export const half = at(25, 0);

export function healthFacts({
  pulls = [],
  commits = [],
  migrations = [],
  over = {},
}: FactOptions = {}): HealthFacts {
  return {
    schemaVersion: 1,
    now,
    repository: { name: 'acme/shop', url: 'https://github.com/acme/shop' },
    pulls: { completeSince: half, pulls },
    history: { tip: 'c'.repeat(40), completeSince: half, commits },
    migrations: { entries: migrations, limits: [] },
    records: unavailable('not asked for'),
    remarks: [],
    ...over,
  };
}

/** `perWeek` pull requests in each of the 25 weeks before, as `make` gives them. */
export function weeksBefore(
  perWeek: number,
  make: (weeksAgo: number, n: number) => PullOptions = () => ({}),
): readonly MergedPull[] {
  return Array.from({ length: 25 }, (_, index) => index + 1).flatMap((weeksAgo) =>
    Array.from({ length: perWeek }, (_, n) => pull({ weeksAgo, ...make(weeksAgo, n) })),
  );
}

export function times<T>(count: number, make: (n: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, n) => make(n));
}
