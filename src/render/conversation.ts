import type { Facts } from '../core/facts.ts';
import type { Finding } from '../core/finding.ts';
import { isUnavailable } from '../core/part.ts';
import { findingsOf, isAtLeast, type Report } from '../core/report.ts';
import { type Answer, answers } from './answers.ts';
import { type CheckRun, checkRun, type FailOn, jobSummary } from './check-run.ts';
import { endedFindings, type SummaryBefore } from './ended-findings.ts';
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
   * The summary comment, given what an existing one says it showed; undefined when there is nothing to say and nothing to
   * correct. A finding whose rule could not look again keeps a line. `commented`: fingerprints of the findings that have or
   * had a review comment, which it remembers.
   */
  readonly summary: (
    before: SummaryBefore | undefined,
    commented?: ReadonlySet<string>,
  ) => string | undefined;
  readonly comments: readonly ReviewComment[];
  /** Findings of level warning or higher that have no such comment, because they are too many or lie on no changed file. */
  readonly uncommented: number;
  /** Fingerprints of all findings, whether they have a comment or not. */
  readonly found: ReadonlySet<string>;
  /** Rules that looked on this head: only their findings can be gone. */
  readonly looked: ReadonlySet<string>;
  /** Answers to `/vitals explain`, by the comment that asked. */
  readonly answers: readonly Answer[];
  /** An earlier run on this head had something to say, and said it where it might. */
  readonly hasSpoken: boolean;
  /** Why nothing new is posted besides the check run. */
  readonly silence?: string;
  /** `whySilent` where publishing finds a reason of its own. */
  readonly jobSummary: (problems: readonly string[], whySilent?: string) => string;
}

export function conversation(report: Report, facts: Facts, settings: ConversationSettings): Conversation {
  const silence = silenceOf(facts, settings);
  const isLoud = ({ level }: Finding) => isAtLeast(level, 'warning');
  const loud = findingsOf(report).filter(isLoud);
  const comments = isUnavailable(facts.change) ? [] : reviewComments(report, facts.change, settings.instance);
  const looked = new Set(
    report.results.filter(({ outcome }) => outcome.kind !== 'not-available').map(({ rule }) => rule),
  );
  return {
    checkRun: checkRun(report, settings.failOn),
    summary(before, commented = new Set()) {
      const { shown, ended } = before ?? { shown: [], ended: [] };
      const unseen = shown.filter(({ rule }) => !looked.has(rule));
      const past = endedFindings(report, { shown, ended }, looked);
      if (loud.length > 0 || unseen.length > 0 || settings.comment === 'always') {
        return summaryComment(report, { ...settings, commented }, unseen, past);
      }
      return shown.length > 0 ? addressedComment(report, settings.instance, shown.length, past) : undefined;
    },
    comments,
    uncommented: loud.length - comments.length,
    found: new Set(findingsOf(report).map(({ fingerprint }) => fingerprint)),
    looked,
    answers: answers(report, facts, settings.instance),
    hasSpoken:
      !isUnavailable(facts.earlierResults) &&
      facts.earlierResults.some(
        ({ outcome }) => outcome.kind === 'findings' && outcome.findings.some(isLoud),
      ),
    ...(silence !== undefined && { silence }),
    jobSummary: (problems, whySilent = silence) => jobSummary(report, problems, whySilent),
  };
}

function silenceOf(facts: Facts, settings: ConversationSettings): string | undefined {
  if (settings.comment === 'never') return '`comment` is set to never';
  if (isUnavailable(facts.pullRequest)) return facts.pullRequest.unavailable;
  if (isUnavailable(facts.change)) return facts.change.unavailable;
  return reasonForSilence(facts.pullRequest, facts.change);
}
