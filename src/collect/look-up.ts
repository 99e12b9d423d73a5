import type { Change } from '../core/change.ts';
import type { CoverageFacts } from '../core/coverage-facts.ts';
import type { Facts } from '../core/facts.ts';
import { isUnavailable, type Part, unavailable } from '../core/part.ts';
import type { Settings } from '../core/settings.ts';
import type { TestHabit } from '../core/test-facts.ts';
import { configuredServers } from '../migrations/detect/configured-servers.ts';
import { mayBeMigration } from '../migrations/detect/detect-migration.ts';
import type { CollectRequest } from './collect-facts.ts';
import type { CollectedMigrations } from './collect-migrations.ts';
import { type MeasuredCommit, measuredInWorkspace } from './coverage/measured-in-workspace.ts';
import type { JudgedRepository } from './git/judged-repository.ts';
import type { ChangeWithoutLines } from './git/read-change.ts';
import type { PullRequestReading } from './github/read-pull-request.ts';
import type { People } from './people.ts';
import { collectTests, habitsOf } from './tests/collect-tests.ts';

export type LookedUp = Pick<
  Facts,
  'coverage' | 'tests' | 'review' | 'migrations' | 'earlierResults' | 'remarks'
>;

async function measureElsewhere(
  { question, tests }: CollectRequest,
  repository: JudgedRepository,
): Promise<Part<MeasuredCommit>> {
  if (!tests || question.kind === 'branch') return unavailable('no tests of the change were named');
  const { measuredByTests } = await import('./artifact/measured-by-tests.ts');
  return measuredByTests({ ...question, baseBranch: question.baseName, ...tests }, repository);
}

/** The reports that lie in the workspace. */
async function measureWorkspace(
  { checkout, coverage, tests, question }: CollectRequest,
  repository: JudgedRepository,
): Promise<Part<MeasuredCommit> | undefined> {
  if (tests && question.kind === 'pull-request') return undefined;
  return measuredInWorkspace(repository, { workspace: checkout, reports: coverage });
}

/** What asks for no line of the change, and so begins while git compares them. */
export interface Begun {
  readonly habits: Promise<readonly TestHabit[]>;
  readonly migrations: Promise<CollectedMigrations>;
  /** Of the workspace; of tests that ran elsewhere it is asked later. */
  readonly measured: Promise<Part<MeasuredCommit> | undefined>;
}

export function beginWithoutLines(
  request: CollectRequest,
  repository: JudgedRepository,
  change: ChangeWithoutLines,
  settings: Promise<Settings>,
): Begun {
  const begun = {
    measured: measureWorkspace(request, repository),
    habits: habitsOf(repository, change),
    migrations: settings.then((known) => migrationsOf(repository, change, known)),
  };
  // They are awaited where they are looked at; a fault of ours on the way there must not end the process.
  for (const part of Object.values(begun)) part.catch(() => undefined);
  return begun;
}

/** What is known when everything else is looked up. */
export interface Known {
  readonly settings: Settings;
  readonly people: People;
  readonly repository: Part<JudgedRepository>;
  readonly change: Part<Change>;
  readonly reading: PullRequestReading;
  /** Absent where the change was not read. */
  readonly begun?: Begun;
}

/** Everything that needs the change itself. */
export async function lookUp(
  request: CollectRequest,
  { settings, people, repository, change, reading, begun }: Known,
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
    coverageOf(request, repository, change, settings, begun?.measured),
    collectTests(repository, change, begun?.habits),
    question.kind === 'branch' || isUnavailable(reading.review)
      ? reading.review
      : (await import('./review-of-pull.ts')).reviewOfPull(
          request,
          question,
          people,
          reading,
          repository,
          change,
        ),
    migrationsOfBranch(
      request,
      repository,
      change,
      begun?.migrations ?? migrationsOf(repository, change, settings),
    ),
    question.kind === 'branch'
      ? []
      : (await import('./read-earlier-results.ts')).readEarlierResults(question, change.mergeBase),
  ]);
  return { coverage, tests, review, migrations, earlierResults, remarks: [...reading.remarks, ...remarks] };
}

/** What reads migrations is loaded only for them. */
async function migrationsOf(
  repository: JudgedRepository,
  change: ChangeWithoutLines,
  settings: Settings,
): Promise<CollectedMigrations> {
  if (!change.files.some(({ path }) => mayBeMigration(path)))
    return { migrations: { files: [], decisionRecords: [] }, remarks: [] };
  const { collectMigrations } = await import('./collect-migrations.ts');
  return collectMigrations(repository, change, 'surroundings', configuredServers(settings));
}

/** With the commits of the branch that touch them, and what stands in other pull requests. */
async function migrationsOfBranch(
  { question }: CollectRequest,
  repository: JudgedRepository,
  change: Change,
  collecting: Promise<CollectedMigrations>,
): Promise<CollectedMigrations> {
  const collected = await collecting;
  if (isUnavailable(collected.migrations) || collected.migrations.files.length === 0) return collected;
  const { withTouchingCommits } = await import('./collect-migrations.ts');
  const told = await withTouchingCommits(repository, change, collected);
  if (question.kind === 'branch') return told;
  const { withMigrationsElsewhere } = await import('./github/read-open-pulls.ts');
  return {
    ...told,
    migrations: await withMigrationsElsewhere(question.client, question, told.migrations),
  };
}

async function coverageOf(
  request: CollectRequest,
  repository: JudgedRepository,
  change: Change,
  { modules }: Settings,
  inWorkspace: Promise<Part<MeasuredCommit> | undefined> | undefined,
): Promise<Part<CoverageFacts>> {
  const coverageQuestion = {
    workspace: request.checkout,
    reports: request.coverage,
    ...(request.baseCoverage && { baseReports: request.baseCoverage }),
    ...(request.remote && { remote: request.remote }),
    ...(request.chains && { history: request.chains.coverage }),
    scratchFolder: request.scratchFolder,
    ...(modules && { modules }),
  };
  const measured = (await inWorkspace) ?? (await measureElsewhere(request, repository));
  if (isUnavailable(measured)) return measured;
  const { coverageOfMeasured } = await import('./coverage/coverage-of-change.ts');
  return coverageOfMeasured(repository, change, measured, coverageQuestion);
}
