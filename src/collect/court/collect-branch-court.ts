import { randomBytes } from 'node:crypto';
import type { CourtFacts, TriedChange } from '../../core/court-facts.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { seededRandom } from '../../core/statistics/seeded-random.ts';
import { mayBeMigration } from '../../migrations/detect/detect-migration.ts';
import { openRepository } from '../git/open-repository.ts';
import { createPeople, type People } from '../people.ts';
import { readBranchEntries } from './branch-entries.ts';
import type { BranchCourtRequest } from './court-request.ts';
import { describeEntry } from './describe-entry.ts';
import { drawChanges } from './draw-changes.ts';
import { type DescribedEntry, type FoundOutcomes, findOutcomes } from './find-outcomes.ts';
import { openHistory } from './open-history.ts';
import { readReviews } from './read-reviews.ts';
import { createRecordedReviews, type RecordedReviews } from './recorded-reviews.ts';
import { openStoredCoverage, type StoredCoverage } from './stored-coverage.ts';
import { type Candidate, type Known, tryChange } from './try-change.ts';

const day = 86_400_000;
/** A repository keeps what it has read; it is opened anew after so many changes, so that years do not pile up. */
const changesAtOnce = 40;
/** Git waits for the disk, the rules for nothing: more at a time gain nothing. */
const sideBySide = 3;

/**
 * The merged changes of a clone's default branch, what the rules say of each when it was merged, and what became of it.
 * Every change with an outcome is found by reading the whole branch once; the rules are asked about those that are drawn.
 */
export async function collectBranchCourt(request: BranchCourtRequest): Promise<Part<CourtFacts>> {
  const history = await openHistory(request.checkout, request.scratchFolder);
  if (isUnavailable(history)) return history;
  let coverage: Part<StoredCoverage> | undefined;
  try {
    const people = createPeople(randomBytes(32).toString('hex'));
    const entries: DescribedEntry[] = [];
    await readBranchEntries(history.scratch, history.tip, request.since, (entry) => {
      const { kind } = people({ login: entry.authorName, email: entry.authorEmail });
      entries.push({ ...entry, description: describeEntry(entry.message, kind) });
    });
    // A date from a wrong clock says nothing about how long the others have been watched.
    const now = Date.parse(request.now);
    const until = entries.reduce((latest, { at }) => (at <= now ? Math.max(latest, at) : latest), 0);
    const found = await findOutcomes(entries, request.watchedDays, history);
    const isMerged = mergesOf(entries);
    const candidates = entries
      .map((entry, place): Candidate => candidateOf(entry, found.outcomes.get(place) ?? 'fine'))
      .filter((_, place) => isMerged(entries[place]));
    if (candidates.length === 0)
      return unavailable(
        `Nothing was merged in ${request.checkout} from ${request.since.slice(0, 10)} on. Is there an earlier day to begin with?`,
      );
    const old = candidates.filter(({ at }) => until - at >= request.watchedDays * day);
    const drawn = drawChanges(old, request.most, seededRandom(request.seed));
    const reviews = await reviewsOf(drawn, request, people);
    coverage = await openStoredCoverage(request.checkout, request.scratchFolder);
    const changes = await tryAll(drawn, request, people, { reviews, coverage });
    if (old.length > 0 && changes.length === 0)
      return unavailable(`None of ${drawn.length} merged changes in ${request.checkout} could be read.`);
    return {
      schemaVersion: 1,
      now: request.now,
      seed: request.seed,
      repository: request.repository,
      watchedDays: request.watchedDays,
      since: new Date(entries[0]?.at ?? Date.parse(request.since)).toISOString(),
      until: new Date(until).toISOString(),
      rules: request.rules,
      changes,
      counts: {
        merged: candidates.length,
        tooYoung: candidates.length - old.length,
        wentBadly: old.filter(({ isBad }) => isBad).length,
        notDrawn: old.length - drawn.length,
        notRead: drawn.length - changes.length,
      },
      limits: limitsOf(found, { reviews, coverage }, request),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    return unavailable(`The history in ${request.checkout} could not be read: ${reason}.`);
  } finally {
    if (coverage && !isUnavailable(coverage)) await coverage.close();
    await history.scratch.close();
  }
}

/**
 * A merged change is a merge, or a commit that names its pull request. Where these are fewer than half of the branch, it
 * is not worked on by pull requests that leave a trace, and every commit counts as a change.
 */
function mergesOf(entries: readonly DescribedEntry[]): (entry: DescribedEntry | undefined) => boolean {
  const isOne = ({ parents, description }: DescribedEntry) =>
    parents.length > 1 || description.pullRequest !== undefined;
  const isUsual = entries.filter(isOne).length * 2 >= entries.length;
  return (entry) => entry !== undefined && entry.parents.length > 0 && (!isUsual || isOne(entry));
}

function candidateOf(entry: DescribedEntry, outcome: TriedChange['outcome']): Candidate {
  const { id, parents, at, description, files } = entry;
  return {
    id,
    parents,
    at,
    description,
    outcome,
    isBad: outcome !== 'fine',
    touchesMigrations: files.some(({ path }) => mayBeMigration(path)),
  };
}

async function tryAll(
  drawn: readonly Candidate[],
  request: BranchCourtRequest,
  people: People,
  known: Known,
): Promise<readonly TriedChange[]> {
  const tried = new Map<Candidate, TriedChange>();
  let done = 0;
  for (let from = 0; from < drawn.length; from += changesAtOnce) {
    const repository = await openRepository({
      checkout: request.checkout,
      scratchFolder: request.scratchFolder,
      people,
    });
    if (isUnavailable(repository)) break;
    try {
      const waiting = drawn.slice(from, from + changesAtOnce);
      const worker = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const change = await tryChange(next, repository, request, known);
          if (!isUnavailable(change)) tried.set(next, change);
          done += 1;
          request.onProgress?.(done, drawn.length);
        }
      };
      await Promise.all(Array.from({ length: sideBySide }, worker));
    } finally {
      await repository.close();
    }
  }
  return drawn.flatMap((candidate) => tried.get(candidate) ?? []);
}

/** Recorded ones where they are given, else GitHub's, of the changes that are drawn. */
async function reviewsOf(
  drawn: readonly Candidate[],
  { timelines, learnedDays, github }: BranchCourtRequest,
  people: People,
): Promise<Part<RecordedReviews>> {
  if (timelines) return createRecordedReviews(timelines, learnedDays);
  if (isUnavailable(github)) return github;
  const numbers = drawn.flatMap(({ description }) => description.pullRequest ?? []);
  return readReviews(github, [...new Set(numbers)], people, learnedDays);
}

function limitsOf(
  { fixes, reworks, reverts }: FoundOutcomes,
  { reviews, coverage }: Known,
  { timelines }: BranchCourtRequest,
): readonly string[] {
  return [
    `fixes are those whose title says so (${fixes}), and they point at whoever wrote the lines they remove; reverts that name what they take back: ${reverts}`,
    ...(reworks > 0 ? [`fixes that remove more than 200 lines and point at nothing: ${reworks}`] : []),
    ...(isUnavailable(reviews)
      ? [
          `the review rules had nothing to look at: ${reviews.unavailable}`,
          'pull request descriptions were not read: reasons written there alone count as missing',
        ]
      : timelines
        ? []
        : ['what was usual in review is learned from the changes that were drawn, not from all']),
    isUnavailable(coverage)
      ? `the rules about coverage reports had nothing to look at: ${coverage.unavailable}`
      : `coverage is stored for ${coverage.measured} commits; of other changes the rules about it say nothing`,
  ];
}
