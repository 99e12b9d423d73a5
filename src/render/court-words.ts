import type { CourtReport, RuleEvidence, RuleTrial } from '../core/court-report.ts';
import { count, counted } from './numbers.ts';

/** "2.9 times (1.4 to 6.1)", "0 times", or "open" where the data leave it open. */
export function oddsText({ oddsRatio, interval }: RuleEvidence): string {
  if (oddsRatio === undefined) return 'open';
  return `${decimal(oddsRatio)} times${interval ? ` (${decimal(interval[0])} to ${decimal(interval[1])})` : ''}`;
}

/** "12 of 80 against 30 of 610": those with an outcome, where the rule spoke and where it passed. */
export function countsText({ spoke, spokeWithOutcome, passed, passedWithOutcome }: RuleEvidence): string {
  return `${spokeWithOutcome} of ${spoke} against ${passedWithOutcome} of ${passed}`;
}

/** The verdict, and for "too little data" how much is missing. */
export function verdictText({ verdict, moreChanges }: RuleTrial): string {
  return moreChanges === undefined
    ? verdict
    : `${verdict}: needs about ${counted(roughly(moreChanges), 'more change')} like these`;
}

/** A chance as it is printed; very small ones only as an upper bound. */
export function chanceText(chance: number): string {
  if (chance < 0.001) return 'below 0.001';
  return String(Math.ceil(chance * 1000 - 1e-9) / 1000);
}

/** Rules that came to no comparison, those with one reason in one sentence; names are given as they are. */
export function notComparedSentences(
  { notTried, leastOnEachSide }: CourtReport,
  name: (rule: string) => string,
): readonly string[] {
  const silent = notTried.filter(({ spoke, passed }) => spoke + passed === 0);
  const few = notTried.filter(({ spoke, passed }) => spoke + passed > 0);
  return [
    ...(few.length > 0
      ? [
          `Not compared, since a comparison takes ${leastOnEachSide} changes on each side (spoke / passed): ${few
            .map(({ rule, spoke, passed }) => `${name(rule)} (${spoke} / ${passed})`)
            .join(', ')}.`,
        ]
      : []),
    ...(silent.length > 0
      ? [`Had nothing to look at: ${silent.map(({ rule }) => name(rule)).join(', ')}.`]
      : []),
  ];
}

/** What was looked at, in sentences. */
export function courtSentences(report: CourtReport): readonly string[] {
  const { counts, since, until, watchedDays, wentBadly, trials, day, expires, seed } = report;
  const bad = counts.reverted + counts.fixed;
  const apart = [
    ...(counts.tooYoung > 0
      ? [
          `${count(counts.tooYoung)} ${counts.tooYoung === 1 ? 'is' : 'are'} younger than ${counted(watchedDays, 'day')} and ${counts.tooYoung === 1 ? 'waits' : 'wait'}`,
        ]
      : []),
    ...(counts.notDrawn > 0
      ? [`${count(counts.notDrawn)} ${were(counts.notDrawn)} left out by the draw (--most takes more)`]
      : []),
    ...(counts.notRead > 0 ? [`${count(counts.notRead)} could not be read`] : []),
  ];
  const supported = trials.filter(({ verdict }) => verdict === 'supported').length;
  const twins = trials.filter(({ twin }) => twin.verdict === 'supported').length;
  return [
    `${counted(counts.merged, 'merged change')} from ${since.slice(0, 10)} to ${until.slice(0, 10)}, ${count(counts.tried)} tried${apart.length > 0 ? `; ${apart.join(', ')}` : ''}.`,
    `Of the ${count(counts.merged - counts.tooYoung)} that are old enough ${count(counts.wentBadly)} ${were(counts.wentBadly)} reverted or repaired by a fix within ${counted(watchedDays, 'day')}: ${percent(wentBadly.share)} % (${percent(wentBadly.interval[0])} to ${percent(wentBadly.interval[1])} %).`,
    `The ${count(counts.tried)} tried, ${count(bad)} of which went badly (${counted(counts.reverted, 'revert')}, ${counted(counts.fixed, 'fix', 'fixes')}), are compared inside ${counted(counts.strata, 'group')} of like size, time and kind.${drawText(counts)}`,
    trials.length === 0
      ? 'No rule spoke and passed often enough to be compared.'
      : `Supported: ${supported} of ${counted(trials.length, 'rule')} compared; with the outcomes dealt out at random it would be ${twins}.`,
    `Verdicts of ${day}, to be renewed after ${expires}; seed ${seed}. They describe this repository and prove no cause.`,
  ];
}

function decimal(value: number): string {
  return value < 10 ? String(Math.floor(value * 10 + 1e-9) / 10) : String(Math.floor(value));
}

/** Which of the two groups the draw preferred: half of its places are for those that went badly. */
function drawText({
  merged,
  tooYoung,
  wentBadly,
  notDrawn,
  tried,
  reverted,
  fixed,
}: CourtReport['counts']): string {
  if (notDrawn === 0) return '';
  const bad = reverted + fixed;
  const [ofBad, ofOthers] = [bad / wentBadly, (tried - bad) / (merged - tooYoung - wentBadly)];
  if (!(ofBad > ofOthers || ofBad < ofOthers)) return '';
  return ` Those that went badly were drawn ${ofBad > ofOthers ? 'more' : 'less'} often, which leaves odds ratios as they are.`;
}

function were(count: number): string {
  return count === 1 ? 'was' : 'were';
}

/** Whole percent, cut off; below one a decimal, so that few of many do not read as none. */
function percent(ratio: number): number {
  return ratio < 0.01 ? Math.floor(ratio * 1000 + 1e-9) / 10 : Math.floor(ratio * 100 + 1e-9);
}

/** Two digits say all that is known. */
function roughly(value: number): number {
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return Math.ceil(value / scale) * scale;
}
