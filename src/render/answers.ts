import type { Facts } from '../core/facts.ts';
import type { Finding } from '../core/finding.ts';
import { isUnavailable } from '../core/part.ts';
import { findingsOf, type Report, waivedOf } from '../core/report.ts';
import { code, fenced, link, prose } from './markdown.ts';
import { answerMarker } from './marker.ts';
import { rulePage } from './rule-page.ts';

export interface Answer {
  readonly commentId: number;
  readonly body: string;
  /** The id that was asked for, where nothing has it: another instance may. */
  readonly unknown?: string;
}

/**
 * One answer for each comment that asked `/vitals explain ID`, or meant something that is no command, whoever wrote it:
 * explaining harms nobody.
 */
export function answers(report: Report, facts: Facts, instance: string): readonly Answer[] {
  if (isUnavailable(facts.replies)) return [];
  const known = [...findingsOf(report), ...waivedOf(report)];
  const asked = facts.replies.filter(({ kind }) => kind === 'explain' || kind === 'unclear');
  return asked.map(({ kind, commentId, fingerprint, reason }) => {
    if (kind === 'unclear') {
      const body = `${answerMarker(instance, commentId)}\n\n${code(`/vitals ${reason}`)} is no command. ${commands}`;
      return { commentId, body, unknown: '' };
    }
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
          `What it measures, its sources and when it stays quiet: ${link(finding.rule, rulePage(finding.rule))}. To end it for this pull request: ${code(`/vitals waive ${fingerprint}: reason`)}. For longer, in ${code('.github/review-vitals.yml')}:`,
          fenced('yaml', waiverEntry(finding, facts.now)),
        ]
      : [`There is no finding ${code(fingerprint)} on this head; it may have been addressed since.`];
    return {
      commentId,
      body: [answerMarker(instance, commentId), ...body.filter((text) => text !== '')].join('\n\n'),
      ...(!finding && { unknown: fingerprint }),
    };
  });
}

const commands = `There are ${code('/vitals waive ID: reason')}, ${code('/vitals noise ID')} and ${code('/vitals explain ID')}; the ID stands beside each finding, six characters long.`;

/** A waiver that ends by itself is looked at again; chosen by us. */
const waiverDays = 90;

/** An entry of the settings; JSON's quoting is YAML's too. */
function waiverEntry({ rule, place, waiver }: Finding, now: string): string {
  const until = new Date(Date.parse(now) + waiverDays * 86_400_000).toISOString().slice(0, 10);
  return [
    'waivers:',
    `  - rule: ${rule}`,
    ...(place ? [`    path: ${JSON.stringify(globOf(place.path))}`] : []),
    `    reason: ${JSON.stringify(waiver?.reason ?? 'why this is fine here')}`,
    `    until: ${until}`,
  ].join('\n');
}

/** A path that is meant letter by letter. */
function globOf(path: string): string {
  return path.replace(/[*?[\]{}!]/g, '?');
}
