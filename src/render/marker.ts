/**
 * Hidden comments by which our own output finds itself again. They only locate: whoever reads one back also checks that
 * the comment is our own, because anybody can type a marker.
 */

const name = 'review-vitals';
/** An instance name as the `id` input allows it: it cannot end the HTML comment. */
export const instancePattern = /^[a-z\d][a-z\d-]{0,39}$/;

/** A finding as markers name it: enough to know later whether its rule has looked again. */
export interface ShownFinding {
  readonly rule: string;
  readonly fingerprint: string;
  /** It was given a review comment of its own: one that is missing while the finding stands open was deleted by a person. */
  readonly isCommented?: true;
}

/** How a finding that a comment once spoke of came to its end. */
export type Ending = 'addressed' | 'waived' | 'noise';

export interface EndedFinding extends ShownFinding {
  readonly ending: Ending;
}

export interface SummaryMarker {
  readonly instance: string;
  /** The findings the summary last spoke of. */
  readonly shown: readonly ShownFinding[];
  /** Those it spoke of before, oldest first: what the weekly report learns the usefulness of rules from. */
  readonly ended: readonly EndedFinding[];
}

export interface FindingMarker {
  readonly instance: string;
  readonly fingerprint: string;
  readonly rule: string;
}

/** More open findings than this are not remembered: the marker is the first part of a comment, and has to fit. */
export const mostShown = 700;
/** More ended findings than this are no longer remembered, the oldest first: the marker is part of a comment. */
export const mostEnded = 60;
const oneFinding = /^([a-z]+\/[a-z\d-]{1,60})=([\da-z]{6})(?:=(addressed|waived|noise|commented))?$/;

export function summaryMarker({ instance, shown, ended }: SummaryMarker): string {
  const list = shown
    .slice(0, mostShown)
    .map(({ rule, fingerprint, isCommented }) => `${rule}=${fingerprint}${isCommented ? '=commented' : ''}`)
    .join(',');
  const past = ended
    .slice(-mostEnded)
    .map(({ rule, fingerprint, ending }) => `${rule}=${fingerprint}=${ending}`)
    .join(',');
  return `<!-- ${name}:summary ${instance} ${list || 'none'}${past === '' ? '' : ` ${past}`} -->`;
}

export function readSummaryMarker(body: string): SummaryMarker | undefined {
  const match =
    /^<!-- review-vitals:summary ([a-z\d][a-z\d-]{0,39}) ([a-z\d/=,-]{1,65536})(?: ([a-z\d/=,-]{1,65536}))? -->/.exec(
      body,
    );
  if (!match?.[1] || !match[2]) return undefined;
  return {
    instance: match[1],
    shown: entriesOf(match[2]).map(({ mark, ...finding }) => ({
      ...finding,
      ...(mark === 'commented' && { isCommented: true }),
    })),
    ended: entriesOf(match[3] ?? '').flatMap(({ mark, ...finding }) =>
      mark === undefined || mark === 'commented' ? [] : [{ ...finding, ending: mark }],
    ),
  };
}

type Mark = Ending | 'commented';

function entriesOf(
  list: string,
): readonly { readonly rule: string; readonly fingerprint: string; readonly mark?: Mark }[] {
  return list.split(',').flatMap((entry) => {
    const [, rule, fingerprint, mark] = oneFinding.exec(entry) ?? [];
    if (!rule || !fingerprint) return [];
    return [{ rule, fingerprint, ...(mark !== undefined && { mark: mark as Mark }) }];
  });
}

export function findingMarker({ instance, fingerprint, rule }: FindingMarker): string {
  return `<!-- ${name}:finding ${instance} ${fingerprint} ${rule} -->`;
}

export function readFindingMarker(body: string): FindingMarker | undefined {
  const match =
    /^<!-- review-vitals:finding ([a-z\d][a-z\d-]{0,39}) ([\da-z]{6}) ([a-z]+\/[a-z\d-]{1,60}) -->/.exec(
      body,
    );
  return match?.[1] && match[2] && match[3]
    ? { instance: match[1], fingerprint: match[2], rule: match[3] }
    : undefined;
}

export function reviewMarker(instance: string): string {
  return `<!-- ${name}:review ${instance} -->`;
}

export function answerMarker(instance: string, commentId: number): string {
  return `<!-- ${name}:answer ${instance} ${commentId} -->`;
}

/** The comment that an answer of ours answers. */
export function readAnswerMarker(
  body: string,
): { readonly instance: string; readonly commentId: number } | undefined {
  const match = /^<!-- review-vitals:answer ([a-z\d][a-z\d-]{0,39}) (\d{1,15}) -->/.exec(body);
  return match?.[1] && match[2] ? { instance: match[1], commentId: Number(match[2]) } : undefined;
}
