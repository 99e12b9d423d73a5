import type { Change, CommitId } from '../../core/change.ts';
import type { ChangeOutcome, TriedChange } from '../../core/court-facts.ts';
import type { Facts } from '../../core/facts.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import type { ReviewFacts } from '../../core/review-facts.ts';
import { noSettings } from '../../core/settings.ts';
import { sizedFiles } from '../../review/measure/change-size.ts';
import { effectiveLines } from '../../review/measure/effective-lines.ts';
import { approvedCommitOf } from '../../review/measure/last-human-approval.ts';
import { collectMigrations, withTouchingCommits } from '../collect-migrations.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import { readAttributes } from '../github/read-attributes.ts';
import { collectTests } from '../tests/collect-tests.ts';
import type { CourtRequest } from './court-request.ts';
import type { EntryDescription } from './describe-entry.ts';
import { type RecordedReviews, whileWaiting } from './recorded-reviews.ts';
import type { StoredCoverage } from './stored-coverage.ts';

/** A merged change of the branch, before the rules are asked. */
export interface Candidate {
  readonly id: CommitId;
  readonly parents: readonly CommitId[];
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly description: EntryDescription;
  readonly outcome: ChangeOutcome;
  readonly isBad: boolean;
  readonly touchesMigrations: boolean;
}

/** What is known beside the clone's own history. */
export interface Known {
  readonly reviews: Part<RecordedReviews>;
  readonly coverage: Part<StoredCoverage>;
}

/** With the lines since the last approval, where git still has the commit that was approved, and what attributes say of files. */
async function reviewOf(
  review: Part<ReviewFacts>,
  repository: JudgedRepository,
  change: Change,
): Promise<Part<ReviewFacts>> {
  if (isUnavailable(review) || (review.tail && !isUnavailable(review.tail))) return review;
  const approved = approvedCommitOf(review);
  if (!approved || isUnavailable(approved)) return approved ? { ...review, tail: approved } : review;
  const { base, head } = change;
  const [tail, attributes] = await Promise.all([
    repository.unreviewedTail({ base, head, approved: approved.commit }),
    readAttributes(repository, change),
  ]);
  return {
    ...review,
    attributes,
    tail: isUnavailable(tail) ? tail : { ...tail, approvedCommit: approved.commit, approvedAt: approved.at },
  };
}

/** Judges a change as `check` would have on the day it was merged: what it changes against its merge base. */
export async function tryChange(
  candidate: Candidate,
  repository: JudgedRepository,
  request: CourtRequest,
  { reviews, coverage }: Known,
): Promise<Part<TriedChange>> {
  const { id, parents, at, description, outcome, touchesMigrations } = candidate;
  const [base, merged] = parents;
  if (base === undefined) return unavailable('the first commit has nothing to be compared with');
  // Of an ordinary merge the branch is judged; an octopus and a squash are judged as they were merged.
  const head = parents.length === 2 && merged !== undefined ? merged : id;
  const change = await repository.readChange({ base, head, baseName: 'the first parent' });
  if (isUnavailable(change)) return change;
  const [tests, { migrations, remarks }] = await Promise.all([
    collectTests(repository, change),
    collectMigrations(repository, change).then((found) => withTouchingCommits(repository, change, found)),
  ]);
  const inClone = unavailable('a clone does not hold it');
  const recorded =
    description.pullRequest === undefined || isUnavailable(reviews)
      ? undefined
      : reviews.get(description.pullRequest);
  const mergedAt = new Date(at).toISOString();
  const facts: Facts = {
    schemaVersion: 1,
    now: mergedAt,
    seed: request.seed,
    repository: request.repository,
    asked: {},
    settings: noSettings,
    pullRequest: recorded?.pullRequest ?? inClone,
    review: await reviewOf(recorded?.review ?? inClone, repository, change),
    change,
    coverage: isUnavailable(coverage) ? coverage : await coverage.of(repository, change, id),
    migrations,
    tests,
    earlierResults: [],
    replies: [],
    remarks,
  };
  return {
    name: description.pullRequest === undefined ? id : `#${description.pullRequest}`,
    mergedAt,
    lines: effectiveLines(sizedFiles(change)).lines,
    kind: `${description.kind}${touchesMigrations ? ', with migrations' : ''}`,
    outcome,
    verdicts: request.judge([facts, whileWaiting(facts) ?? facts]),
  };
}
