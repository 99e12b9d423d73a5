import { randomBytes } from 'node:crypto';
import type { CommitId } from '../../core/change.ts';
import type { Repository } from '../../core/facts.ts';
import type {
  BranchCommit,
  BranchHistory,
  HealthFacts,
  MergedPulls,
  MigrationLedger,
} from '../../core/health-facts.ts';
import { completeWeeks, isoWeekOf } from '../../core/iso-week.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { noSettings, type SettingsInForce } from '../../core/settings.ts';
import { collectSettings, type SettingsRequest } from '../collect-settings.ts';
import { type CoverageChain, coverageRef, openCoverageChain } from '../coverage-history/coverage-chain.ts';
import { storedTrend } from '../coverage-history/stored-base.ts';
import { readSprints } from '../deadline/read-sprints.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import { type KeptRemote, openRepository } from '../git/open-repository.ts';
import type { GitHubClient } from '../github/create-client.ts';
import { createPeople, type People } from '../people.ts';
import type { HealthChain } from './health-chain.ts';
import { readAtMerge } from './read-at-merge.ts';
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
  readonly remote?: KeptRemote;
  /** An existing temporary folder of ours; the caller removes it. */
  readonly scratchFolder: string;
  /** The branch whose history is read; without it the default branch is looked for by its usual names. */
  readonly branch?: string;
  readonly trustUserConfig?: boolean;
  /** Absent, or the reason why, when there is no GitHub repository to ask. */
  readonly github: Part<{ readonly client: GitHubClient; readonly address: RepositoryAddress }>;
  readonly judgeReason: JudgeReason;
  /** Reads the settings of the branch; absent: none are in force. */
  readonly settings?: Pick<SettingsRequest, 'parse' | 'merge'>;
  /** The chain of earlier records; absent when it is not to be read. */
  readonly chain?: Part<HealthChain>;
  /** Stored coverage that lies elsewhere than at `remote` or in the clone; whoever opened it closes it. */
  readonly coverage?: CoverageChain;
}

/** Weeks that are read: half a year, the repository's own measure of what is usual. */
export const weeksRead = 26;

const usualBranches = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master', 'HEAD'];

/** Looks at half a year of a repository once. What cannot be had is said in its part; nothing is thrown for it. */
export async function collectHealth(request: HealthRequest): Promise<HealthFacts> {
  const { now, chain } = request;
  const salt = randomBytes(32).toString('hex');
  // Who is a bot is known with the settings, and those are read from the repository: until then nobody is looked up.
  let people = createPeople(salt);
  const since = completeWeeks(now, weeksRead)[0]?.start ?? now;
  const git = await openRepository({
    ...(request.checkout !== undefined && { checkout: request.checkout }),
    ...(request.remote && { remote: request.remote }),
    scratchFolder: request.scratchFolder,
    people: (account) => people(account),
    trustUserConfig: request.trustUserConfig ?? false,
  });
  try {
    const tip = isUnavailable(git) ? git : await tipOf(git, request.branch);
    const settings = await settingsOf(git, tip, request);
    people = createPeople(salt, settings.settings.bots);
    const [reading, records, coverage, history, sprints] = await Promise.all([
      readPulls(request, since, people),
      chain === undefined ? unavailable('the records of earlier weeks were not asked for') : recordsOf(chain),
      readCoverage(git, tip, request),
      readHistory(git, tip, since, now),
      readSprints({ calendar: settings.settings.sprint, github: request.github, since, until: now }),
    ]);
    const pulls = sinceItBegan(await withTails(reading.pulls, git, now), history);
    const atMerge = await withAtMerge(pulls, request, people);
    return {
      schemaVersion: 1,
      now,
      repository: request.repository,
      pulls: atMerge.pulls,
      history,
      migrations: await ledgerOf(history, git, request, people),
      coverage: isUnavailable(coverage) ? coverage : coverage.trend,
      sprints,
      records,
      ...(settings.settings.waivers && { waivers: settings.settings.waivers }),
      remarks: [
        ...settings.problems.map((problem) => `settings: ${problem}`),
        ...reading.remarks,
        ...atMerge.remarks,
        ...(isUnavailable(coverage) ? [] : coverage.remarks),
      ],
    };
  } finally {
    if (!isUnavailable(git)) await git.close();
  }
}

