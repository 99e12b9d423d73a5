import type { MigrationElsewhere, MigrationFacts } from '../../core/migration-facts.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import { mayBeMigration } from '../../migrations/detect/detect-migration.ts';
import type { ApiResult, GitHubClient } from './create-client.ts';

/** Two pages of this many pull requests, the last touched ones first: of those, one is merged next. Chosen by us. */
const pullsInPage = 30;
const mostPages = 2;

/** The diff of each pull request is counted out by GitHub for its files, so their list is not followed further. */
const openPullsQuery = `
  query openPulls($owner: String!, $name: String!, $base: String!, $page: Int!, $after: String) {
    repository(owner: $owner, name: $name) {
      pullRequests(
        states: OPEN
        baseRefName: $base
        first: $page
        after: $after
        orderBy: { field: UPDATED_AT, direction: DESC }
      ) {
        pageInfo { hasNextPage endCursor }
        nodes {
          number
          isInMergeQueue
          files(first: 100) { nodes { path changeType } }
        }
      }
    }
  }`;

interface OpenPullsAnswer {
  readonly repository: { readonly pullRequests: OpenPulls } | null;
}

interface OpenPulls {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly (OpenPull | null)[] | null;
}

interface OpenPull {
  readonly number: number;
  readonly isInMergeQueue: boolean;
  readonly files: {
    readonly nodes: readonly ({ readonly path: string; readonly changeType: string } | null)[] | null;
  } | null;
}

export interface OpenPullsQuestion {
  readonly owner: string;
  readonly name: string;
  /** The pull request that is judged, which is none of the others. */
  readonly number: number;
  /** The branch it goes to. */
  readonly baseName: string;
}

/** Whether the change brings a version that another open pull request could bring too. */
export function bringsVersion({ files }: MigrationFacts): boolean {
  return files.some(
    ({ direction, status, version }) =>
      direction === 'up' && version !== '' && /^(?:added|copied|renamed)$/.test(status),
  );
}

/**
 * The migrations that other open pull requests to the same branch, those in its merge queue included, add to `folders`
 * (`MigrationFile.folder`). At most two requests; unavailable where GitHub refuses one.
 */
export async function readMigrationsElsewhere(
  client: GitHubClient,
  { owner, name, number, baseName }: OpenPullsQuestion,
  folders: readonly string[],
): Promise<Part<readonly MigrationElsewhere[]>> {
  if (!client.hasToken) return unavailable('there is no token to read them with');
  const found: MigrationElsewhere[] = [];
  const inFolder = (path: string) =>
    folders.some((folder) => folder === '' || path.startsWith(`${folder}/`)) && mayBeMigration(path);
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const answer: ApiResult<OpenPullsAnswer> = await client.graphql(openPullsQuery, {
      owner,
      name,
      base: baseName,
      page: pullsInPage,
      after,
    });
    if (!answer.ok) return unavailable(answer.error.message);
    const pulls: OpenPulls | undefined = answer.data.repository?.pullRequests;
    if (!pulls) return unavailable('GitHub did not tell them');
    for (const pull of pulls.nodes ?? []) {
      if (!pull || pull.number === number) continue;
      for (const file of pull.files?.nodes ?? []) {
        if (file && /^(?:ADDED|RENAMED|COPIED)$/.test(file.changeType) && inFolder(file.path))
          found.push({ path: file.path, pullRequest: pull.number, isQueued: pull.isInMergeQueue });
      }
    }
    if (!pulls.pageInfo.hasNextPage || pulls.pageInfo.endCursor === null) break;
    after = pulls.pageInfo.endCursor;
  }
  return found.toSorted((a, b) => a.pullRequest - b.pullRequest || (a.path < b.path ? -1 : 1));
}

/** The facts with what stands elsewhere, where that could matter; asked of GitHub only then. */
export async function withMigrationsElsewhere(
  client: GitHubClient,
  question: OpenPullsQuestion,
  migrations: Part<MigrationFacts>,
): Promise<Part<MigrationFacts>> {
  if (isUnavailable(migrations) || !bringsVersion(migrations)) return migrations;
  const folders = [...new Set(migrations.files.flatMap(({ folder }) => folder ?? []))];
  return { ...migrations, elsewhere: await readMigrationsElsewhere(client, question, folders) };
}
