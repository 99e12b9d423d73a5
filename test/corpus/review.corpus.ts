import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RecordedTimelines } from '../../src/collect/github/recorded-timeline-schema.ts';
import { readRecordedTimelines } from '../../src/collect/github/recorded-timelines.ts';
import type { Rule } from '../../src/core/rule.ts';
import { approvedBeforeChecks } from '../../src/review/rules/approved-before-checks.ts';
import { approvedFasterThanUsual } from '../../src/review/rules/approved-faster-than-usual.ts';
import { approvedWithoutHuman } from '../../src/review/rules/approved-without-human.ts';
import { changedAfterApproval } from '../../src/review/rules/changed-after-approval.ts';
import { largeSilentApproval } from '../../src/review/rules/large-silent-approval.ts';
import { noFamiliarReview } from '../../src/review/rules/no-familiar-review.ts';
import { reviewOverdue } from '../../src/review/rules/review-overdue.ts';
import { tooLargeToReview } from '../../src/review/rules/too-large-to-review.ts';
import { convertFull, convertShort } from './convert-recordings.ts';
import { type CorpusResult, judgeCorpus } from './judge-corpus.ts';

const rules: readonly Rule[] = [
  approvedBeforeChecks,
  approvedFasterThanUsual,
  approvedWithoutHuman,
  changedAfterApproval,
  largeSilentApproval,
  noFamiliarReview,
  reviewOverdue,
  tooLargeToReview,
];

const data = process.env.REVIEW_VITALS_DATA;
const folder = join(data ?? '', 'review');
const isThere = data !== undefined && existsSync(folder);
if (!isThere) {
  console.log(
    data === undefined
      ? 'Skipped: set REVIEW_VITALS_DATA to the folder with recorded pull requests.'
      : `Skipped: ${folder} does not exist.`,
  );
}

/** Days that a baseline is learned from; the second recording of one repository shows what a longer memory would change. */
const recordings: readonly (readonly [name: string, convert: () => RecordedTimelines, days: number])[] = [
  ['posthog-2026-02.jsonl', () => convertShort(join(folder, 'posthog-2026-02.jsonl')), 180],
  ['gui.jsonl', () => convertFull(join(folder, 'gui.jsonl')), 180],
  ['gui.jsonl', () => convertFull(join(folder, 'gui.jsonl')), 3650],
];

describe.skipIf(!isThere)('recorded pull requests', () => {
  it.each(recordings)('%s', (name, convert, days) => {
    const recorded = convert();
    const result = judgeCorpus(readRecordedTimelines(JSON.stringify(recorded), name), rules, days);
    console.log(described(`${name}, baseline of ${days} days`, result));
    for (const { level, human, bot } of result.rules) {
      expect(bot).toBe(0);
      if (level !== 'notice') expect(human / result.humanPulls).toBeLessThanOrEqual(0.05);
    }
    expect(result.withWarning / result.humanPulls).toBeLessThanOrEqual(0.1);
    expect(result.millisecondsEach).toBeLessThan(5);
  });
});

function described(name: string, result: CorpusResult): string {
  const { humanPulls, botPulls, withWarning, pushedAfterApproval, firstReview, millisecondsEach } = result;
  return [
    `${name}: ${humanPulls} pull requests by people, ${botPulls} by bots`,
    ...result.rules.map(
      ({ rule, level, human, bot, looked }) =>
        `  ${rule.padEnd(34)} ${level.padEnd(8)} ${String(human).padStart(4)} of people's (${share(human, humanPulls)}; of ${looked} it could look at: ${share(human, looked)}), ${bot} of bots'`,
    ),
    `  any warning: ${withWarning} (${share(withWarning, humanPulls)})`,
    `  last commit is not the approved one: ${pushedAfterApproval.pushed} of ${pushedAfterApproval.of} merged (${share(pushedAfterApproval.pushed, pushedAfterApproval.of)})`,
    `  median time to first review: ${hours(firstReview.byAnybody)} with bots, ${hours(firstReview.byHumans)} by humans`,
    `  ${millisecondsEach.toFixed(2)} ms for one timeline`,
  ].join('\n');
}

function share(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
}

function hours(minutes: number): string {
  return minutes < 120 ? `${minutes.toFixed(1)} min` : `${(minutes / 60).toFixed(1)} h`;
}
