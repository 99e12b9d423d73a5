import { leastSprints } from '../../core/sprints.ts';
import type { HealthThreshold } from '../thresholds.ts';

export const deadlineThresholds = {
  leastSprints: {
    value: leastSprints,
    unit: 'sprints',
    meaning: 'with fewer there is nothing to turn round, and nothing is tested',
  },
  leastApprovals: {
    value: 30,
    unit: 'pull requests',
    meaning: 'with fewer approved in the sprints nothing is tested',
  },
  mostChance: {
    value: 0.05,
    unit: 'ratio',
    meaning: 'a drop is spoken of when rotation gives ranks as low less often than this',
  },
  mostRatio: {
    value: 0.6,
    unit: 'ratio',
    meaning: 'a drop is spoken of when the window at the end is at most so many times the one before',
  },
  leastPower: {
    value: 0.8,
    unit: 'ratio',
    meaning: '“no drop was seen” is said only when windows of half the length would have shown so often',
  },
} as const satisfies Readonly<Record<string, HealthThreshold>>;
