import type { Facts } from '../core/facts.ts';
import { isUnavailable } from '../core/part.ts';
import { findingsOf, isAtLeast, type Report } from '../core/report.ts';
import { answers } from './answers.ts';
import { type CheckRun, checkRun, type FailOn, jobSummary } from './check-run.ts';
import type { ShownFinding } from './marker.ts';
import { type ReviewComment, reviewComments } from './review-comments.ts';
import { reasonForSilence } from './silence.ts';
import { addressedComment, summaryComment } from './summary-comment.ts';

export interface ConversationSettings {
  readonly comment: 'on-findings' | 'always' | 'never';
  readonly failOn: FailOn;
  /** Keeps several instances in one repository apart. */
  readonly instance: string;
}

/** Everything a pull request is to show after this run. What is already there decides what has to be written. */
export interface Conversation {
  readonly checkRun: CheckRun;
  /**
   * The summary comment, given what an existing one last showed; undefined when there is nothing to say and nothing to
   * correct. A finding whose rule could not look again keeps a line.
   */
  readonly summary: (shownBefore: readonly ShownFinding[] | undefined) => string | undefined;
  readonly comments: readonly ReviewComment[];
  /** Fingerprints of all findings, whether they have a comment or not. */
  readonly found: ReadonlySet<string>;
  /** Rules that looked on this head: only their findings can be gone. */
  readonly looked: ReadonlySet<string>;
  /** Answers to `/vitals explain`, by the comment that asked. */
  readonly answers: readonly { readonly commentId: number; readonly body: string }[];
  /** Why nothing new is posted besides the check run. */
  readonly silence?: string;
  readonly jobSummary: (problems: readonly string[]) => string;
}

export function conversation(report: Report, facts: Facts, settings: ConversationSettings): Conversation {
  const silence = silenceOf(facts, settings);
  const loud = findingsOf(report).some(({ level }) => isAtLeast(level, 'warning'));
  const looked = new Set(
    report.results.filter(({ outcome }) => outcome.kind !== 'not-available').map(({ rule }) => rule),
  );
  return {
    checkRun: checkRun(report, settings.failOn),
    summary(shownBefore) {
      const unseen = (shownBefore ?? []).filter(({ rule }) => !looked.has(rule));
      if (loud || unseen.length > 0 || settings.comment === 'always') {
        return summaryComment(report, settings.instance, unseen);
      }
      return shownBefore && shownBefore.length > 0
        ? addressedComment(report, settings.instance, shownBefore.length)
        : undefined;
    },
    comments: isUnavailable(facts.change) ? [] : reviewComments(report, facts.change, settings.instance),
    found: new Set(findingsOf(report).map(({ fingerprint }) => fingerprint)),
    looked,
    answers: answers(report, facts, settings.instance),
    ...(silence !== undefined && { silence }),
    jobSummary: (problems) => jobSummary(report, problems),
  };
}

function silenceOf(facts: Facts, settings: ConversationSettings): string | undefined {
  if (settings.comment === 'never') return '`comment` is set to never';
  if (isUnavailable(facts.pullRequest)) return facts.pullRequest.unavailable;
  if (isUnavailable(facts.change)) return facts.change.unavailable;
  return reasonForSilence(facts.pullRequest, facts.change);
}
