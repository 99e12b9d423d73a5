import type { Waiver } from '../core/finding.ts';
import { findingsOf, type Report, waivedOf } from '../core/report.ts';
import { type EndedFinding, type Ending, mostEnded, type SummaryMarker } from './marker.ts';

/** What a summary comment of ours says of itself. */
export type SummaryBefore = Pick<SummaryMarker, 'shown' | 'ended'>;

/**
 * What became of the findings that the summary comment has ever spoken of, and of those that a reply ended before it did.
 * A finding that has come back is open again and in no list. The same report gives the same list again, so that a run
 * which brings nothing new edits nothing.
 */
export function endedFindings(
  report: Report,
  before: SummaryBefore,
  looked: ReadonlySet<string>,
): readonly EndedFinding[] {
  const open = new Set(findingsOf(report).map(({ fingerprint }) => fingerprint));
  const waived = new Map(waivedOf(report).map((finding) => [finding.fingerprint, finding]));
  const known = new Map(before.ended.map((finding) => [finding.fingerprint, finding]));
  for (const { rule, fingerprint } of before.shown) {
    const ending = endingOf(waived.get(fingerprint)?.waiver);
    if (looked.has(rule)) known.set(fingerprint, { rule, fingerprint, ending });
  }
  for (const { rule, fingerprint, waiver } of waived.values()) {
    // A list that is full keeps what it has: two findings that push each other out would edit the comment on every run.
    if (waiver?.from !== 'reply' || (!known.has(fingerprint) && known.size >= mostEnded)) continue;
    known.set(fingerprint, { rule, fingerprint, ending: endingOf(waiver) });
  }
  return [...known.values()].filter(({ fingerprint }) => !open.has(fingerprint));
}

function endingOf(waiver: Waiver | undefined): Ending {
  if (waiver === undefined) return 'addressed';
  return waiver.isNoise ? 'noise' : 'waived';
}
