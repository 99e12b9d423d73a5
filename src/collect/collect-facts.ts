import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Change, CommitId } from '../core/change.ts';
import type { CoverageFacts } from '../core/coverage-facts.ts';
import type { Facts, Repository } from '../core/facts.ts';
import { isUnavailable, type Part, unavailable } from '../core/part.ts';
import type { ReviewFacts } from '../core/review-facts.ts';
import { noSettings, type Settings, type SettingsInForce } from '../core/settings.ts';
import { approvedCommitOf } from '../review/measure/last-human-approval.ts';
import { measuredByTests } from './artifact/measured-by-tests.ts';
import type { WorkflowRun } from './artifact/workflow-run.ts';
import { collectMigrations } from './collect-migrations.ts';
import { collectSettings, type MergeSettings, type ParseSettings } from './collect-settings.ts';
import { coverageOfChange, coverageOfMeasured } from './coverage/coverage-of-change.ts';
import type { JudgedRepository } from './git/judged-repository.ts';
import { openRepository } from './git/open-repository.ts';
import { completeReview } from './github/complete-review.ts';
import type { GitHubClient } from './github/create-client.ts';
import { type PullRequestReading, readPullRequest } from './github/read-pull-request.ts';
import { createPeople, type People } from './people.ts';
import { readEarlierResults } from './read-earlier-results.ts';
import { readReplies } from './read-replies.ts';
import { collectTests } from './tests/collect-tests.ts';

export interface CollectRequest {
  /** ISO 8601, UTC. */
  readonly now: string;
  readonly repository: Repository;
  /** The folder the tests ran in, with their coverage reports; it need not be a git checkout. */
  readonly checkout: string;
  /** Where git objects come from when the checkout is not complete. */
  readonly remote?: { readonly url: string; readonly token?: string };
  /** An empty folder of ours; the caller removes it. */
  readonly scratchFolder: string;
  /** Globs of coverage reports; empty looks for the well-known names. */
  readonly coverage: readonly string[];
  /** Globs of reports of the base commit, in place of the stored coverage. */
  readonly baseCoverage?: readonly string[];
  /**
   * The tests ran elsewhere, and what they measured lies in artifacts: of the run that is named and those beside it, or of
   * whatever has run on the head. Without this it lies in the checkout.
   */
  readonly tests?: { readonly run?: WorkflowRun };
  readonly question: PullRequestQuestion | BranchQuestion;
}

/** How settings are read: config knows, and the pipeline hands it in. */
export interface SettingsReader {
  readonly parse: ParseSettings;
  readonly merge: MergeSettings;
}

export interface PullRequestQuestion {
  readonly kind: 'pull-request';
  readonly owner: string;
  readonly name: string;
  readonly number: number;
  readonly head: CommitId;
  /** Tip of the base branch as the event told it. */
  readonly base: CommitId;
  readonly baseName: string;
  /** The merge commit the run was started for. */
  readonly mergeCommit?: CommitId;
  readonly client: GitHubClient;
  readonly instance: string;
}

export interface BranchQuestion {
  readonly kind: 'branch';
  /** Revisions as a person types them; an empty base means the branch that is the remote's default, else main or master. */
  readonly base: string;
  readonly head: string;
}

interface Ends {
  readonly base: CommitId;
  readonly head: CommitId;
  readonly baseName: string;
}

const usualBases = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];
const localRun = 'a local branch has no pull request to read; the GitHub Action reads it';

/** Looks at everything once. What cannot be had is said in its part; nothing is thrown for it. */
export async function collectFacts(request: CollectRequest, reader: SettingsReader): Promise<Facts> {
  const { question } = request;
  const salt = randomBytes(32).toString('hex');
  // Who is a bot is known with the settings, and those are read from the repository: until then nobody is looked up.
  let people = createPeople(salt);
  const repository = await openRepository({
    // A job without a checkout step has an empty workspace; a person names a folder and means it.
    ...((question.kind === 'branch' || existsSync(join(request.checkout, '.git'))) && {
      checkout: request.checkout,
    }),
    ...(request.remote && { remote: request.remote }),
    scratchFolder: request.scratchFolder,
    people: (account) => people(account),
    trustUserConfig: question.kind === 'branch',
  });
  try {
    const ends = isUnavailable(repository) ? repository : await endsOf(question, repository);
    const settings =
      isUnavailable(repository) || isUnavailable(ends)
        ? noSettings
        : await settingsOf(request, reader, repository, ends);
    people = createPeople(salt, settings.settings.bots);
    const [reading, change] = await Promise.all([
      question.kind === 'branch'
        ? notRead(localRun)
        : readPullRequest(question.client, question, people, {
            approvalWords: settings.settings.approvalComments ?? [],
          }),
      isUnavailable(repository) ? repository : isUnavailable(ends) ? ends : repository.readChange(ends),
    ]);
    return {
      schemaVersion: 1,
      now: request.now,
      seed: isUnavailable(change) ? 1 : Number.parseInt(change.head.slice(0, 8), 16),
      repository: request.repository,
      asked: question.kind === 'branch' ? {} : { pullRequest: question.number, head: question.head },
      settings,
      pullRequest: reading.pullRequest,
      replies: question.kind === 'branch' ? [] : await readReplies(question.client, question),
      change,
      ...(await lookedUp(request, { settings: settings.settings, people }, repository, change, reading)),
    };
  } finally {
    if (!isUnavailable(repository)) await repository.close();
  }
}

