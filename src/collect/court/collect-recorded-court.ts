import type { ChangeOutcome, CourtFacts, TriedChange } from '../../core/court-facts.ts';
import { isUnavailable } from '../../core/part.ts';
import { changeClass } from '../../review/measure/change-class.ts';
import { changeSize } from '../../review/measure/change-size.ts';
import { factsOfRecorded } from '../github/judge-recorded.ts';
import type { RecordedCourtRequest } from './court-request.ts';
import type { RecordedOutcomes } from './recorded-outcomes.ts';
import { whileWaiting } from './recorded-reviews.ts';

const day = 86_400_000;

/** Recorded pull requests with recorded outcomes, without git: each judged as of its merge. */
export function collectRecordedCourt(request: RecordedCourtRequest): CourtFacts {
  const { timelines, outcomes, watchedDays, judge } = request;
  const until = Date.parse(outcomes.observedUntil);
  const merged = [...factsOfRecorded({ ...timelines, now: undefined }, request.learnedDays)].flatMap(
    ({ number, facts }) => {
      const { review, pullRequest } = facts;
      if (isUnavailable(review) || isUnavailable(pullRequest) || !review.mergedAt) return [];
      return [{ number, facts, review, pullRequest, mergedAt: review.mergedAt }];
    },
  );
  const old = merged.filter(({ mergedAt }) => until - Date.parse(mergedAt) >= watchedDays * day);
  const changes = old.map(
    ({ number, facts, review, pullRequest, mergedAt }): TriedChange => ({
      name: `#${number}`,
      mergedAt,
      lines: changeSize(facts.change, review)?.lines ?? 0,
      kind: changeClass(pullRequest),
      outcome: outcomeOf(number, mergedAt, watchedDays, outcomes),
      verdicts: judge([facts, whileWaiting(facts) ?? facts]),
    }),
  );
  return {
    schemaVersion: 1,
    now: request.now,
    seed: request.seed,
    repository: request.repository,
    watchedDays,
    since: merged.reduce(
      (first, { mergedAt }) => (mergedAt < first ? mergedAt : first),
      outcomes.observedUntil,
    ),
    until: outcomes.observedUntil,
    rules: request.rules,
    changes,
    counts: {
      merged: merged.length,
      tooYoung: merged.length - old.length,
      wentBadly: changes.filter(({ outcome }) => outcome !== 'fine').length,
      notDrawn: 0,
      notRead: 0,
    },
    limits: [
      'outcomes were taken from a file as they stand there; a pull request it does not name counts as one that went well',
    ],
  };
}

function outcomeOf(
  number: number,
  mergedAt: string,
  watchedDays: number,
  { outcomes }: RecordedOutcomes,
): ChangeOutcome {
  const inTime = outcomes.filter(({ pullRequest, at }) => {
    const days = (Date.parse(at) - Date.parse(mergedAt)) / day;
    return pullRequest === number && days >= 0 && days <= watchedDays;
  });
  if (inTime.some(({ kind }) => kind === 'reverted')) return 'reverted';
  return inTime.length > 0 ? 'fixed' : 'fine';
}
