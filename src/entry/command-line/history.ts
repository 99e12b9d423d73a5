import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { HealthRequest } from '../../collect/history/collect-health.ts';
import { parseRepositoryName } from '../../collect/history/github-name.ts';
import { isUnavailable } from '../../core/part.ts';
import { weeklyHtml } from '../../render/weekly/weekly-html.ts';
import { weeklyMarkdown } from '../../render/weekly/weekly-issue.ts';
import { weeklyJson } from '../../render/weekly/weekly-json.ts';
import { weeklyText } from '../../render/weekly/weekly-text.ts';
import { judgeWeek } from '../../weekly-pipeline.ts';
import type { CommandResult } from '../cli.ts';
import { gitHubOfEnvironment, originOnGitHub } from './github-of-clone.ts';
import { oneOf, readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

const options = {
  repo: { type: 'string', default: '' },
  since: { type: 'string', default: '8w' },
  until: { type: 'string', default: '' },
  format: { type: 'string', default: 'text' },
} as const;

const mostWeeks = 26;
const day = 24 * 60 * 60 * 1000;

/** Prints the last weeks of a clone or of a repository on GitHub; with a token, its reviews too. */
export async function history(parameters: readonly string[]): Promise<CommandResult> {
  const { values, positionals } = readOptions(parameters, options, 'history');
  const [wanted, surplus] = positionals;
  if (surplus !== undefined)
    throw new UsageError(
      `history takes one OWNER/NAME, and "${surplus}" is a second. See \`review-vitals history --help\`.`,
    );
  const format = oneOf(values.format, ['text', 'json', 'markdown', 'html'], 'format');
  const shownWeeks = weeksOf(values.since);
  const now = momentOf(values.until);
  const scratchFolder = mkdtempSync(join(tmpdir(), 'review-vitals-'));
  try {
    const place = await placeOf(wanted, values.repo, scratchFolder);
    const { facts, report } = await judgeWeek({ now, scratchFolder, trustUserConfig: true, ...place });
    if (isUnavailable(facts.history) && isUnavailable(facts.pulls)) {
      throw new UsageError(`${facts.history.unavailable} Pull requests: ${facts.pulls.unavailable}.`);
    }
    const renderers = {
      json: () => weeklyJson(report),
      html: () => weeklyHtml(report, shownWeeks),
      markdown: () => weeklyMarkdown(report, shownWeeks),
      text: () => weeklyText(report, { width: Math.min(process.stdout.columns ?? 110, 120), shownWeeks }),
    };
    return { output: renderers[format](), exitCode: 0 };
  } finally {
    rmSync(scratchFolder, { recursive: true, force: true });
  }
}

type Place = Pick<HealthRequest, 'repository' | 'checkout' | 'remote' | 'github'>;

/** A name alone is read from its server; a folder, or this one, from the clone that stands there. */
async function placeOf(wanted: string | undefined, repo: string, scratchFolder: string): Promise<Place> {
  const { client, serverUrl, token } = gitHubOfEnvironment();
  const named = wanted === undefined ? undefined : parseRepositoryName(wanted);
  if (wanted !== undefined && !named) throw new UsageError(`"${wanted}" is no OWNER/NAME.`);
  const onGitHub = (address: { readonly owner: string; readonly name: string }) => ({
    repository: {
      name: `${address.owner}/${address.name}`,
      url: `${serverUrl}/${address.owner}/${address.name}`,
    },
    github: { client, address },
  });
  if (named && repo === '') {
    const place = onGitHub(named);
    return { ...place, remote: { url: `${place.repository.url}.git`, ...(token && { token }) } };
  }
  const checkout = resolve(repo || '.');
  if (!existsSync(checkout)) throw new UsageError(`There is no folder ${checkout}.`);
  if (named) return { checkout, ...onGitHub(named) };
  const origin = await originOnGitHub(checkout, scratchFolder, serverUrl);
  if (isUnavailable(origin)) return { checkout, repository: { name: basename(checkout) }, github: origin };
  return { checkout, ...onGitHub(origin) };
}

function weeksOf(since: string): number {
  const weeks = Number(/^(\d{1,2})w$/.exec(since)?.[1] ?? 0);
  if (weeks < 2 || weeks > mostWeeks)
    throw new UsageError(`--since is "${since}"; it can be 2w to ${mostWeeks}w.`);
  return weeks;
}

/** The moment until which is told: of a day its end, so that the Sunday on which a week ends names that week. */
export function momentOf(until: string): string {
  if (until === '') return new Date().toISOString();
  const moment = new Date(until);
  if (!/^\d{4}-\d\d-\d\d/.test(until) || Number.isNaN(moment.getTime()))
    throw new UsageError(`--until is "${until}"; it can be a day such as 2026-11-22.`);
  return new Date(moment.getTime() + (until.length === 10 ? day : 0)).toISOString();
}
