import { randomBytes } from 'node:crypto';
import type { Repository } from '../../core/facts.ts';
import type { BranchHistory, HealthFacts, MergedPulls, MigrationLedger } from '../../core/health-facts.ts';
import { completeWeeks } from '../../core/iso-week.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import { openRepository } from '../git/open-repository.ts';
import type { GitHubClient } from '../github/create-client.ts';
import { createPeople, type People } from '../people.ts';
import type { HealthChain } from './health-chain.ts';
import { readDescriptions } from './read-descriptions.ts';
import { type MergedPullsReading, type RepositoryAddress, readMergedPulls } from './read-merged-pulls.ts';
import { type JudgeReason, readMigrations } from './read-migrations.ts';
import { readTails } from './read-tails.ts';

export interface HealthRequest {
  /** ISO 8601, UTC. */
  readonly now: string;
  readonly repository: Repository;
  /** A clone on this machine; without it, or where it is not complete, commits come from `remote`. */
  readonly checkout?: string;
  readonly remote?: { readonly url: string; readonly token?: string };
  /** An existing temporary folder of ours; the caller removes it. */
  readonly scratchFolder: string;
  /** The branch whose history is read; without it the default branch is looked for by its usual names. */
  readonly branch?: string;
  readonly trustUserConfig?: boolean;
  /** Logins of machine accounts that do not call themselves bots. */
  readonly bots?: readonly string[];
  /** Absent, or the reason why, when there is no GitHub repository to ask. */
  readonly github: Part<{ readonly client: GitHubClient; readonly address: RepositoryAddress }>;
  readonly judgeReason: JudgeReason;
  /** The chain of earlier records; absent when it is not to be read. */
  readonly chain?: Part<HealthChain>;
}

/** Weeks that are read: half a year, the repository's own measure of what is usual. */
export const weeksRead = 26;

const usualBranches = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master', 'HEAD'];

/** Looks at half a year of a repository once. What cannot be had is said in its part; nothing is thrown for it. */
export async function collectHealth(request: HealthRequest): Promise<HealthFacts> {
  const { now, chain } = request;
  const people = createPeople(randomBytes(32).toString('hex'), request.bots);
  const since = completeWeeks(now, weeksRead)[0]?.start ?? now;
  const [git, reading, records] = await Promise.all([
    openRepository({
      ...(request.checkout !== undefined && { checkout: request.checkout }),
      ...(request.remote && { remote: request.remote }),
      scratchFolder: request.scratchFolder,
      people,
      trustUserConfig: request.trustUserConfig ?? false,
    }),
    readPulls(request, since, people),
    chain === undefined ? unavailable('the records of earlier weeks were not asked for') : recordsOf(chain),
  ]);
  try {
    const history = isUnavailable(git) ? git : await readHistory(git, request.branch, since, now);
    return {
      schemaVersion: 1,
      now,
      repository: request.repository,
      pulls: await withTails(reading.pulls, git, now),
      history,
      migrations: await ledgerOf(history, git, request, people),
      records,
      remarks: reading.remarks,
    };
  } finally {
    if (!isUnavailable(git)) await git.close();
  }
}

async function readPulls(
  { github }: HealthRequest,
  since: string,
  people: People,
): Promise<MergedPullsReading> {
  if (isUnavailable(github)) return { pulls: github, remarks: [] };
  return readMergedPulls(github.client, github.address, since, people);
}

async function recordsOf(chain: Part<HealthChain>): Promise<HealthFacts['records']> {
  if (isUnavailable(chain)) return chain;
  const state = await chain.read();
  return isUnavailable(state) ? state : state.records;
}

async function readHistory(
  git: JudgedRepository,
  branch: string | undefined,
  since: string,
  now: string,
): Promise<Part<BranchHistory>> {
  let why = '';
  for (const name of branch === undefined ? usualBranches : [`origin/${branch}`, branch, 'HEAD']) {
    const tip = await git.resolve(name);
    if (isUnavailable(tip)) {
      why ||= tip.unavailable;
      continue;
    }
    const commits = await git.branchCommits(tip, since);
    if (isUnavailable(commits)) return commits;
    const past = commits.filter(({ committedAt }) => Date.parse(committedAt) <= Date.parse(now));
    return { tip, completeSince: since, commits: past };
  }
  return unavailable(`no branch to read was found: ${why}`);
}

async function withTails(
  pulls: Part<MergedPulls>,
  git: Part<JudgedRepository>,
  now: string,
): Promise<Part<MergedPulls>> {
  if (isUnavailable(pulls)) return pulls;
  const past = pulls.pulls.filter(({ mergedAt }) => Date.parse(mergedAt) <= Date.parse(now));
  return { ...pulls, pulls: await readTails(past, git) };
}

async function ledgerOf(
  history: Part<BranchHistory>,
  git: Part<JudgedRepository>,
  request: HealthRequest,
  people: People,
): Promise<Part<MigrationLedger>> {
  if (isUnavailable(history)) return history;
  if (isUnavailable(git)) return git;
  const numbers = history.commits
    .filter(({ migrations }) => migrations.length > 0)
    .flatMap(({ pullRequest }) => pullRequest ?? []);
  const { github, now, repository, judgeReason } = request;
  const descriptions = isUnavailable(github)
    ? github
    : await readDescriptions(github.client, github.address, [...new Set(numbers)], people);
  return readMigrations(history, git, { now, repository, judgeReason, descriptions });
}
