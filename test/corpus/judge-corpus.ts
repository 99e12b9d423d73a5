import { factsOfRecorded } from '../../src/collect/github/judge-recorded.ts';
import type { RecordedTimelines } from '../../src/collect/github/recorded-timeline-schema.ts';
import type { Change } from '../../src/core/change.ts';
import { evaluate } from '../../src/core/evaluate.ts';
import type { Facts } from '../../src/core/facts.ts';
import { isUnavailable } from '../../src/core/part.ts';
import type { ReviewFacts } from '../../src/core/review-facts.ts';
import type { Rule } from '../../src/core/rule.ts';
import { isIndependentHuman, lastHumanApproval } from '../../src/review/measure/last-human-approval.ts';
import { timeToFirstHumanReview } from '../../src/review/measure/time-to-first-human-review.ts';

export interface RuleCount {
  readonly rule: string;
  readonly level: string;
  /** Pull requests it spoke on. */
  readonly human: number;
  readonly bot: number;
  /** Pull requests by people on which it could look (it passed or spoke). */
  readonly looked: number;
}

export interface CorpusResult {
  readonly humanPulls: number;
  readonly botPulls: number;
  readonly rules: readonly RuleCount[];
  /** Pull requests by people with a finding of level warning or above. */
  readonly withWarning: number;
  /** Of merged ones with a human approval: whose last commit is not the one approved. An upper bound on what changed
   * afterwards, since a rebase counts; the lines themselves only git can tell. */
  readonly pushedAfterApproval: { readonly of: number; readonly pushed: number };
  /** Minutes; medians over those that had such a review. */
  readonly firstReview: { readonly byAnybody: number; readonly byHumans: number };
  /** Milliseconds for one timeline, from raw record to verdicts. */
  readonly millisecondsEach: number;
}

/**
 * Judges a recording, each pull request at two moments: open, just before its first human review, and at its end. Recordings without file lists cannot tell which paths are risky, so every change is given one risky path:
 * what is counted is an upper bound.
 */
export function judgeCorpus(
  recorded: RecordedTimelines,
  rules: readonly Rule[],
  days?: number,
): CorpusResult {
  const counts = new Map(
    rules.map(({ id, level }) => [id, { rule: id, level, human: 0, bot: 0, looked: 0 }]),
  );
  const anybody: number[] = [];
  const humans: number[] = [];
  let humanPulls = 0;
  let botPulls = 0;
  let withWarning = 0;
  let approved = 0;
  let pushed = 0;
  const began = performance.now();
  for (const { facts } of factsOfRecorded(recorded, days)) {
    const { pullRequest, review } = facts;
    if (isUnavailable(pullRequest) || isUnavailable(review)) continue;
    const isBot = pullRequest.author.kind === 'bot';
    if (isBot) botPulls += 1;
    else humanPulls += 1;
    let isLoud = false;
    const moments = [whileWaiting(facts, review), facts].map((moment) =>
      evaluate(withRiskyPath(moment), rules),
    );
    for (const { id, level } of rules) {
      const count = counts.get(id);
      const kinds = moments.map((results) => results.find(({ rule }) => rule === id)?.outcome.kind);
      if (!count || !kinds.some((kind) => kind === 'pass' || kind === 'findings')) continue;
      if (!isBot) count.looked += 1;
      if (!kinds.includes('findings')) continue;
      if (isBot) count.bot += 1;
      else count.human += 1;
      if (level !== 'notice') isLoud = true;
    }
    if (isLoud && !isBot) withWarning += 1;
    if (isBot) continue;
    const commit = lastHumanApproval(review)?.commit;
    if (review.mergedAt && commit !== undefined && facts.asked.head !== undefined) {
      approved += 1;
      if (!facts.asked.head.startsWith(commit)) pushed += 1;
    }
    const first = review.reviews.find(({ by }) => by.key !== review.author.key);
    if (first) anybody.push((Date.parse(first.submittedAt) - Date.parse(review.createdAt)) / 60_000);
    const human = timeToFirstHumanReview(review);
    if (human !== undefined) humans.push(human);
  }
  return {
    humanPulls,
    botPulls,
    rules: [...counts.values()],
    withWarning,
    pushedAfterApproval: { of: approved, pushed },
    firstReview: { byAnybody: median(anybody), byHumans: median(humans) },
    millisecondsEach: (performance.now() - began) / Math.max(1, recorded.pulls.length),
  };
}

function whileWaiting(facts: Facts, review: ReviewFacts): Facts {
  const { mergedAt: _at, mergedBy: _by, ...open } = review;
  const first = review.reviews.find(({ by }) => isIndependentHuman(by, review))?.submittedAt;
  const now = first ?? facts.now;
  const pullRequest = isUnavailable(facts.pullRequest)
    ? facts.pullRequest
    : { ...facts.pullRequest, state: 'open' as const };
  const reviews = review.reviews.filter(({ submittedAt }) => Date.parse(submittedAt) < Date.parse(now));
  return { ...facts, now, pullRequest, review: { ...open, reviews } };
}

function withRiskyPath(facts: Facts): Facts {
  if (!isUnavailable(facts.change) || isUnavailable(facts.review) || !facts.review.size) return facts;
  const change: Change = {
    base: '0'.repeat(40),
    head: '0'.repeat(40),
    mergeBase: '0'.repeat(40),
    baseName: 'main',
    files: [
      {
        path: 'db/migrations/0001.sql',
        status: 'modified',
        kind: 'file',
        isBinary: false,
        hunks: [],
        added: facts.review.size.lines > 0 ? [{ start: 1, end: facts.review.size.lines }] : [],
        deleted: [],
      },
    ],
    commits: [],
  };
  return { ...facts, change };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
