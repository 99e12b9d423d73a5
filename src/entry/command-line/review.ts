import { readFile, stat } from 'node:fs/promises';
import { factsOfRecorded } from '../../collect/github/judge-recorded.ts';
import { readRecordedTimelines } from '../../collect/github/recorded-timelines.ts';
import type { Facts } from '../../core/facts.ts';
import { findingsOf, isAtLeast, type Report } from '../../core/report.ts';
import { json } from '../../render/json.ts';
import { text } from '../../render/text.ts';
import { reportOn } from '../../report-on.ts';
import type { CommandResult } from '../cli.ts';
import { oneOf, readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

const options = {
  days: { type: 'string', default: '180' },
  'fail-on': { type: 'string', default: 'never' },
  format: { type: 'string', default: 'text' },
} as const;

/** Files above this are refused: 10,000 pull requests with their threads take about 60 MB. */
const largestFile = 256_000_000;

/** Judges recorded timelines by the review rules, without GitHub and without git. */
export async function review(parameters: readonly string[]): Promise<CommandResult> {
  const { values, positionals } = readOptions(parameters, options, 'review');
  if (positionals.length === 0) {
    throw new UsageError('Name at least one file of recorded timelines. See `review-vitals review --help`.');
  }
  const days = Number(values.days);
  if (!/^\d{1,5}$/.test(values.days) || days < 1) {
    throw new UsageError(`--days is "${values.days}"; it can be a whole number of days from 1 on.`);
  }
  const failOn = oneOf(values['fail-on'], ['never', 'notice', 'warning', 'failure'], 'fail-on');
  const format = oneOf(values.format, ['text', 'json'], 'format');
  const reports: Report[] = [];
  for (const file of positionals) {
    const recorded = await read(file);
    for (const { facts } of factsOfRecorded(recorded, days)) reports.push(reviewReport(facts));
  }
  const isOver =
    failOn !== 'never' &&
    reports.some((report) => findingsOf(report).some(({ level }) => isAtLeast(level, failOn)));
  return { output: format === 'json' ? asJson(reports) : asText(reports), exitCode: isOver ? 1 : 0 };
}

async function read(file: string) {
  try {
    const { size } = await stat(file);
    if (size > largestFile)
      throw new Error(`${file} has ${size} bytes; ${largestFile} are the most that are read.`);
    return readRecordedTimelines(await readFile(file, 'utf8'), file);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A timeline says nothing about coverage and migrations, so only the rules about review give an account. */
function reviewReport(facts: Facts): Report {
  const report = reportOn(facts);
  return { ...report, results: report.results.filter(({ rule }) => rule.startsWith('review/')) };
}

function asJson(reports: readonly Report[]): string {
  const pulls = reports.map((report) => JSON.parse(json(report)) as unknown);
  return `${JSON.stringify({ schemaVersion: 1, pulls }, undefined, 2)}\n`;
}

function asText(reports: readonly Report[]): string {
  const spoken = reports.filter((report) => findingsOf(report).length > 0);
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const terminal = {
    colour: !NO_COLOR && (Boolean(FORCE_COLOR) || process.stdout.isTTY === true),
    width: Math.min(process.stdout.columns ?? 110, 120),
  };
  return [
    ...spoken.map((report) => `#${report.pullRequest} ${text(report, terminal)}`),
    `${reports.length} ${reports.length === 1 ? 'pull request' : 'pull requests'} judged, ${spoken.length} with a finding.\n`,
  ].join('\n');
}
