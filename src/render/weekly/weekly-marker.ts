import { measureNamed } from '../../core/health-record.ts';
import type { Suggested } from '../../core/health-report.ts';

/**
 * The hidden comment by which the weekly issue finds itself again, and what it suggested. It only locates: whoever reads
 * it back also checks that the issue is our own.
 */
export interface WeeklyMarker {
  readonly instance: string;
  /** "2026-W47". */
  readonly week: string;
  readonly suggested: readonly Suggested[];
}

export function weeklyMarker({ instance, week, suggested }: WeeklyMarker): string {
  const list = suggested.map(({ about, times }) => `${about}=${times}`).join(',');
  return `<!-- review-vitals:weekly ${instance} ${week} ${list || 'none'} -->`;
}

export function readWeeklyMarker(body: string): WeeklyMarker | undefined {
  const match =
    /^<!-- review-vitals:weekly ([a-z\d][a-z\d-]{0,39}) (\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])) ([a-z\d=,-]{1,600}) -->/.exec(
      body,
    );
  const [, instance, week, list] = match ?? [];
  if (!instance || !week || !list) return undefined;
  const suggested = list.split(',').flatMap((entry) => {
    const [, name = '', times] = /^([a-z-]{1,60})=(\d{1,3})$/.exec(entry) ?? [];
    const about = measureNamed(name);
    return about && times ? [{ about, times: Number(times) }] : [];
  });
  return { instance, week, suggested };
}
