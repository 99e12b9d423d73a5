import type { Change } from '../core/change.ts';
import { findingsOf, isAtLeast, type Report } from '../core/report.ts';
import { findingComment } from './finding-text.ts';
import { findingMarker } from './marker.ts';
import { type Anchor, anchorOf } from './placement.ts';

/** More inline comments than this are noise; the summary has the rest. */
export const maxReviewComments = 5;

export interface ReviewComment {
  readonly fingerprint: string;
  readonly rule: string;
  readonly anchor: Anchor;
  readonly body: string;
}

/** Comments for the gravest findings that lie on a line GitHub shows, or in a file that the change touches. */
export function reviewComments(report: Report, change: Change, instance: string): readonly ReviewComment[] {
  return findingsOf(report)
    .filter(({ level }) => isAtLeast(level, 'warning'))
    .flatMap((finding) => {
      const anchor = anchorOf(finding.place, change);
      if (!anchor) return [];
      const marker = findingMarker({ instance, fingerprint: finding.fingerprint, rule: finding.rule });
      return [
        {
          fingerprint: finding.fingerprint,
          rule: finding.rule,
          anchor,
          body: `${marker}\n${findingComment(finding, anchor)}`,
        },
      ];
    })
    .slice(0, maxReviewComments);
}