/** What stood open when the pull requests of the last week were merged. */
async function withAtMerge(
  pulls: Part<MergedPulls>,
  { github, now }: HealthRequest,
  people: People,
): Promise<{ readonly pulls: Part<MergedPulls>; readonly remarks: readonly string[] }> {
  const [week] = completeWeeks(now, 1);
  if (isUnavailable(pulls) || isUnavailable(github) || !week) return { pulls, remarks: [] };
  const read = await readAtMerge(pulls.pulls, week, github.client, github.address, people);
  return { pulls: { ...pulls, pulls: read.pulls }, remarks: read.remarks };
}

/** Of the branch itself: there is no other one that they could be read from. */
async function settingsOf(
  git: Part<JudgedRepository>,
  tip: Part<CommitId>,
  { settings: reader, github, repository: { name } }: HealthRequest,
): Promise<SettingsInForce> {
  if (!reader || isUnavailable(git) || isUnavailable(tip)) return noSettings;
  return collectSettings(
    git,
    { base: tip, head: tip },
    {
      ...reader,
      ...(!isUnavailable(github) && github.client.hasToken && { client: github.client, repository: name }),
    },
  );
}

async function readCoverage(
  git: Part<JudgedRepository>,
  tip: Part<CommitId>,
  request: HealthRequest,
): ReturnType<typeof storedTrend> {
  if (isUnavailable(git)) return git;
  if (isUnavailable(tip)) return tip;
  const chain = request.coverage ?? (await openStored(git, request));
  if (isUnavailable(chain)) return chain;
  try {
    return await storedTrend(git, chain, tip);
  } finally {
    if (!request.coverage) await chain.close();
  }
}

async function openStored(
  git: JudgedRepository,
  { remote, checkout, scratchFolder }: HealthRequest,
): Promise<Part<CoverageChain>> {
  if (remote) return openCoverageChain({ remote, scratchFolder });
  if (checkout !== undefined && !isUnavailable(await git.resolve(coverageRef)))
    return openCoverageChain({ remote: { url: checkout }, scratchFolder });
  return unavailable(
    `this clone has no stored coverage; \`git fetch origin ${coverageRef}:${coverageRef}\` brings it where there is some`,
  );
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

async function tipOf(git: JudgedRepository, branch: string | undefined): Promise<Part<CommitId>> {
  let why = '';
  for (const name of branch === undefined ? usualBranches : [`origin/${branch}`, branch, 'HEAD']) {
    const tip = await git.resolve(name);
    if (!isUnavailable(tip)) return tip;
    why ||= tip.unavailable.replace(/^The revision could not be read: /, '');
  }
  return unavailable(`no branch to read was found: ${why}`);
}

async function readHistory(
  git: Part<JudgedRepository>,
  tip: Part<CommitId>,
  since: string,
  now: string,
): Promise<Part<BranchHistory>> {
  if (isUnavailable(git)) return git;
  if (isUnavailable(tip)) return tip;
  const commits = await git.branchCommits(tip, since);
  if (isUnavailable(commits)) return commits;
  const past = commits.filter(({ committedAt }) => Date.parse(committedAt) <= Date.parse(now));
  return { tip, completeSince: await beginOf(git, commits[0], since, now), commits: past };
}

/**
 * Weeks before the branch began are no weeks in which nothing happened: they would make nothing the usual. The week that
 * is reported on is kept, whatever it was.
 */
async function beginOf(
  git: JudgedRepository,
  oldest: BranchCommit | undefined,
  since: string,
  now: string,
): Promise<string> {
  const parents = oldest ? await git.parentsOf(oldest.id) : [];
  if (!oldest || isUnavailable(parents) || parents.length > 0) return since;
  const reported = completeWeeks(now, 1)[0]?.start ?? since;
  const began = isoWeekOf(oldest.committedAt).start;
  return [since, began < reported ? began : reported].toSorted().at(-1) ?? since;
}

function sinceItBegan(pulls: Part<MergedPulls>, history: Part<BranchHistory>): Part<MergedPulls> {
  if (isUnavailable(pulls) || isUnavailable(history)) return pulls;
  const isLater = Date.parse(history.completeSince) > Date.parse(pulls.completeSince);
  return isLater ? { ...pulls, completeSince: history.completeSince } : pulls;
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
