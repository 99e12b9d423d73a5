import { encodeHealthRecord, type HealthRecord } from '../../core/health-record.ts';
import { isUnavailable, type Part, type Unavailable } from '../../core/part.ts';
import { appendWithRetry, type RetryOptions } from '../append-with-retry.ts';

/** The chain of records as `collect` opens it. */
export interface WritableChain {
  /** The permission that writing takes; absent where it takes none. */
  readonly needs?: string;
  read(): Promise<Part<{ readonly tip?: string; readonly records: readonly HealthRecord[] }>>;
  append(message: string, tip: string | undefined): Promise<'written' | 'moved' | Unavailable>;
}

/**
 * Adds the week's record to the chain, on top of whatever other writers have added. A record that says the same is not
 * written twice. Never throws: what is not kept is a problem to tell.
 */
export async function keepHealthRecord(
  record: HealthRecord,
  chain: WritableChain,
  retry?: RetryOptions,
): Promise<{ readonly done?: string; readonly problem?: string }> {
  const outcome = await appendWithRetry(() => tryOnce(record, chain), retry);
  if (outcome === 'written') return { done: `kept the health record of ${record.week}` };
  if (outcome === 'kept already') return { done: `the health record of ${record.week} is kept already` };
  const needs = chain.needs === undefined ? '' : `it needs ${chain.needs}; `;
  return {
    problem: `The health record was not kept: ${outcome.unavailable.replace(/\.$/, '')} (${needs}without it every run starts from the pull requests anew)`,
  };
}

async function tryOnce(
  record: HealthRecord,
  chain: WritableChain,
): Promise<'written' | 'kept already' | 'moved' | Unavailable> {
  const state = await chain.read();
  if (isUnavailable(state)) return state;
  const known = state.records.find(({ week }) => week === record.week);
  if (known && content(known) === content(record)) return 'kept already';
  return chain.append(encodeHealthRecord(record), state.tip);
}

/** All but who wrote it. */
function content({ run: _, ...record }: HealthRecord): string {
  return encodeHealthRecord(record);
}
