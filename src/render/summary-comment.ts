import { cutText } from '../core/cut-text.ts';
import type { Finding, Level } from '../core/finding.ts';
import { findingsOf, isAtLeast, type Report, waivedOf } from '../core/report.ts';
import { account, notChecked, ofKind } from './account.ts';
import { coverageAccountOf, coverageLedgerDetails } from './coverage-ledger.ts';
import { findingItem, lineBreak, placeText } from './finding-text.ts';
import { cutList, cutToLength, maxCommentLength } from './limits.ts';
import { code, plain, prose } from './markdown.ts';
import { type EndedFinding, mostShown, type ShownFinding, summaryMarker } from './marker.ts';
import { counted } from './numbers.ts';

/** What a finding has to reach to fail the check run. */
type Gate = Level | 'never';

/** Settings may give a reason of any length; a reply's is as long as this at the most. */
const longestReason = 500;
/** More than this many findings are collapsed, with their count. */
export const maxShownFindings = 3;

interface SummarySettings {
  readonly instance: string;
  readonly failOn: Gate;
  /** Fingerprints of the findings that have or had a review comment. */
  readonly commented: ReadonlySet<string>;
}

/** The one comment of a pull request that has findings to look at. */
export function summaryComment(
  report: Report,
  { instance, failOn, commented }: SummarySettings,
  unseen: readonly ShownFinding[],
  ended: readonly EndedFinding[],
): string {
  const found = findingsOf(report);
  const loud = found.filter(({ level }) => isAtLeast(level, 'warning'));
  const quiet = found.filter(({ level }) => !isAtLeast(level, 'warning'));
  const shown = loud.slice(0, maxShownFindings);
  const rest = loud.slice(maxShownFindings);
  const remembered = ({ rule, fingerprint }: ShownFinding): ShownFinding => ({
    rule,
    fingerprint,
    ...(commented.has(fingerprint) && { isCommented: true }),
  });
  return cutToLength([
    summaryMarker({ instance, shown: [...loud, ...unseen].map(remembered), ended }),
    headline(found, failOn, unseen.length),
    shown.map((finding, index) => `${index + 1}. ${findingItem(finding, report)}`).join('\n'),
    rest.length > 0
      ? details(
          `${rest.length} more`,
          rest.map((finding) => `- ${findingItem(finding, report)}`),
        )
      : '',
    quiet.length > 0
      ? details(
          `Also noted (${quiet.length})`,
          quiet.map((finding) => `- ${findingItem(finding, report)}`),
        )
      : '',
    unseen
      .map(
        (finding) =>
          `- Still open from an earlier commit, not looked at again: ${code(finding.rule)} <sub>${finding.fingerprint}</sub>`,
      )
      .join('\n'),
    coverageDetails(report),
    details(`Checked: ${account(report)}`, checked(report, { namesEarlierRuns: false })),
    [...(loud.length > 0 ? [howToAnswer] : []), footer(report)].join(lineBreak),
  ]);
}

/** Nothing where no coverage could be compared: the rules say why. */
export function coverageDetails(report: Report): string {
  const compared = coverageAccountOf(report);
  return compared ? coverageLedgerDetails(compared) : '';
}

/** What there is to look at, and what the check run's conclusion says of it: a level alone fails nothing. */
function headline(found: readonly Finding[], failOn: Gate, unseen: number): string {
  const [loud, failures, blocking] = [
    atLeast(found, 'warning'),
    atLeast(found, 'failure'),
    failOn === 'never' ? 0 : atLeast(found, failOn),
  ];
  if (loud === 0 && blocking === 0)
    return unseen > 0
      ? '**Nothing new to look at** in this change.'
      : '**Nothing to look at** in this change.';
  const gate =
    blocking > 0
      ? `${counted(blocking, 'finding')} ${blocking === 1 ? 'fails' : 'fail'} the check (\`fail-on: ${failOn}\`).`
      : failures > 0
        ? `Nothing blocks the merge: ${counted(failures, 'finding')} at the level \`failure\`, but \`fail-on\` is \`never\`.`
        : 'Nothing blocks the merge.';
  return `**${counted(Math.max(loud, blocking), 'thing')} to look at** in this change. ${gate}`;
}

