import type { FindingDraft } from '../../src/core/finding.ts';

/** Words that blame, beg, belittle or grade. */
const banned =
  /\b(?:you|your|yours|please|simply|just|obviously|violations?|should|must|fail(?:ed|s)? to|bad|terrible|sorry|thanks?|score|grade)\b|!/i;

/**
 * What is wrong with the words of a finding: feedback is a specific observation with its number, its impact, and one
 * question or one next step; it is short, speaks of the change, and of nobody.
 */
export function toneFaults({
  observation,
  impact,
  action,
}: Pick<FindingDraft, 'observation' | 'impact' | 'action'>): readonly string[] {
  const text = `${observation} ${impact} ${action}`;
  // Names from the repository stand between backticks and are nobody's words.
  const words = text.replace(/`[^`]*`/g, 'x');
  const count = words.split(/\s+/).filter((word) => word !== '').length;
  const questions = words.match(/\?/g)?.length ?? 0;
  const fault = banned.exec(words)?.[0];
  return [
    ...(count > 80 ? [`${count} words, 80 are allowed: ${text}`] : []),
    ...(questions > 1 ? [`${questions} questions, one is allowed: ${text}`] : []),
    ...(fault ? [`"${fault}": ${text}`] : []),
    ...([observation, impact, action].some((part) => part.trim() === '')
      ? [`one of the three parts is empty: ${text}`]
      : []),
    ...(/\d|`/.test(observation) ? [] : [`the observation has no number and no name: ${observation}`]),
  ];
}
