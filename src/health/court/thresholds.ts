import type { Source } from '../../core/rule.ts';
import type { HealthThreshold } from '../thresholds.ts';

const decay: Source = {
  title: 'McIntosh and Kamei: Are fix-inducing changes a moving target? TSE 2018',
  url: 'https://doi.org/10.1109/TSE.2017.2693980',
  supports: 'what is learned from a repository’s changes loses its force within months',
};

export const courtThresholds = {
  eraDays: {
    value: 180,
    unit: 'days',
    meaning: 'changes merged in different spans of so many days are not compared with each other',
  },
  leastSizeBands: {
    value: 4,
    unit: 'bands',
    meaning:
      'changes are compared inside fourths of the sizes that occur here, and inside smaller parts where there are many',
  },
  mostSizeBands: {
    value: 10,
    unit: 'bands',
    meaning: 'the parts of the sizes are never smaller than tenths',
  },
  changesInBand: {
    value: 100,
    unit: 'changes',
    meaning: 'the sizes are cut finer as long as a part keeps so many changes',
  },
  expiryDays: { value: 90, unit: 'days', meaning: 'a verdict holds so long', source: decay },
  leastOnEachSide: {
    value: 10,
    unit: 'changes',
    meaning: 'a rule is compared when it spoke on so many changes and passed as many',
  },
  mostFalseDiscoveries: {
    value: 0.1,
    unit: 'ratio',
    meaning: 'of the rules called supported in a sitting, so many may be wrong on average',
  },
  leastOddsRatio: {
    value: 1.5,
    unit: 'times',
    meaning: 'below, a difference is too small to rest a rule on, however sure it is',
  },
  oddsAskedFor: {
    value: 3,
    unit: 'times',
    meaning: 'the data are enough for “not supported” when odds so many times as high would have shown',
  },
  wantedPower: {
    value: 0.8,
    unit: 'ratio',
    meaning: 'in so many of all samples like this one they would have to show',
  },
} as const satisfies Readonly<Record<string, HealthThreshold>>;
