import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { ReviewSource } from '../../collect/court/read-reviews.ts';
import { readRecordedOutcomes } from '../../collect/court/recorded-outcomes.ts';
import { readRecordedTimelines } from '../../collect/github/recorded-timelines.ts';
import type { CourtReport } from '../../core/court-report.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { courtOfBranch, courtOfRecorded } from '../../court-pipeline.ts';
import { courtJson, courtMarkdown, courtText } from '../../render/court.ts';
import type { CommandResult } from '../cli.ts';
import { gitHubOfEnvironment, originOnGitHub } from './github-of-clone.ts';
import { oneOf, readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

const options = {
  repo: { type: 'string', default: '.' },
  since: { type: 'string', default: '' },
  most: { type: 'string', default: '600' },
  seed: { type: 'string', default: '1' },
  watch: { type: 'string', default: '180' },
  days: { type: 'string', default: '180' },
  timelines: { type: 'string', default: '' },
  outcomes: { type: 'string', default: '' },
  format: { type: 'string', default: 'text' },
} as const;

const usualDays = 3 * 365;
/** Files above this are refused: 10,000 pull requests with their threads take about 60 MB. */
const largestFile = 256_000_000;

/** Tries every rule on the history of a clone, or on recorded pull requests. */
export async function court(parameters: readonly string[]): Promise<CommandResult> {
  const { values, positionals } = readOptions(parameters, options, 'court');
  if (positionals.length > 0)
    throw new UsageError(`court takes no "${positionals[0]}". See \`review-vitals court --help\`.`);
  const format = oneOf(values.format, ['text', 'json', 'markdown'], 'format');
  const seed = wholeNumber(values.seed, 'seed', 0, 2 ** 32 - 1);
  const watchedDays = wholeNumber(values.watch, 'watch', 1, 3_650);
  const learnedDays = wholeNumber(values.days, 'days', 1, 99_999);
  const most = wholeNumber(values.most, 'most', 20, 100_000);
  const now = new Date().toISOString();
  const timelines = values.timelines ? await read(values.timelines, readRecordedTimelines) : undefined;
  const report = await held();
  const renderers = {
    json: () => courtJson(report),
    markdown: () => courtMarkdown(report),
    text: () => courtText(report, Math.min(process.stdout.columns ?? 110, 120)),
  };
  return { output: renderers[format](), exitCode: 0 };

  async function held(): Promise<CourtReport> {
    if (values.outcomes) {
      if (!timelines) throw new UsageError('--outcomes belongs to --timelines: name both files.');
      const outcomes = await read(values.outcomes, readRecordedOutcomes);
      return courtOfRecorded({
        now,
        seed,
        watchedDays,
        learnedDays,
        repository: { name: timelines.repository },
        timelines,
        outcomes,
      });
    }
    const checkout = resolve(values.repo);
    const scratchFolder = mkdtempSync(join(tmpdir(), 'review-vitals-'));
    try {
      const result = await courtOfBranch({
        now,
        seed,
        watchedDays,
        learnedDays,
        most,
        repository: { name: basename(checkout) },
        checkout,
        scratchFolder,
        since: sinceOf(values.since, now),
        github: timelines
          ? unavailable('recorded reviews are given')
          : await gitHubOf(checkout, scratchFolder),
        ...(timelines && { timelines }),
        ...(process.stderr.isTTY && { onProgress }),
      });
      if (isUnavailable(result)) throw new UsageError(result.unavailable);
      return result;
    } finally {
      rmSync(scratchFolder, { recursive: true, force: true });
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    }
  }
}

/** With a token and an origin on GitHub, reviews are read from there. */
async function gitHubOf(checkout: string, home: string): Promise<Part<ReviewSource>> {
  const { client, serverUrl, token } = gitHubOfEnvironment();
  if (!token)
    return unavailable(
      'reviews are not in a clone (set GITHUB_TOKEN, or name recorded ones with --timelines)',
    );
  const address = await originOnGitHub(checkout, home, serverUrl);
  return isUnavailable(address)
    ? unavailable('reviews are not in a clone, and this one names no repository on GitHub as its origin')
    : { client, address };
}

function onProgress(done: number, all: number): void {
  process.stderr.write(`\r${done} of ${all} changes tried`);
}

function sinceOf(text: string, now: string): string {
  if (text === '') return new Date(Date.parse(now) - usualDays * 86_400_000).toISOString();
  const moment = new Date(text);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(moment.getTime()))
    throw new UsageError(`--since is "${text}"; it can be a day such as 2024-01-01.`);
  return moment.toISOString();
}

function wholeNumber(text: string, option: string, least: number, most: number): number {
  const number = Number(text);
  if (!/^\d{1,10}$/.test(text) || number < least || number > most)
    throw new UsageError(`--${option} is "${text}"; it can be a whole number from ${least} to ${most}.`);
  return number;
}

/** What is wrong with a file is said of the file, not of the program. */
async function read<T>(file: string, reader: (text: string, file: string) => T): Promise<T> {
  try {
    const { size } = await stat(file);
    if (size > largestFile)
      throw new Error(`${file} has ${size} bytes; ${largestFile} are the most that are read.`);
    return reader(await readFile(file, 'utf8'), file);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
