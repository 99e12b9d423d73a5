import type { Check } from '../core/review-facts.ts';
import type { RawCheck } from './timeline.ts';

const conclusions: Readonly<Record<string, Check['result']>> = {
  SUCCESS: 'success',
  FAILURE: 'failure',
  TIMED_OUT: 'failure',
  STARTUP_FAILURE: 'failure',
};

const states: Readonly<Record<string, Check['result']>> = {
  SUCCESS: 'success',
  FAILURE: 'failure',
  ERROR: 'failure',
  PENDING: 'running',
  EXPECTED: 'running',
};

/** Check runs and commit statuses in one form. A status has one time: when it last said something. */
export function checksOf(raw: readonly RawCheck[]): readonly Check[] {
  return raw.flatMap((check) => {
    if (check.__typename === 'StatusContext') return statusOf(check);
    const isOver = check.status === 'COMPLETED' && Boolean(check.completedAt);
    return {
      name: check.name ?? '',
      ...(check.startedAt && { startedAt: check.startedAt }),
      ...(isOver && check.completedAt && { completedAt: check.completedAt }),
      result: isOver ? (conclusions[check.conclusion ?? ''] ?? 'neutral') : 'running',
    };
  });
}

function statusOf({ context = '', state = '', createdAt }: RawCheck): Check {
  const result = states[state] ?? 'neutral';
  const at = createdAt && (result === 'running' ? { startedAt: createdAt } : { completedAt: createdAt });
  return { name: context, ...at, result };
}
