import { notApplicable, notAvailable, type Verdict } from '../../core/outcome.ts';
import { isUnavailable } from '../../core/part.ts';
import type { ReviewBaseline } from '../../core/review-baseline.ts';
import type { ReviewFacts } from '../../core/review-facts.ts';

/** Below so many merged pull requests nothing is called usual or unusual. Chosen by us. */
export const fewestForAnyClaim = 60;
/** From so many on the repository speaks for itself; below, only twice as rare a value is called unusual. Chosen by us. */
export const enoughForOwnClaim = 100;

export type Usual =
  | { readonly baseline: ReviewBaseline; readonly tail: (share: number) => number }
  | { readonly instead: Verdict };

/**
 * The repository's own baseline, and how far out a value has to lie to be called unusual: `tail` halves the share while
 * the baseline rests on fewer than 100 merged pull requests. Otherwise the verdict to give: there is none, or it rests
 * on too few.
 * Domain: shares between 0 and 0.5, of the rare side. Source: chosen by us, as in empirical Bayes the pull towards a prior
 * fades with n; without an organisation's prior to shrink to, the claim is made rarer instead.
 */
export function usualHere(review: ReviewFacts): Usual {
  const { baseline } = review;
  if (baseline === undefined)
    return { instead: notAvailable('the repository’s merged pull requests were not read') };
  if (isUnavailable(baseline)) return { instead: notAvailable(baseline.unavailable) };
  if (baseline.n < fewestForAnyClaim) {
    return {
      instead: notApplicable(
        `${baseline.n} pull requests merged in 180 days are too few to say what is usual here (${fewestForAnyClaim} needed)`,
      ),
    };
  }
  return { baseline, tail: (share) => (baseline.n < enoughForOwnClaim ? share / 2 : share) };
}
