import type { HealthFacts, MergedPull } from '../core/health-facts.ts';
import type { HealthAction, Measure, MeasureId, MeasureReport } from '../core/health-report.ts';
import { type IsoWeek, isIn } from '../core/iso-week.ts';
import { isUnavailable } from '../core/part.ts';
import { hoursText, thousands, valueText } from '../core/quantity-text.ts';
import { quoteName } from '../core/quote-name.ts';
import { type Areas, areasOf } from './areas.ts';
import { largestFall } from './measure/branch-coverage.ts';
import { isByBot, linesAfterApproval, reviewKind } from './measure/review-of-pull.ts';
import { thresholds } from './thresholds.ts';
import { counted, usuallyText } from './wording.ts';

interface Context {
  readonly facts: HealthFacts;
  readonly week: IsoWeek;
  /** Merged in the week, without those of bots. */
  readonly pulls: readonly MergedPull[];
  readonly areas: Areas;
  readonly measures: ReadonlyMap<MeasureId, Measure>;
}

type Texts = Omit<HealthAction, 'about'>;

/** In the order of what is hardest to bring back later. */
const writers: readonly (readonly [
  about: MeasureId,
  write: (measure: Measure, context: Context) => Texts,
])[] = [
  ['migrations-without-reason', migrationsTexts],
  ['changed-after-approval', changedTexts],
  ['without-human-review', unreviewedTexts],
  ['first-human-review', firstReviewTexts],
  ['coverage', coverageTexts],
  ['reverts', revertsTexts],
  ['lead-time', leadTimeTexts],
];

/** One for each measure that is news, most pressing first. A long lead time beside a long wait for review is one story. */
export function actionsOf(
  facts: HealthFacts,
  week: IsoWeek,
  reports: readonly MeasureReport[],
): readonly HealthAction[] {
  const measures = new Map(
    reports.flatMap(({ id, measure }) => (isUnavailable(measure) ? [] : [[id, measure] as const])),
  );
  const pulls = isUnavailable(facts.pulls)
    ? []
    : facts.pulls.pulls.filter((pull) => isIn(week, pull.mergedAt) && !isByBot(pull));
  const context: Context = { facts, week, pulls, areas: areasOf(facts), measures };
  const isNews = (about: MeasureId) => measures.get(about)?.isNews === true;
  return writers
    .filter(([about]) => isNews(about) && !(about === 'lead-time' && isNews('first-human-review')))
    .flatMap(([about, write]) => {
      const measure = measures.get(about);
      return measure ? [{ about, ...write(measure, context) }] : [];
    });
}

function migrationsTexts(measure: Measure, { facts, week }: Context): Texts {
  const { n = 0, part = 0 } = measure.weeks.at(-1) ?? {};
  const missing = isUnavailable(facts.migrations)
    ? []
    : facts.migrations.entries.filter(
        ({ committedAt, reason }) => reason === 'missing' && isIn(week, committedAt),
      );
  const [first, ...others] = missing.flatMap(({ paths }) => paths);
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  const where = first === undefined ? '' : `: ${quoteName(first)}${more}`;
  return {
    observation: `No reason is written for ${part} of ${counted(n, 'change')} with migrations${where}.`,
    impact: 'Whoever meets the schema later has only the statements to go by.',
    action:
      'Could one sentence on why, and how it is undone, go into a decision record while it is remembered?',
  };
}

function changedTexts(measure: Measure, { pulls }: Context): Texts {
  const { n = 0, part = 0 } = measure.weeks.at(-1) ?? {};
  const changed = pulls
    .map((pull) => ({ number: pull.number, lines: linesAfterApproval(pull) ?? 0 }))
    .filter(({ lines }) => lines >= thresholds.leastTail.value)
    .toSorted((a, b) => b.lines - a.lines || a.number - b.number);
  const lines = changed.reduce((sum, pull) => sum + pull.lines, 0);
  const [largest] = changed;
  return {
    observation: `${part} of ${counted(n, 'approved pull request')} ${part === 1 ? 'was' : 'were'} merged with ${thresholds.leastTail.value} or more lines changed after the last human approval${usuallyText(measure)}.`,
    impact: `${counted(lines, 'line')} reached the branch that no human approval covers.`,
    action: largest
      ? `Would a look at pull request ${largest.number}, the largest with ${counted(largest.lines, 'line')}, be worth it now?`
      : 'Which of them would be worth a look now?',
  };
}

