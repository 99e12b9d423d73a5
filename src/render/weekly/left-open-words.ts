import type { PullRow } from '../../core/health-report.ts';
import { counted } from '../numbers.ts';

/** What was still open at a merge, in a few words: "1 question, a failed check". */
export function leftOpenWords({ leftOpen }: PullRow): string {
  if (!leftOpen) return 'not read';
  const { questions, failedChecks, isSelfMerged } = leftOpen;
  const words = [
    ...(questions > 0 ? [counted(questions, 'question')] : []),
    ...(failedChecks > 0 ? [counted(failedChecks, 'failed check')] : []),
    ...(isSelfMerged ? ['merged unreviewed by whoever opened it'] : []),
  ];
  return words.length === 0 ? '–' : words.join(', ');
}
