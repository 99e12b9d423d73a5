import { isUnavailable, type Unavailable, unavailable } from '../core/part.ts';

export interface RetryOptions {
  /** Pushes that are tried while others are first. Default 20. */
  readonly attempts?: number;
  /** Upper bound of the first pause in milliseconds; it doubles up to 16 times of itself. Default 400. */
  readonly pause?: number;
  /** 0 up to 1; `Math.random` when absent. */
  readonly random?: () => number;
}

/**
 * Compare and retry: `tryOnce` reads the newest state, puts its own on top and says whether another writer was first.
 * Pauses grow and are drawn at random over their whole length, so that writers who met once do not meet again.
 */
export async function appendWithRetry<T>(
  tryOnce: () => Promise<T | 'moved' | Unavailable>,
  { attempts = 20, pause = 400, random = Math.random }: RetryOptions = {},
): Promise<T | Unavailable> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const outcome = await tryOnce();
    if (isUnavailable(outcome) || outcome !== 'moved') return outcome as T | Unavailable;
    await wait(random() * pause * 2 ** Math.min(attempt, 4));
  }
  return unavailable(`${attempts} pushes in a row came second to other writers; the next run tries again`);
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