function unreviewedTexts(measure: Measure, { pulls, areas }: Context): Texts {
  const { n = 0, part = 0 } = measure.weeks.at(-1) ?? {};
  const unreviewed = pulls.filter((pull) => ['none', 'bot only'].includes(reviewKind(pull)));
  const byBot = unreviewed.filter((pull) => reviewKind(pull) === 'bot only').length;
  const lines = unreviewed.reduce((sum, pull) => sum + pull.lines, 0);
  const area = areas.mainAreaOf(unreviewed);
  return {
    observation: `${part} of ${counted(n, 'pull request')} ${part === 1 ? 'was' : 'were'} merged without a review by another human${usuallyText(measure)}.`,
    impact: `${counted(lines, 'changed line')} reached the branch with no second look on record${byBot > 0 ? `; ${counted(byBot, 'pull request')} had a bot’s review only` : ''}${area ? `; ${counted(area.pulls, 'pull request')} ${area.pulls === 1 ? 'touches' : 'touch'} ${quoteName(area.path)}` : ''}.`,
    action: 'Which of them would be worth a look after the merge?',
  };
}

function firstReviewTexts(measure: Measure, { pulls, measures }: Context): Texts {
  const { n = 0, value = 0 } = measure.weeks.at(-1) ?? {};
  const lead = measures.get('lead-time')?.weeks.at(-1)?.value;
  return {
    observation: `The first review by a human took ${hoursText(value)} at the median of ${counted(n, 'pull request')}${usuallyText(measure)}.`,
    impact:
      lead === undefined
        ? `${counted(pulls.length, 'pull request')} waited for a first look before anything else could happen.`
        : `From opening to merge it took ${hoursText(lead)}, the wait included.`,
    action: 'What kept first looks back this week?',
  };
}

function coverageTexts(measure: Measure, { facts: { coverage }, week }: Context): Texts {
  const { n = 0, part = 0 } = measure.weeks.at(-1) ?? {};
  const fall = coverage === undefined || isUnavailable(coverage) ? undefined : largestFall(week, coverage);
  const module = fall && (fall.name === '' ? 'the code outside of modules' : quoteName(fall.name));
  const more = fall && fall.after.lines - fall.after.ran - (fall.before.lines - fall.before.ran);
  return {
    observation: `The tests run ${valueText('ratio', part / n)} of the default branch (${thousands(part)} of ${counted(n, 'line')})${usuallyText(measure)}.`,
    impact:
      fall && more !== undefined
        ? `Lines that no test runs grew most in ${module}: ${counted(more, 'line')} more than when last measured before the week.`
        : `${counted(n - part, 'line')} can break without a test that notices.`,
    action:
      fall === undefined
        ? 'Which part of the code lost its tests?'
        : 'Which of the week’s changes there need tests most?',
  };
}

function revertsTexts(measure: Measure): Texts {
  const { n = 0, part = 0 } = measure.weeks.at(-1) ?? {};
  return {
    observation: `${part} of ${counted(n, 'change')} on the default branch took an earlier one back${usuallyText(measure)}.`,
    impact: 'What they took back was on the branch already, where others build on it.',
    action: 'What do the changes that were taken back have in common?',
  };
}

function leadTimeTexts(measure: Measure, { measures }: Context): Texts {
  const { n = 0, value = 0 } = measure.weeks.at(-1) ?? {};
  return {
    observation: `From opening to merge it took ${hoursText(value)} at the median of ${counted(n, 'pull request')}${usuallyText(measure)}.`,
    impact: waitText(measures.get('first-human-review')),
    action: 'Where did the long ones wait?',
  };
}

function waitText(wait: Measure | undefined): string {
  const value = wait?.weeks.at(-1)?.value;
  if (!wait || value === undefined || isUnavailable(wait.usual))
    return 'How much of it was the wait for a first review is not known.';
  return value <= wait.usual.high
    ? 'The wait for the first review was not above usual, so the time went elsewhere.'
    : `The wait for the first review grew with it, to ${hoursText(value)}.`;
}
