/** The probabilities a sketch keeps, ascending. The middle one is the median. */
export const probabilities = [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99] as const;

/** What is kept of a list of numbers: enough to say how unusual another one is, nothing about any single one. */
export interface QuantileSketch {
  /** How many numbers it stands for. */
  readonly n: number;
  /** One value for each of `probabilities`, ascending; empty when `n` is 0. */
  readonly at: readonly number[];
}

/** Review windows of the merged pull requests whose size is nearest to `lines`. */
export interface SizeBand {
  /** Added plus deleted lines at the middle of the band. */
  readonly lines: number;
  /** Minutes. Sketches of neighbouring bands share pull requests. */
  readonly window: QuantileSketch;
}

/**
 * What is usual in a repository, learned from pull requests that people opened and that were merged between `since` and
 * `until`. Reverts and pull requests by bots are left out. Plain JSON without anything about anybody.
 */
export interface ReviewBaseline {
  readonly schemaVersion: 1;
  /** ISO 8601, UTC; the times of the merges read. */
  readonly since: string;
  readonly until: string;
  /** Merged pull requests it rests on. */
  readonly n: number;
  /** Added plus deleted lines, as GitHub counts them. */
  readonly lines: QuantileSketch;
  /** Minutes from opening to the first review by a human who wrote none of it; those without one are not in it. */
  readonly firstReview: QuantileSketch;
  /** Ascending by `lines`; bands with too few pull requests are not there. */
  readonly bands: readonly SizeBand[];
  /** How many of the `n` had which approval when they were merged. */
  readonly approvals: ApprovalCounts;
  /** Of those with a human approval: how many had fewer than 15 human words and no inline comment. */
  readonly silent: number;
}

export interface ApprovalCounts {
  readonly human: number;
  readonly botOnly: number;
  readonly mergerOnly: number;
  readonly none: number;
}

/** Whether a value read from outside is a baseline of this version that a rule can rest on. */
export function isReviewBaseline(value: unknown): value is ReviewBaseline {
  if (!isRecord(value) || value.schemaVersion !== 1) return false;
  const { since, until, n, lines, firstReview, bands, approvals, silent } = value;
  if (!isTime(since) || !isTime(until) || !isCount(n) || !isCount(silent)) return false;
  if (!isSketch(lines) || !isSketch(firstReview) || lines.n > n || firstReview.n > n || silent > n)
    return false;
  if (!isRecord(approvals)) return false;
  const counts = ['human', 'botOnly', 'mergerOnly', 'none'].map((kind) => approvals[kind]);
  if (!counts.every(isCount) || counts.reduce((sum, count) => sum + count, 0) > n) return false;
  return Array.isArray(bands) && bands.length <= 100 && bands.every(isBand) && ascends(bands.map(linesOf));
}

function isBand(value: unknown): value is SizeBand {
  return isRecord(value) && isAmount(value.lines) && isSketch(value.window);
}

function linesOf(band: SizeBand): number {
  return band.lines;
}

function isSketch(value: unknown): value is QuantileSketch {
  if (!isRecord(value) || !isCount(value.n) || !Array.isArray(value.at)) return false;
  if (value.at.length !== (value.n === 0 ? 0 : probabilities.length)) return false;
  return value.at.every(isAmount) && ascends(value.at);
}

function ascends(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value >= (values[i - 1] ?? 0));
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