function settingsOf(
  { question, repository: { name } }: CollectRequest,
  reader: SettingsReader,
  repository: JudgedRepository,
  ends: Ends,
): Promise<SettingsInForce> {
  return collectSettings(repository, ends, {
    ...reader,
    ...(question.kind === 'pull-request' && { client: question.client, repository: name }),
  });
}

function notRead(reason: string): PullRequestReading {
  return { pullRequest: unavailable(reason), review: unavailable(reason), remarks: [] };
}

type LookedUp = Pick<Facts, 'coverage' | 'tests' | 'review' | 'migrations' | 'earlierResults' | 'remarks'>;

/** Everything that needs the change itself. */
async function lookedUp(
  request: CollectRequest,
  { settings, people }: { readonly settings: Settings; readonly people: People },
  repository: Part<JudgedRepository>,
  change: Part<Change>,
  reading: PullRequestReading,
): Promise<LookedUp> {
  if (isUnavailable(repository) || isUnavailable(change)) {
    const missing = isUnavailable(change) ? change : unavailable('the repository could not be read');
    const review = isUnavailable(reading.review) ? reading.review : { ...reading.review, tail: missing };
    return {
      coverage: missing,
      review,
      migrations: missing,
      earlierResults: missing,
      remarks: reading.remarks,
    };
  }
  const { question } = request;
  const [coverage, tests, review, { migrations, remarks }, earlierResults] = await Promise.all([
    coverageOf(request, repository, change, settings),
    collectTests(repository, change),
    reviewOf(request, people, reading, repository, change),
    collectMigrations(repository, change),
    question.kind === 'branch' ? [] : readEarlierResults(question, change.mergeBase),
  ]);
  return { coverage, tests, review, migrations, earlierResults, remarks: [...reading.remarks, ...remarks] };
}

async function coverageOf(
  request: CollectRequest,
  repository: JudgedRepository,
  change: Change,
  { modules }: Settings,
): Promise<Part<CoverageFacts>> {
  const { question, tests } = request;
  const coverageQuestion = {
    workspace: request.checkout,
    reports: request.coverage,
    ...(request.baseCoverage && { baseReports: request.baseCoverage }),
    ...(request.remote && { remote: request.remote }),
    scratchFolder: request.scratchFolder,
    ...(modules && { modules }),
  };
  if (!tests || question.kind === 'branch') return coverageOfChange(repository, change, coverageQuestion);
  const measured = await measuredByTests(
    { ...question, baseBranch: question.baseName, ...tests },
    repository,
  );
  return isUnavailable(measured)
    ? measured
    : coverageOfMeasured(repository, change, measured, coverageQuestion);
}

async function endsOf(
  question: CollectRequest['question'],
  repository: JudgedRepository,
): Promise<Part<Ends>> {
  if (question.kind === 'pull-request') {
    return { base: await baseOf(question, repository), head: question.head, baseName: question.baseName };
  }
  const [head, found] = await Promise.all([
    repository.resolve(question.head),
    firstBase(question.base ? [question.base, `origin/${question.base}`] : usualBases, repository),
  ]);
  if (isUnavailable(head)) return head;
  if (found) return { ...found, head };
  return question.base
    ? repository
        .resolve(question.base)
        .then((base) => (isUnavailable(base) ? base : { base, head, baseName: question.base }))
    : unavailable(
        'It is not known what the change goes to: neither origin/HEAD nor main nor master exists. Name it with --base.',
      );
}

async function firstBase(
  names: readonly string[],
  repository: JudgedRepository,
): Promise<Omit<Ends, 'head'> | undefined> {
  for (const baseName of names) {
    const base = await repository.resolve(baseName);
    if (!isUnavailable(base)) return { base, baseName };
  }
  return undefined;
}

/**
 * The base as of the merge that the run was started for: the event's own base id can be older. The merge commit says so
 * only while its second parent is the head that is judged; after a push in between it is another one.
 */
async function baseOf(question: PullRequestQuestion, repository: JudgedRepository): Promise<CommitId> {
  if (!question.mergeCommit) return question.base;
  const parents = await repository.parentsOf(question.mergeCommit);
  if (isUnavailable(parents)) return question.base;
  const [first, second] = parents;
  return first !== undefined && second === question.head ? first : question.base;
}

async function reviewOf(
  { question, now }: CollectRequest,
  people: People,
  reading: PullRequestReading,
  repository: JudgedRepository,
  change: Change,
): Promise<Part<ReviewFacts>> {
  if (isUnavailable(reading.review) || question.kind === 'branch') return reading.review;
  const { client, owner, name } = question;
  const address = { owner, name };
  const [review, tail] = await Promise.all([
    completeReview({
      review: reading.review,
      pullRequest: reading.pullRequest,
      change,
      repository,
      client,
      address,
      people,
      now,
    }),
    tailOf(reading.review, repository, change),
  ]);
  return { ...review, ...tail };
}

async function tailOf(
  review: ReviewFacts,
  repository: JudgedRepository,
  change: Change,
): Promise<Pick<ReviewFacts, 'tail'>> {
  const approved = approvedCommitOf(review);
  if (!approved) return {};
  if (isUnavailable(approved)) return { tail: approved };
  const tail = await repository.unreviewedTail({
    base: change.base,
    head: change.head,
    approved: approved.commit,
  });
  return {
    tail: isUnavailable(tail) ? tail : { ...tail, approvedCommit: approved.commit, approvedAt: approved.at },
  };
}
