import type { HealthReport, Measure, MeasureId, Uptake } from '../../core/health-report.ts';
import { isUnavailable } from '../../core/part.ts';
import { counted } from '../numbers.ts';
import { shownMeasures } from './shown-measures.ts';

/** The title of the issue, which is the subject of the mail: the news itself. */
export function title(report: HealthReport): string {
  return `Repo health, week ${report.week.number}: ${news(report) ?? quietNews(report)}`;
}

/** One sentence of news, the first words of the body; plain text. */
export function newsSentence(report: HealthReport): string {
  const told = news(report);
  return `${capital(told ?? quietNews(report))}.`;
}

/** What was merged, and how the rest stands. */
export function contextSentence(report: HealthReport): string {
  const size = sizeSentence(report);
  if (report.isEmpty)
    return join(
      report.newestCommit === undefined ? '' : `The newest commit read is of ${report.newestCommit}.`,
      report.factsOnly === undefined ? '' : `${capital(report.factsOnly)}.`,
    );
  if (report.factsOnly !== undefined)
    return join(news(report) === undefined ? '' : size, `${capital(report.factsOnly)}.`);
  const rest = areAllUsual(report)
    ? 'Everything else that was measured kept to its usual range.'
    : 'Nothing else is worse than usual.';
  if (!hasRange(report))
    return join(news(report) === undefined ? '' : size, 'There is no usual range to compare with yet.');
  return news(report) === undefined ? size : join(size, rest);
}

/** Where changes reach the branch without a pull request, none of them would be told by the merged ones. */
function sizeSentence(report: HealthReport): string {
  const merged = weekOf(report, 'merged');
  const commits = weekOf(report, 'commits');
  const got = commits === undefined ? '' : `default branch got ${counted(commits, 'change')}.`;
  if (merged === undefined) return got && `The ${got}`;
  if (merged === 0 && commits !== undefined && commits > 0) return `No pull request was merged; the ${got}`;
  return `${counted(merged, 'pull request')} ${merged === 1 ? 'was' : 'were'} merged.`;
}

/** What became of last week's suggestions; absent when there were none. */
export function uptakeSentence(uptake: Uptake | undefined): string | undefined {
  if (!uptake) return undefined;
  const { made, takenUp, carriedOver, unknown } = uptake;
  const parts = [
    ...(takenUp > 0 ? [`${takenUp} no longer called for`] : []),
    ...(carriedOver > 0 ? [`${carriedOver} still standing`] : []),
    ...(unknown > 0 ? [`${unknown} with nothing to measure this week`] : []),
  ];
  return `Of ${counted(made, 'suggestion')} last week: ${parts.join(', ')}.`;
}

export function isQuiet(report: HealthReport): boolean {
  return news(report) === undefined && report.actions.length === 0;
}

function news(report: HealthReport): string | undefined {
  // In the order of the actions, which tells one story once.
  const phrases = [...report.actions, ...report.alsoNoted].flatMap(({ about }) => {
    const measure = report.measures.find(({ id }) => id === about)?.measure;
    return measure && !isUnavailable(measure) ? phrase(about, measure) : [];
  });
  const [first, second, ...more] = phrases;
  if (first === undefined) return undefined;
  if (second === undefined) return first;
  return more.length === 0 ? `${first}, and ${second}` : `${first}, ${second}, and ${more.length} more`;
}

function quietNews(report: HealthReport): string {
  if (report.isEmpty)
    return weekOf(report, 'commits') === undefined
      ? 'no pull request was merged'
      : 'nothing was merged or committed';
  if (report.factsOnly === undefined && hasRange(report))
    return areAllUsual(report) ? 'nothing left its usual range' : 'nothing is worse than usual';
  const merged = weekOf(report, 'merged');
  const commits = weekOf(report, 'commits');
  if (merged !== undefined && !(merged === 0 && commits !== undefined && commits > 0))
    return `${counted(merged, 'pull request')} merged`;
  return commits === undefined
    ? 'nothing could be measured'
    : `${counted(commits, 'change')} on the default branch`;
}

/** Whether anything shown is compared with earlier weeks. */
export function hasRange(report: HealthReport): boolean {
  return allMeasures(report).some(({ usual }) => !isUnavailable(usual));
}

/** Whether no measure that is not the news lies outside of its range, on either side. */
function areAllUsual(report: HealthReport): boolean {
  return allMeasures(report).every(({ usual, weeks, isNews }) => {
    const value = weeks.at(-1)?.value;
    return (
      isNews || value === undefined || isUnavailable(usual) || (value >= usual.low && value <= usual.high)
    );
  });
}

function phrase(id: MeasureId, { weeks }: Measure): readonly string[] {
  const { part = 0 } = weeks.at(-1) ?? {};
  switch (id) {
    case 'first-human-review':
      return ['first human reviews took longer than usual'];
    case 'without-human-review':
      return ['more than usual was merged without human review'];
    case 'changed-after-approval':
      return ['more than usual was changed after approval'];
    case 'migrations-without-reason':
      return [`${counted(part, 'migration change')} without a written reason`];
    case 'coverage':
      return ['the tests run less of the code than usual'];
    case 'reverts':
      return ['more reverts than usual'];
    case 'review-near-deadline':
      return ['review gets shorter near deadlines'];
    case 'lead-time':
      return ['pull requests took longer than usual'];
    default:
      return [];
  }
}

function weekOf(report: HealthReport, id: MeasureId): number | undefined {
  const measure = report.measures.find((one) => one.id === id)?.measure;
  return measure && !isUnavailable(measure) ? measure.weeks.at(-1)?.value : undefined;
}

function allMeasures(report: HealthReport): readonly Measure[] {
  const { first, others } = shownMeasures(report);
  return [...first, ...others].map(({ measure }) => measure);
}

function join(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
