import type { MergedPull } from '../../../src/core/health-facts.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import type { Sprint } from '../../../src/core/sprints.ts';
import { seededRandom } from '../../../src/core/statistics/seeded-random.ts';
import { person, pull } from '../health-facts.ts';
import { simulatedSprints } from './simulated-sprints.ts';

/** Pull requests of simulated sprints, put into a calendar; windows of the last quarter are multiplied by `drop`. */
export function sprintPulls(calendar: readonly Sprint[], drop: number, each = 20): readonly MergedPull[] {
  const simulated = simulatedSprints({ sprints: calendar.length, pullsEach: each, drop }, seededRandom(3));
  return simulated.flatMap((approvals, sprint) => {
    const { start = '', end = '' } = calendar[sprint] ?? {};
    const length = Date.parse(end) - Date.parse(start);
    return approvals.map(({ lines, window }, i) => {
      const approvedAt = Date.parse(start) + ((i + 0.5) / approvals.length) * length;
      const at = new Date(approvedAt).toISOString();
      const made = pull({ reviews: [], over: { lines, mergedAt: at } });
      if (isUnavailable(made.review)) return made;
      const createdAt = new Date(approvedAt - window * 60_000).toISOString();
      const review = {
        id: 'R',
        by: person('mira'),
        state: 'approved',
        submittedAt: at,
        words: 1,
        inlineComments: 0,
      } as const;
      return { ...made, createdAt, review: { ...made.review, createdAt, mergedAt: at, reviews: [review] } };
    });
  });
}
