export interface UnreadEstimate {
  /** Lines that the model expects to be read less than closely. An estimate, never a count. Unit: lines. */
  readonly lines: number;
  /** Out of so many. */
  readonly of: number;
  readonly isEstimate: true;
}

/** Odds that the last file is looked at as closely as the first, against the first one's odds. */
const oddsOfLast = 0.36;

/**
 * How many lines are likely to get less than a close look because of where their file stands: GitHub shows files by path,
 * and attention falls from the first to the last. The odds of a close look fall by 64 % over that way, evenly in the
 * logarithm; the first file is assumed to get one with probability `firstFile`.
 *
 * Domain: files in the order they are shown, with their effective lines; 0 < `firstFile` < 1. One file alone is the first.
 * Source: Fregnan et al., "First come first served" (FSE 2022): 64 % lower odds to find a defect in the last file.
 * `firstFile` is chosen by us, so only comparisons between changes mean anything.
 */
export function unreadEstimate(
  files: readonly { readonly lines: number }[],
  firstFile = 0.9,
): UnreadEstimate {
  const firstOdds = firstFile / (1 - firstFile);
  const unread = files.reduce((sum, { lines }, i) => {
    const place = files.length > 1 ? i / (files.length - 1) : 0;
    return sum + lines / (1 + firstOdds * oddsOfLast ** place);
  }, 0);
  return { lines: unread, of: files.reduce((sum, { lines }) => sum + lines, 0), isEstimate: true };
}
