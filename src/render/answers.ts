import type { Facts } from '../core/facts.ts';
import { isUnavailable } from '../core/part.ts';
import { findingsOf, type Report, waivedOf } from '../core/report.ts';
import { code, link, prose } from './markdown.ts';
import { answerMarker } from './marker.ts';
import { rulePage } from './rule-page.ts';

/** One answer for each comment that asked `/vitals explain ID`, whoever wrote it: explaining harms nobody. */
export function answers(
  report: Report,
  facts: Facts,
  instance: string,
): readonly { readonly commentId: number; readonly body: string }[] {
  if (isUnavailable(facts.replies)) return [];
  const known = [...findingsOf(report), ...waivedOf(report)];
  const asked = facts.replies.filter(({ kind }) => kind === 'explain').slice(0, 5);
  return asked.map(({ commentId, fingerprint }) => {
    const finding = known.find((candidate) => candidate.fingerprint === fingerprint);
    const body = finding
      ? [
          `**${code(fingerprint)}: ${prose(finding.observation)}**`,
          `${prose(finding.impact)} ${prose(finding.action)}`,
          finding.measurements
            .map(
              ({ name, value, unit, base }) =>
                `- ${prose(name)}: ${value}${base === undefined ? '' : ` of ${base}`} ${unit}`,
            )
            .join('\n'),
          `What it measures, its sources and when it stays quiet: ${link(finding.rule, rulePage(finding.rule))}. To end it for this pull request: ${code(`/vitals waive ${fingerprint}: reason`)}.`,
        ]
      : [`There is no finding ${code(fingerprint)} on this head; it may have been addressed since.`];
    return {
      commentId,
      body: [answerMarker(instance, commentId), ...body.filter((text) => text !== '')].join('\n\n'),
    };
  });
}
