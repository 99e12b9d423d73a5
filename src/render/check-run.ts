import type { Finding, Level } from '../core/finding.ts';
import { findingsOf, isAtLeast, type Report } from '../core/report.ts';
import { encodeRunState } from '../core/run-state.ts';
import { account, notChecked } from './account.ts';
import { findingItem } from './finding-text.ts';
import { byteLength, cutList, cutToLength, maxCheckRunLength, maxJobSummaryBytes } from './limits.ts';
import { plain, prose } from './markdown.ts';
import { counted } from './numbers.ts';
import { checked, coverageDetails } from './summary-comment.ts';

export type FailOn = Level | 'never';

export interface CheckRun {
  readonly conclusion: 'success' | 'neutral' | 'failure';
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  /** It knows nothing of the change, so what an earlier run has left on this head is not replaced by it. */
  readonly isUnread?: boolean;
}

/**
 * The check run that every run leaves: success, neutral with warnings or where
 * the change could not be read, failure only at or above `fail-on`. Its text ends
 * with the outcome of every rule, packed and hidden, which the next run on this head reads back.
 */
export function checkRun(report: Report, failOn: FailOn): CheckRun {
  const found = findingsOf(report);
  const state = report.mergeBase
    ? encodeRunState({ version: 1, mergeBase: report.mergeBase, results: report.results })
    : '';
  const text = cutToLength(
    ['### What was checked', checked(report, { namesEarlierRuns: true }).join('\n')],
    maxCheckRunLength - state.length - 2,
  );
  return {
    conclusion: conclusionOf(report, found, failOn),
    title: titleOf(report, found, failOn),
    summary: cutToLength(
      [
        account(report),
        ...found.map((finding) => `- ${findingItem(finding, report)}`),
        coverageDetails(report),
      ],
      maxCheckRunLength,
    ),
    ...(isUnread(report) && { isUnread: true }),
    // A state that leaves no room for words is dropped: then a later event on this head only knows what it sees itself.
    text: state.length < maxCheckRunLength / 2 ? `${text}\n\n${state}` : text,
  };
}

function conclusionOf(report: Report, found: readonly Finding[], failOn: FailOn): CheckRun['conclusion'] {
  if (failOn !== 'never' && found.some(({ level }) => isAtLeast(level, failOn))) return 'failure';
  return found.some(({ level }) => isAtLeast(level, 'warning')) || isUnread(report) ? 'neutral' : 'success';
}

/** Nothing was compared with anything: a green mark would be read as an answer. */
function isUnread({ mergeBase }: Report): boolean {
  return mergeBase === undefined;
}

function titleOf(report: Report, found: readonly Finding[], failOn: FailOn): string {
  const floor = failOn === 'notice' ? 'notice' : 'warning';
  const loud = found.filter(({ level }) => isAtLeast(level, floor)).length;
  const missing = notChecked(report).reduce((sum, { rules }) => sum + rules.length, 0);
  const none = isUnread(report) ? 'The change could not be read' : 'Nothing to look at';
  const news = loud > 0 ? `${counted(loud, 'thing')} to look at` : none;
  return missing > 0 ? `${news}, ${counted(missing, 'rule')} not checked` : news;
}

/** The rest is what each rule saw, and what could not be posted. */
const shareForFindings = 0.7;
const inReport = 'the report as JSON (the output `report`) has all of it';

/** The same report on the run's page, with everything that is not in the summary comment, and why nothing was said there. */
export function jobSummary(report: Report, problems: readonly string[], silence?: string): string {
  const found = findingsOf(report);
  const isLoud = found.some(({ level }) => isAtLeast(level, 'warning'));
  const notPosted = [
    ...(silence !== undefined && isLoud ? [`No comment beside the check run: ${silence}`] : []),
    ...problems,
  ];
  const { kept, left } = cutList(
    found.map((finding, index) => `${index + 1}. ${findingItem(finding, report)}`),
    maxJobSummaryBytes * shareForFindings,
  );
  return cutToLength(
    [
      '### Review Vitals',
      account(report),
      kept.join('\n'),
      left > 0 ? `_${counted(left, 'more finding')} did not fit into this text; ${inReport}._` : '',
      coverageDetails(report),
      notPosted.length > 0
        ? `#### Not posted\n\n${notPosted.map((problem) => `- ${prose(problem)}`).join('\n')}`
        : '',
      `#### What was checked\n\n${checked(report, { namesEarlierRuns: true }).join('\n')}`,
      `<sub>${plain(report.repository.name)}</sub>`,
    ],
    maxJobSummaryBytes,
    inReport,
    byteLength,
  );
}
