import { findings, notApplicable, pass, type Verdict } from '../../core/outcome.ts';
import { isUnavailable } from '../../core/part.ts';
import { thousands } from '../../core/quantity-text.ts';
import type { ReviewFacts } from '../../core/review-facts.ts';
import { defineRule } from '../../core/rule.ts';
import { whyNotOrdinary } from '../measure/change-class.ts';
import { inheritedLook } from '../measure/inherited-look.ts';
import { quantileOf, shareAtMost } from '../measure/quantile-sketch.ts';
import { queueLoad } from '../measure/queue-load.ts';
import { requestGap } from '../measure/request-gap.ts';
import { usualHere } from '../measure/usual.ts';
import { waitingForReview } from '../measure/waiting-for-review.ts';
import { counted, duration, durationAtMost } from '../wording.ts';

export const reviewOverdue = defineRule({
  id: 'review/review-overdue',
  since: '0.1.0',
  level: 'notice',
  question: 'Has the change waited longer for its first human review than is usual here?',
  docs: {
    triggered:
      'An open pull request that is no draft has no review by a human who wrote none of it, and has waited longer than nine in ten merged here waited for their first one.',
    why: 'A change that waits goes stale, and is then read in a hurry. Reviews by bots come within minutes and hide the wait in most dashboards.',
    fix: 'Ask a team that knows the paths, or ask somebody else.',
    quietWhen:
      'A human has reviewed, the pull request is a draft, it was read with the one it is stacked on, it is a revert, backport, release or mechanical change or by a bot, or fewer than 60 pull requests were merged in 180 days.',
  },
  sources: [
    {
      title: 'Maddila et al.: Nudge: Accelerating overdue pull requests towards completion (TOSEM 2022)',
      url: 'https://doi.org/10.1145/3544791',
      supports: 'A word on overdue pull requests shortened their completion by 60 % in 147 repositories.',
    },
  ],
  thresholds: {
    longestShare: {
      fallback: 0.1,
      unit: 'ratio',
      meaning: 'It has waited longer than all but this share of merged pull requests.',
    },
    minimumHours: {
      fallback: 24,
      unit: 'hours',
      meaning: 'A shorter wait is never called overdue.',
    },
  },
  needs: ['pullRequest', 'review'],
  identity: () => ['pull request'],
  evaluate({ now, pullRequest, review }, { longestShare, minimumHours }): Verdict {
    const why = whyNotOrdinary(pullRequest);
    if (why !== undefined) return notApplicable(why);
    if (pullRequest.state === 'merged') return notApplicable('the pull request is merged');
    const waited = waitingForReview(review, now);
    if (waited === undefined) return pass('a human has reviewed it');
    const inherited = inheritedLook(review);
    if (inherited) return pass(`a human has reviewed #${inherited.number}, on which it is stacked`);
    if (waited < minimumHours * 60)
      return pass(`waiting for ${duration(waited)}, below ${minimumHours} hours`);
    const usual = usualHere(review);
    if ('instead' in usual) return usual.instead;
    const { firstReview } = usual.baseline;
    const shorter = shareAtMost(firstReview, waited);
    const long = quantileOf(firstReview, 0.9);
    if (shorter === undefined || long === undefined) {
      return notApplicable('no merged pull request here had a human review');
    }
    if (shorter <= 1 - usual.tail(longestShare)) {
      return pass(
        `waiting for ${duration(waited)}; nine in ten get their first review here within ${durationAtMost(long)}`,
      );
    }
    return findings([
      {
        about: {},
        confidence: 'high',
        observation: `Waiting for ${duration(waited)} without a human review; nine in ten of ${thousands(firstReview.n)} pull requests merged here got their first within ${durationAtMost(long)}.`,
        impact: queueText(review),
        action: askedText(review),
        measurements: [
          { name: 'waiting', value: waited, unit: 'minutes' },
          {
            name: 'time within which nine in ten are reviewed',
            value: long,
            unit: 'minutes',
            base: firstReview.n,
          },
        ],
      },
    ]);
  },
});

function queueText({ queue }: ReviewFacts): string {
  const unknown = 'The longer it waits, the more its base moves on.';
  if (queue === undefined || isUnavailable(queue)) return unknown;
  const { waiting, open } = queueLoad(queue);
  if (queue.isCut) {
    if (open === 0) return unknown;
    return waiting === 0
      ? `The ${counted(open, 'open pull request')} updated last ${open === 1 ? 'has' : 'have'} been reviewed.`
      : `At least ${counted(waiting, 'other open pull request')} ${waiting === 1 ? 'waits' : 'wait'} for a first review too.`;
  }
  if (open === 0) return 'No other pull request is ready for review.';
  if (open === 1)
    return `The other open pull request ${waiting === 0 ? 'has been reviewed' : 'waits for a first review too'}.`;
  return waiting === 0
    ? `The other ${counted(open, 'open pull request')} have been reviewed.`
    : `${waiting} of the other ${counted(open, 'open pull request')} ${waiting === 1 ? 'waits' : 'wait'} for a first review too.`;
}

function askedText(review: ReviewFacts): string {
  const { asked, teams } = requestGap(review);
  return asked + teams === 0
    ? 'Nobody is asked for a review: which team knows these paths?'
    : `${counted(asked + teams, 'review')} ${asked + teams === 1 ? 'is' : 'are'} asked for: could another team take it?`;
}
