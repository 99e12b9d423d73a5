import type { Change } from '../core/change.ts';
import type { CoverageFacts } from '../core/coverage-facts.ts';
import type { Facts } from '../core/facts.ts';
import { isUnavailable, type Part, unavailable } from '../core/part.ts';
import type { Settings } from '../core/settings.ts';
import { configuredServers } from '../migrations/detect/configured-servers.ts';
import { mayBeMigration } from '../migrations/detect/detect-migration.ts';
import type { CollectRequest } from './collect-facts.ts';
import type { CollectedMigrations } from './collect-migrations.ts';
import { coverageOfChange, coverageOfMeasured } from './coverage/coverage-of-change.ts';
import type { JudgedRepository } from './git/judged-repository.ts';
import type { PullRequestReading } from './github/read-pull-request.ts';
import type { People } from './people.ts';
import { collectTests } from './tests/collect-tests.ts';

export type LookedUp = Pick<
  Facts,
  'coverage' | 'tests' | 'review' | 'migrations' | 'earlierResults' | 'remarks'
>;

/** Everything that needs the change itself. */
export async function lookUp(
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
): Promise<Part<CoverageFacts>> {
  const { question, tests } = request;
  const coverageQuestion = {
    workspace: request.checkout,
    reports: request.coverage,
    ...(request.baseCoverage && { baseReports: request.baseCoverage }),
    ...(request.remote && { remote: request.remote }),
    ...(request.chains && { history: request.chains.coverage }),
    scratchFolder: request.scratchFolder,
    ...(modules && { modules }),
  };
  if (!tests || question.kind === 'branch') return coverageOfChange(repository, change, coverageQuestion);
  const { measuredByTests } = await import('./artifact/measured-by-tests.ts');
  const measured = await measuredByTests(
    { ...question, baseBranch: question.baseName, ...tests },
    repository,
  );
  return isUnavailable(measured)
    ? measured
    : coverageOfMeasured(repository, change, measured, coverageQuestion);
}
