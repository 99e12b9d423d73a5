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
}

export interface SummaryMarker {
  readonly instance: string;
  /** The findings the summary last spoke of. */
  readonly shown: readonly ShownFinding[];
}

export interface FindingMarker {
  readonly instance: string;
  readonly fingerprint: string;
  readonly rule: string;
}

export function summaryMarker({ instance, shown }: SummaryMarker): string {
  const list = shown.map(({ rule, fingerprint }) => `${rule}=${fingerprint}`).join(',');
  return `<!-- ${name}:summary ${instance} ${list || 'none'} -->`;
}

export function readSummaryMarker(body: string): SummaryMarker | undefined {
  const match = /^<!-- review-vitals:summary ([a-z\d][a-z\d-]{0,39}) ([a-z\d/=,-]{1,20000}) -->/.exec(body);
  if (!match?.[1] || !match[2]) return undefined;
  const shown = match[2].split(',').flatMap((entry) => {
    const parts = /^([a-z]+\/[a-z\d-]{1,60})=([\da-z]{6})$/.exec(entry);
    return parts?.[1] && parts[2] ? [{ rule: parts[1], fingerprint: parts[2] }] : [];
  });
  return { instance: match[1], shown };
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
