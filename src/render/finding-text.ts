import type { Finding, Place } from '../core/finding.ts';
import type { Report } from '../core/report.ts';
import { code, fenced, link, prose } from './markdown.ts';
import { rulePage } from './rule-page.ts';

/** A finding as a numbered or bulleted item: observation, impact, action, where, which rule. */
export function findingItem(finding: Finding, report: Report): string {
  return [
    `**${prose(finding.observation)}**${where(finding.place, report)}`,
    `${prose(finding.impact)} ${prose(finding.action)} ${ruleLink(finding)}`,
  ].join('\n   ');
}

/** The body of a review comment. */
export function findingComment(finding: Finding): string {
  return [
    `**${prose(finding.observation)}** ${prose(finding.impact)}`,
    prose(finding.action),
    ...(finding.suggestion === undefined ? [] : [fenced('suggestion', finding.suggestion)]),
    ruleLink(finding),
  ].join('\n\n');
}

function ruleLink(finding: Finding): string {
  return `<sub>${link(finding.rule, rulePage(finding.rule))} · ${finding.fingerprint}${finding.confidence === 'high' ? '' : ` · ${finding.confidence} confidence`}</sub>`;
}

function where(place: Place | undefined, report: Report): string {
  if (!place) return '';
  const label = code(placeText(place));
  const commit = place.side === 'base' ? report.mergeBase : report.head;
  if (!report.repository.url || !commit) return ` · ${label}`;
  const path = place.path.split('/').map(encodeURIComponent).join('/');
  return ` · ${link(label, `${report.repository.url}/blob/${commit}/${path}${fragment(place)}`)}`;
}

function fragment({ line, endLine }: Place): string {
  if (line === undefined) return '';
  return endLine !== undefined && endLine > line ? `#L${line}-L${endLine}` : `#L${line}`;
}

/** "db/0142_orders_status.sql:7". */
export function placeText(place: Place): string {
  return place.line === undefined ? place.path : `${place.path}:${place.line}`;
}
