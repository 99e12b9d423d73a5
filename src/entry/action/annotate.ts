import * as core from '@actions/core';
import type { Finding } from '../../core/finding.ts';

/** GitHub shows ten annotations of a kind per step and drops the rest without a word. */
const maxAnnotations = 10;

/** The way out when the token may not post comments: annotations on the lines, and a word about those that do not fit. */
export function annotate(findings: readonly Finding[]): void {
  const room = findings.length > maxAnnotations ? maxAnnotations - 1 : maxAnnotations;
  for (const { place, rule, observation, impact, action } of findings.slice(0, room)) {
    core.warning(`${observation} ${impact} ${action}`, {
      title: rule,
      ...(place && { file: place.path }),
      ...(place?.line !== undefined && place.side !== 'base' && { startLine: place.line }),
      ...(place?.endLine !== undefined && place.side !== 'base' && { endLine: place.endLine }),
    });
  }
  if (findings.length > room)
    core.warning(`${findings.length - room} more findings stand in the job summary.`);
}
