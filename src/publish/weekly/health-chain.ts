import { encodeHealthRecord, type HealthRecord } from '../../core/health-record.ts';
import { isUnavailable, type Part, type Unavailable } from '../../core/part.ts';

/** The chain of records as `collect` opens it. */
export interface WritableChain {
  read(): Promise<Part<{ readonly tip?: string; readonly records: readonly HealthRecord[] }>>;
  append(message: string, tip: string | undefined): Promise<'written' | 'moved' | Unavailable>;
}

export interface KeepOptions {
  /** Pushes that are tried while others are first. Default 20. */
  readonly attempts?: number;
  /** Milliseconds of the shortest upper bound of a pause; it doubles up to 16 times of itself. Default 400. */
  readonly pause?: number;
}

/**
 * Adds the week's record to the chain. Another writer who is first makes this one read again and push on top of it; the
 * pauses grow and are drawn at random, so that writers do not meet again. A record that says the same is not written
 * twice. Never throws: what is not kept is a problem to tell.
 */
export async function keepHealthRecord(
  record: HealthRecord,
  chain: WritableChain,
  { attempts = 20, pause = 400 }: KeepOptions = {},
): Promise<{ readonly done?: string; readonly problem?: string }> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const state = await chain.read();
    if (isUnavailable(state)) return notKept(state.unavailable);
    const known = state.records.find(({ week }) => week === record.week);
    if (known && content(known) === content(record))
      return { done: `the health record of ${record.week} is kept already` };
    const outcome = await chain.append(encodeHealthRecord(record), state.tip);
    if (outcome === 'written') return { done: `kept the health record of ${record.week}` };
    if (isUnavailable(outcome)) return notKept(outcome.unavailable);
    await wait(Math.random() * pause * 2 ** Math.min(attempt, 4));
  }
  return notKept(`${attempts} pushes in a row came second to other writers; the next run tries again`);
}

function notKept(reason: string): { readonly problem: string } {
  return {
    problem: `The health record was not kept: ${reason.replace(/\.$/, '')} (it needs contents: write; without it every run starts from the pull requests anew)`,
  };
}

/** All but who wrote it. */
function content({ run: _, ...record }: HealthRecord): string {
  return encodeHealthRecord(record);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
