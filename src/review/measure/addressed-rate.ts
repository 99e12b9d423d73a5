import type { ReviewFacts, ReviewThread } from '../../core/review-facts.ts';
import { isIndependentHuman } from './last-human-approval.ts';

export interface AddressedRate {
  /** Threads opened by humans who wrote none of the change. */
  readonly threads: number;
  /** Those whose lines changed afterwards. */
  readonly addressed: number;
  /** `addressed / threads`. Unit: ratio. */
  readonly rate: number;
}

/**
 * How many of the remarks at lines were followed by a change to those lines. Undefined without such a thread.
 * Domain: threads at lines; GitHub calls a thread outdated when its lines changed, which a rebase with conflicts can do too,
 * so the rate is an upper bound.
 * Source: Bosu, Greiler, Bird: Characteristics of useful code reviews (MSR 2015).
 */
export function addressedRate(
  threads: readonly ReviewThread[],
  review: ReviewFacts,
): AddressedRate | undefined {
  const remarks = threads.filter(({ comments: [first] }) => first && isIndependentHuman(first.by, review));
  if (remarks.length === 0) return undefined;
  const addressed = remarks.filter(({ isOutdated }) => isOutdated).length;
  return { threads: remarks.length, addressed, rate: addressed / remarks.length };
}
