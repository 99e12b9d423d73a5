import type { Change } from '../core/change.ts';
import type { CoverageFacts } from '../core/coverage-facts.ts';
import type { Facts } from '../core/facts.ts';
import { isUnavailable, type Part, unavailable } from '../core/part.ts';
import type { Settings } from '../core/settings.ts';
import { configuredServers } from '../migrations/detect/configured-servers.ts';
import { mayBeMigration } from '../migrations/detect/detect-migration.ts';
import type { CollectRequest } from './collect-facts.ts';
import type { CollectedMigrations } from './collect-migrations.ts';
import {
  coverageOfMeasured,
  type MeasuredCommit,
  measuredInWorkspace,
} from './coverage/coverage-of-change.ts';
import type { JudgedRepository } from './git/judged-repository.ts';
import type { PullRequestReading } from './github/read-pull-request.ts';
import type { People } from './people.ts';
import { collectTests } from './tests/collect-tests.ts';

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

/** The reports that lie in the workspace: what they say needs no change, so they are read while git compares its lines. */
export function measureWorkspace(
  { checkout, coverage, tests, question }: CollectRequest,
  repository: JudgedRepository,
): Promise<Part<MeasuredCommit>> | undefined {
  if (tests && question.kind === 'pull-request') return undefined;
  return measuredInWorkspace(repository, { workspace: checkout, reports: coverage });
}

/** What is known when everything else is looked up. */
export interface Known {
  readonly settings: Settings;
  readonly people: People;
  readonly repository: Part<JudgedRepository>;
  readonly change: Part<Change>;
  readonly reading: PullRequestReading;
  /** Begun by `measureWorkspace`; absent where the tests ran elsewhere. */
  readonly measuring?: Promise<Part<MeasuredCommit>>;
}

/** Everything that needs the change itself. */
export async function lookUp(
  request: CollectRequest,
  { settings, people, repository, change, reading, measuring }: Known,
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
    coverageOf(request, repository, change, settings, measuring),
    collectTests(repository, change),
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
    migrationsOf(request, repository, change, settings),
    question.kind === 'branch'
      ? []
      : (await import('./read-earlier-results.ts')).readEarlierResults(question, change.mergeBase),
  ]);
  return { coverage, tests, review, migrations, earlierResults, remarks: [...reading.remarks, ...remarks] };
}

/** What reads migrations is loaded only for them. */
async function migrationsOf(
  { question }: CollectRequest,
  repository: JudgedRepository,
  change: Change,
  settings: Settings,
): Promise<CollectedMigrations> {
  if (!change.files.some(({ path }) => mayBeMigration(path)))
    return { migrations: { files: [], decisionRecords: [] }, remarks: [] };
  const { collectMigrations } = await import('./collect-migrations.ts');
  const servers = configuredServers(settings);
  const collected = await collectMigrations(repository, change, 'surroundings', servers);
  if (question.kind === 'branch') return collected;
  const { withMigrationsElsewhere } = await import('./github/read-open-pulls.ts');
  const { client } = question;
  return {
    ...collected,
    migrations: await withMigrationsElsewhere(client, question, collected.migrations),
  };
}

async function coverageOf(
  request: CollectRequest,
  repository: JudgedRepository,
  change: Change,
  { modules }: Settings,
  measuring: Promise<Part<MeasuredCommit>> | undefined,
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
  const measured = await (measuring ?? measureElsewhere(request, repository));
  return isUnavailable(measured)
    ? measured
    : coverageOfMeasured(repository, change, measured, coverageQuestion);
}
