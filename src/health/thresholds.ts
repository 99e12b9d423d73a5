import type { Source } from '../core/rule.ts';

/** A number the weekly report compares with. Without a `source` it is chosen by us. */
export interface HealthThreshold {
  readonly value: number;
  readonly unit: string;
  readonly meaning: string;
  readonly source?: Source;
}

export const thresholds = {
  leastForWeek: {
    value: 5,
    unit: 'pull requests',
    meaning: 'a week with fewer has no median and no share of its own; its counts are still told',
  },
  leastForRange: {
    value: 20,
    unit: 'observations',
    meaning: 'earlier weeks need as many together before anything is called usual',
  },
  leastWeeks: {
    value: 8,
    unit: 'weeks',
    meaning: 'so many earlier weeks need a value of their own before a range is drawn through them',
  },
  leastMerged: {
    value: 30,
    unit: 'pull requests',
    meaning: 'a repository with fewer merged in half a year is told its facts, and no range',
  },
  leastForNews: {
    value: 60,
    unit: 'pull requests',
    meaning: 'below, ranges are shown and nothing is called unusual',
  },
  ownBaseline: {
    value: 100,
    unit: 'pull requests',
    meaning: 'below, the range is drawn wider: from 5 to 95 instead of 10 to 90 percent of the weeks',
  },
  leastShare: {
    value: 0.1,
    unit: 'ratio',
    meaning: 'a share is news when it lies above its range and so far above the usual week',
  },
  leastFall: {
    value: 0.01,
    unit: 'ratio',
    meaning:
      'the share of lines that tests run is news when it lies below its range and so far below the usual week',
  },
  leastFactor: {
    value: 1.5,
    unit: 'times',
    meaning: 'a median of hours is news when it lies above its range and is so many times the usual week’s',
  },
  leastHours: {
    value: 2,
    unit: 'hours',
    meaning: 'a median of hours is news when it is so much longer than usual',
  },
  leastCount: {
    value: 2,
    unit: 'things',
    meaning: 'a count is news when it is so many above the usual week',
  },
  leastTail: {
    value: 10,
    unit: 'lines',
    meaning: 'so many lines after the last human approval make a pull request count as changed after it',
  },
  mostChance: {
    value: 0.02,
    unit: 'ratio',
    meaning:
      'a week is news when one as bad would come less often than this from the pull requests of the weeks before',
  },
  leastPeople: {
    value: 5,
    unit: 'people',
    meaning: 'an area is named only when so many people wrote its pull requests in half a year',
  },
  leastForArea: {
    value: 20,
    unit: 'pull requests',
    meaning: 'an area is named only when so many were merged in it in half a year',
  },
  mostRepeats: {
    value: 2,
    unit: 'weeks',
    meaning: 'a suggestion is made at most so many weeks in a row, and then not before it was over',
  },
} as const satisfies Readonly<Record<string, HealthThreshold>>;
