import type { MeasureId, Suggested } from './health-report.ts';
import { isReviewBaseline, type ReviewBaseline } from './review-baseline.ts';

/** What one weekly run learned, as `refs/review-vitals/health` keeps it: quantiles and counts, nothing about anybody. */
export interface HealthRecord {
  readonly week: string;
  readonly baselines: readonly Baseline[];
  readonly suggested: readonly Suggested[];
  /** Of the suggestions of the week before. */
  readonly uptake?: { readonly made: number; readonly takenUp: number };
  /** Of the pull requests that were merged or closed in the week. */
  readonly usefulness: readonly RuleUse[];
  /** What checks of pull requests compare review with, up to the end of the week; absent where no review could be read. */
  readonly review?: ReviewBaseline;
  /** "<run id>/<attempt>" of the workflow that wrote it. */
  readonly run?: string;
}

/** What became of the findings of one rule that comments spoke of. `waived` and `noise` are parts of `shown`. */
export interface RuleUse {
  readonly rule: string;
  readonly shown: number;
  /** Ended with a reason, by a reply or in the settings. */
  readonly waived: number;
  /** Called not useful (`/vitals noise`). */
  readonly noise: number;
}

/** Quantiles of single observations (pull requests, or weeks for a count) over the weeks read. */
export interface Baseline {
  readonly measure: MeasureId;
  readonly n: number;
  /** At 5, 10, 50, 90 and 95 percent, ascending. */
  readonly quantiles: readonly [number, number, number, number, number];
}

const measures: Readonly<Record<MeasureId, true>> = {
  merged: true,
  commits: true,
  'lead-time': true,
  'first-human-review': true,
  'without-human-review': true,
  'changed-after-approval': true,
  'migrations-without-reason': true,
  reverts: true,
  coverage: true,
  'review-near-deadline': true,
};

/** A record above this is not ours: 9 measures, 60 rules and what is usual in review take about 9 kB. */
const largestMessage = 32_000;
const format = 1;

/** A commit message: first line `health <week>`, then `key: value` lines. Numbers keep four decimals. */
export function encodeHealthRecord(record: HealthRecord): string {
  const { week, baselines, suggested, uptake, usefulness, review, run } = record;
  return [
    `health ${week}`,
    '',
    `format: ${format}`,
    ...baselines.map(
      ({ measure, n, quantiles }) => `baseline: ${measure} ${n} ${quantiles.map(decimal).join(' ')}`,
    ),
    ...suggested.map(({ about, times }) => `suggested: ${about} ${times}`),
    ...(uptake ? [`uptake: ${uptake.made} ${uptake.takenUp}`] : []),
    ...usefulness.map(({ rule, shown, waived, noise }) => `usefulness: ${rule} ${shown} ${waived} ${noise}`),
    ...(review ? [`review: ${JSON.stringify(review)}`] : []),
    ...(run === undefined ? [] : [`run: ${run}`]),
    '',
  ].join('\n');
}

/**
 * Reads a message that anybody with push access may have written. Undefined when it is no record of this version; lines
 * that are not understood are left out.
 */
export function decodeHealthRecord(message: string): HealthRecord | undefined {
  if (message.length > largestMessage) return undefined;
  const [first = '', ...lines] = message.split('\n');
  const week = /^health (\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3]))$/.exec(first)?.[1];
  if (week === undefined || !lines.includes(`format: ${format}`)) return undefined;
  const values = (key: string) =>
    lines.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2));
  const [made, takenUp] = (/^(\d{1,4}) (\d{1,4})$/.exec(values('uptake')[0] ?? '') ?? [])
    .slice(1)
    .map(Number);
  const review = values('review').flatMap(reviewOf)[0];
  const run = values('run').find((value) => /^\d{1,20}\/\d{1,6}$/.test(value));
  return {
    week,
    baselines: firstOfEach(values('baseline').flatMap(baselineOf), ({ measure }) => measure),
    suggested: firstOfEach(values('suggested').flatMap(suggestedOf), ({ about }) => about),
    ...(made !== undefined && takenUp !== undefined && takenUp <= made && { uptake: { made, takenUp } }),
    usefulness: firstOfEach(values('usefulness').flatMap(usefulnessOf), ({ rule }) => rule),
    ...(review && { review }),
    ...(run !== undefined && { run }),
  };
}

/** A name of a measure, or undefined for any other word. */
export function measureNamed(word: string): MeasureId | undefined {
  return Object.hasOwn(measures, word) ? (word as MeasureId) : undefined;
}

function baselineOf(line: string): readonly Baseline[] {
  const [name = '', n = '', ...rest] = line.split(' ');
  const measure = measureNamed(name);
  if (!measure || !/^\d{1,7}$/.test(n) || rest.length !== 5) return [];
  if (!rest.every((word) => /^\d{1,9}(?:\.\d{1,4})?$/.test(word))) return [];
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = rest.map(Number);
  return a <= b && b <= c && c <= d && d <= e ? [{ measure, n: Number(n), quantiles: [a, b, c, d, e] }] : [];
}

function suggestedOf(line: string): readonly Suggested[] {
  const [, name = '', times] = /^([a-z-]{1,60}) (\d{1,3})$/.exec(line) ?? [];
  const about = measureNamed(name);
  return about && times !== undefined ? [{ about, times: Number(times) }] : [];
}

function reviewOf(line: string): readonly ReviewBaseline[] {
  try {
    const value: unknown = JSON.parse(line);
    return isReviewBaseline(value) ? [value] : [];
  } catch {
    return [];
  }
}

function usefulnessOf(line: string): HealthRecord['usefulness'] {
  const [, rule, ...counts] =
    /^([a-z]+\/[a-z\d-]{1,60}) (\d{1,6}) (\d{1,6})(?: (\d{1,6}))?$/.exec(line) ?? [];
  const [shown = 0, waived = 0, noise = 0] = counts.map((word) => Number(word ?? 0));
  return rule && waived + noise <= shown ? [{ rule, shown, waived, noise }] : [];
}

function firstOfEach<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(key(item)) && seen.add(key(item)));
}

function decimal(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}