function atLeast(found: readonly Finding[], floor: Level): number {
  return found.filter(({ level }) => isAtLeast(level, floor)).length;
}

/** What the comment shrinks to when everything it spoke of is addressed or waived. */
export function addressedComment(
  report: Report,
  instance: string,
  shown: number,
  ended: readonly EndedFinding[],
): string {
  const head = code(report.head?.slice(0, 7) ?? '');
  const waived = waivedOf(report);
  const subject =
    shown === 1
      ? 'The finding is'
      : shown < mostShown
        ? `All ${counted(shown, 'finding')} are`
        : 'All findings are';
  return [
    summaryMarker({ instance, shown: [], ended }),
    waived.length === 0 ? `${subject} addressed as of ${head}.` : `Nothing is left to look at as of ${head}.`,
    ...(waived.length === 0 ? [] : ['', ...waivedLines(waived)]),
  ].join('\n');
}

/**
 * What each rule saw, line by line: silence is never ambiguous. A comment leaves out which run saw it, so that an event
 * which brings nothing new does not edit it.
 */
export function checked(report: Report, options: { readonly namesEarlierRuns: boolean }): readonly string[] {
  return [
    ...ofKind(report, 'pass').map(({ rule, outcome, fromEarlierRun }) =>
      line(
        rule,
        outcome.kind === 'pass' ? outcome.seen : '',
        options.namesEarlierRuns && fromEarlierRun === true,
      ),
    ),
    ...ofKind(report, 'not-applicable').map(({ rule, outcome, fromEarlierRun }) =>
      line(
        rule,
        `not applicable: ${outcome.kind === 'not-applicable' ? outcome.reason : ''}`,
        options.namesEarlierRuns && fromEarlierRun === true,
      ),
    ),
    ...waivedOf(report).map(waivedLine),
    ...notChecked(report).map(
      ({ rules, reason }) => `- Not checked: ${rules.map(code).join(', ')} (${prose(reason)})`,
    ),
    ...report.remarks.map((remark) => `- Note: ${prose(remark)}`),
  ];
}

/** As many as fit into a comment beside its marker. */
function waivedLines(waived: readonly Finding[]): readonly string[] {
  const { kept, left } = cutList(waived.map(waivedLine), maxCommentLength / 3);
  return left === 0 ? kept : [...kept, `- ${left} more waived; the job summary has all of them`];
}

function waivedLine({ rule, place, fingerprint, waiver }: Finding): string {
  const where = place ? ` at ${code(placeText(place))}` : '';
  const until = waiver?.until === undefined ? 'for this pull request' : `until ${waiver.until}`;
  return `- Waived ${until}: ${code(rule)}${where} <sub>${fingerprint}</sub> (${prose(cutText(waiver?.reason ?? '', longestReason, '…'))})`;
}

function line(rule: string, text: string, isFromEarlierRun: boolean): string {
  return `- ${code(rule)}: ${prose(text)}${isFromEarlierRun ? ' (found by an earlier run on this commit)' : ''}`;
}

function details(summary: string, lines: readonly string[]): string {
  return `<details><summary>${summary}</summary>\n\n${lines.join('\n')}\n\n</details>`;
}

/** The six characters beside each rule are its id. */
const howToAnswer = `<sub>Reply ${code('/vitals waive ID: reason')} to end a finding here, ${code('/vitals noise ID')} if it is not useful, ${code('/vitals explain ID')} for more.</sub>`;

function footer(report: Report): string {
  return `<sub>${code(report.head?.slice(0, 7) ?? '')} against ${code(report.baseName ?? '')} of ${plain(report.repository.name)}</sub>`;
}
