import type { Finding, Place } from '../core/finding.ts';
import type { Report } from '../core/report.ts';
import { code, fenced, link, prose } from './markdown.ts';
import { type Anchor, isExactly } from './placement.ts';
import { rulePage } from './rule-page.ts';

/** Two blanks break the line in a comment, in a check run and on a summary page alike; a line feed alone only in the first. */
export const lineBreak = '  \n';

/** A finding as a numbered or bulleted item: observation, impact, action, where, which rule. */
export function findingItem(finding: Finding, report: Report): string {
  const place = where(finding.place, report);
  return [
    `**${prose(finding.observation)}**`,
    `${prose(finding.impact)} ${prose(finding.action)}`,
    `<sub>${place === undefined ? '' : `${place} · `}${ruleText(finding)}</sub>`,
  ].join(`${lineBreak}   `);
}

/**
 * The body of a review comment. A suggestion replaces the lines that the comment hangs on, so it is offered only where
 * those are the lines of the finding. On a file as a whole the line, which GitHub does not show, is named.
 */
export function findingComment(finding: Finding, anchor: Anchor): string {
  const { place, suggestion } = finding;
  const isOffered = suggestion !== undefined && place !== undefined && isExactly(anchor, place);
  const line = anchor.kind === 'file' && place?.line !== undefined ? `At ${code(placeText(place))}: ` : '';
  return [
    `**${prose(finding.observation)}** ${prose(finding.impact)}`,
    `${line}${prose(finding.action)}`,
    ...(isOffered ? [fenced('suggestion', suggestion)] : []),
    `<sub>${ruleText(finding)}</sub>`,
  ].join('\n\n');
}

function ruleText({ rule, fingerprint, confidence }: Finding): string {
  return `${link(rule, rulePage(rule))} · ${fingerprint}${confidence === 'high' ? '' : ` · ${confidence} confidence`}`;
}

function where(place: Place | undefined, report: Report): string | undefined {
  if (!place) return undefined;
  const label = code(placeText(place));
  const commit = place.side === 'base' ? report.mergeBase : report.head;
  if (!report.repository.url || !commit) return label;
  const path = place.path.split('/').map(encodeURIComponent).join('/');
  return link(label, `${report.repository.url}/blob/${commit}/${path}${fragment(place)}`);
}

function fragment({ line, endLine }: Place): string {
  if (line === undefined) return '';
  return endLine !== undefined && endLine > line ? `#L${line}-L${endLine}` : `#L${line}`;
}

/** "db/0142_orders_status.sql:7". */
export function placeText(place: Place): string {
  return place.line === undefined ? place.path : `${place.path}:${place.line}`;
}
