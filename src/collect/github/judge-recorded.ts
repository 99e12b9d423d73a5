import { randomBytes } from 'node:crypto';
import type { Change } from '../../core/change.ts';
import type { Facts } from '../../core/facts.ts';
import type { MergedPull } from '../../core/health-facts.ts';
import { type Part, unavailable } from '../../core/part.ts';
import type { PullRequest } from '../../core/pull-request.ts';
import type { ReviewBaseline } from '../../core/review-baseline.ts';
import type { ReviewFacts, UnreviewedTail } from '../../core/review-facts.ts';
import { noSettings } from '../../core/settings.ts';
import { baselineOfSamples, daysLearned, startOfLearning } from '../../review/measure/baseline.ts';
import { changeClass } from '../../review/measure/change-class.ts';
import { type ReviewSample, reviewSample } from '../../review/measure/review-sample.ts';
import { timeline } from '../../review/timeline.ts';
import { createPeople, type People } from '../people.ts';
import type { RecordedPull, RecordedTimelines } from './recorded-timeline-schema.ts';
import { rawTimelineOf } from './recorded-timelines.ts';

export interface RecordedFacts {
  readonly number: number;
  readonly facts: Facts;
}

const noHead = '0'.repeat(40);

/**
 * Facts of every recorded pull request, in the order given. Each is judged with what was usual when it was judged: the
 * baseline is learned from those of the same recording that were merged in the `days` before the day (UTC) of that moment.
 */
export function* factsOfRecorded(
  recorded: RecordedTimelines,
  days: number = daysLearned,
): Generator<RecordedFacts> {
  const people = createPeople(randomBytes(32).toString('hex'), recorded.bots ?? []);
  const options = { approvalWords: recorded.approvalWords ?? [] };
  const reviews = recorded.pulls.map((pull) => timeline(rawTimelineOf(pull), people, options));
  const samples = recorded.pulls.flatMap((pull, n) => sampleOf(pull, reviews[n], people) ?? []);
  const byDay = new Map<string, ReviewBaseline>();
  const baselineAt = (day: string) => {
    const known = byDay.get(day);
    if (known) return known;
    const earlier = samples.filter(({ mergedAt }) => Date.parse(mergedAt) < Date.parse(day));
    const made = baselineOfSamples(earlier, day, startOfLearning(day, days));
    byDay.set(day, made);
    return made;
  };
  for (const [n, pull] of recorded.pulls.entries()) {
    const review = reviews[n];
    if (!review) continue;
    const now = utc(recorded.now ?? lastMoment(pull, review));
    const baseline = baselineAt(`${now.slice(0, 10)}T00:00:00Z`);
    yield { number: pull.number, facts: factsOf(recorded.repository, pull, review, now, baseline, people) };
  }
}

function sampleOf(
  pull: RecordedPull,
  review: ReviewFacts | undefined,
  people: People,
): ReviewSample | undefined {
  if (!pull.mergedAt || !review) return undefined;
  const merged: MergedPull = {
    number: pull.number,
    createdAt: pull.createdAt,
    mergedAt: pull.mergedAt,
    isRevert: changeClass(pullRequestOf(pull, people)) === 'revert',
    lines: pull.additions + pull.deletions,
    head: pull.head ?? noHead,
    review,
  };
  return reviewSample(merged);
}

function factsOf(
  repository: string,
  pull: RecordedPull,
  review: ReviewFacts,
  now: string,
  baseline: ReviewBaseline,
  people: People,
): Facts {
  const head = pull.head ?? noHead;
  return {
    schemaVersion: 1,
    now,
    seed: 1,
    repository: { name: repository },
    asked: { pullRequest: pull.number, ...(pull.head !== undefined && { head }) },
    settings: noSettings,
    pullRequest: pullRequestOf(pull, people),
    change: changeOf(pull, head),
    coverage: unavailable('a recorded timeline holds no coverage'),
    review: {
      ...review,
      checks:
        pull.checks?.map(({ commit, checks }) => ({ commit, checks: checks.map(definedOnly) })) ??
        unavailable('the timeline records no checks'),
      familiarity: unavailable('the timeline does not record who has worked on these files'),
      baseline,
      tail: pull.tail
        ? tailOf(pull.tail)
        : unavailable('the timeline does not record the lines since the approval'),
    },
    migrations: unavailable('a recorded timeline holds no migrations'),
    earlierResults: [],
    replies: [],
    remarks: [],
  };
}

function definedOnly(check: NonNullable<RecordedPull['checks']>[number]['checks'][number]) {
  const { startedAt, completedAt, name, result } = check;
  return { name, ...(startedAt && { startedAt }), ...(completedAt && { completedAt }), result };
}

function pullRequestOf(pull: RecordedPull, people: People): PullRequest {
  const { author } = pull;
  return {
    number: pull.number,
    title: pull.title,
    body: pull.body ?? '',
    state: pull.mergedAt ? 'merged' : pull.closedAt ? 'closed' : 'open',
    isDraft: pull.isDraft ?? false,
    author: people(typeof author === 'string' ? { login: author } : author),
    isFromFork: false,
    isFirstContribution: false,
    baseBranch: pull.baseBranch ?? 'main',
    headBranch: pull.headBranch ?? '',
    labels: pull.labels ?? [],
    templates: [],
  };
}

/** Line numbers are not recorded: a file's lines are numbered from 1, which only counting looks at. */
function changeOf({ files }: RecordedPull, head: string): Part<Change> {
  if (!files) return unavailable('the timeline does not record which files changed');
  return {
    base: noHead,
    head,
    mergeBase: noHead,
    baseName: 'the base',
    files: files
      .map(({ path, additions, deletions }) => ({
        path,
        status: 'modified' as const,
        kind: 'file' as const,
        isBinary: false,
        hunks: [],
        added: linesFrom(additions),
        deleted: linesFrom(deletions),
      }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    commits: [],
  };
}

function tailOf({ approvedCommit, approvedAt, files }: NonNullable<RecordedPull['tail']>): UnreviewedTail {
  return {
    approvedCommit,
    approvedAt,
    addedLines: files.reduce((sum, { addedLines }) => sum + addedLines, 0),
    deletedLines: files.reduce((sum, { deletedLines }) => sum + deletedLines, 0),
    files: files.map(({ path, addedLines, deletedLines }) => ({
      path,
      added: linesFrom(addedLines),
      deletedLines,
    })),
    method: 'replayed',
  };
}

function linesFrom(lines: number) {
  return lines > 0 ? [{ start: 1, end: lines }] : [];
}

function utc(time: string): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** When there was last something to judge: the merge or close, else the last thing that happened. */
function lastMoment(pull: RecordedPull, review: ReviewFacts): string {
  const known = pull.mergedAt ?? pull.closedAt;
  if (known) return known;
  return (
    [pull.createdAt, ...review.reviews.map(({ submittedAt }) => submittedAt), ...review.readyForReviewAt]
      .toSorted((a, b) => Date.parse(a) - Date.parse(b))
      .at(-1) ?? pull.createdAt
  );
}
