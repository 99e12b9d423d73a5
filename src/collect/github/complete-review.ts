import type { Change } from '../../core/change.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import type { PullRequest } from '../../core/pull-request.ts';
import type { ReviewBaseline } from '../../core/review-baseline.ts';
import type { ReviewFacts } from '../../core/review-facts.ts';
import { whyNotOrdinary } from '../../review/measure/change-class.ts';
import { lastHumanApproval } from '../../review/measure/last-human-approval.ts';
import { quietLines } from '../../review/measure/quiet-lines.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import type { People } from '../people.ts';
import type { GitHubClient } from './create-client.ts';
import { readAttributes } from './read-attributes.ts';
import { readFamiliarity } from './read-familiarity.ts';
import { readMergedTimelines } from './read-merged-timelines.ts';

export interface ReviewToComplete {
  readonly review: ReviewFacts;
  readonly pullRequest: Part<PullRequest>;
  readonly change: Change;
  readonly repository: Pick<JudgedRepository, 'readFile' | 'changedTexts'>;
  readonly client: GitHubClient;
  readonly address: { readonly owner: string; readonly name: string };
  readonly people: People;
  /** ISO 8601, UTC. */
  readonly now: string;
  /** What the weekly run has left; without it the merged pull requests are read, as far as the budget goes. */
  readonly baseline?: ReviewBaseline;
}

/** Six pages are 150 pull requests, enough for a baseline of its own, at about 40 of the 1,000 points an hour has. */
const requests = 8;
/** Milliseconds that a check waits for it. */
const timeBudget = 10_000;

/**
 * Adds to a pull request's review what does not come with the pull request: what the base's attributes say of its paths,
 * which lines are moved or differ in white space alone, what is usual in the repository and who knows the files. The
 * latter two are read only where something will be compared with them.
 */
export async function completeReview(question: ReviewToComplete): Promise<ReviewFacts> {
  const [attributes, usual, known, quietLines] = await Promise.all([
    readAttributes(question.repository, question.change),
    usualOf(question),
    familiarityOf(question),
    quietLinesOf(question),
  ]);
  return { ...question.review, attributes, ...usual, ...known, ...(quietLines && { quietLines }) };
}

/** Asked once a human has approved an ordinary change: before that nothing is compared with it. */
async function familiarityOf(question: ReviewToComplete): Promise<Pick<ReviewFacts, 'familiarity'>> {
  const { pullRequest, review } = question;
  const isAsked =
    !isUnavailable(pullRequest) &&
    whyNotOrdinary(pullRequest) === undefined &&
    lastHumanApproval(review) !== undefined;
  return isAsked ? { familiarity: await readFamiliarity(question) } : {};
}

/** What cannot be compared counts as read line by line. */
async function quietLinesOf({ repository, change }: ReviewToComplete) {
  const texts = await repository.changedTexts(change.mergeBase, change.head);
  return isUnavailable(texts) ? undefined : quietLines(texts);
}

async function usualOf(question: ReviewToComplete): Promise<Pick<ReviewFacts, 'baseline'>> {
  const { pullRequest, baseline, client, address, people, now } = question;
  if (baseline) return { baseline };
  if (isUnavailable(pullRequest) || whyNotOrdinary(pullRequest) !== undefined) return {};
  const reading = await readMergedTimelines(client, address, people, { now, requests, timeBudget });
  return { baseline: reading.baseline };
}
