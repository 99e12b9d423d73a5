import { type Part, unavailable } from '../../core/part.ts';
import type { RawCheck } from '../../review/timeline.ts';
import type { GitHubClient } from './create-client.ts';
import type { PullRequestAddress } from './read-connections.ts';
import type { CheckedCommit, FurtherChecksAnswer } from './review-details-answer.ts';
import { furtherChecksQuery } from './review-details-query.ts';

interface CommitToCheck {
  readonly commit: string;
  /** Its first page. */
  readonly node: CheckedCommit;
  readonly refused: string | undefined;
}

interface RawCommitChecks {
  readonly commit: string;
  readonly checks: readonly RawCheck[];
}

/** With pages of 100: 2,000 checks of a commit. */
const mostPages = 20;

/** All checks of each commit; a commit without any has an empty list. Unavailable when one of them was not told whole. */
export async function readChecks(
  client: GitHubClient,
  address: PullRequestAddress,
  commits: readonly CommitToCheck[],
): Promise<Part<readonly RawCommitChecks[]>> {
  const read: RawCommitChecks[] = [];
  for (const commit of commits) {
    const checks = await checksOf(client, address, commit);
    if ('unavailable' in checks) return checks;
    read.push(checks);
  }
  return read;
}

async function checksOf(
  client: GitHubClient,
  { owner, name }: PullRequestAddress,
  { commit, node, refused }: CommitToCheck,
): Promise<Part<RawCommitChecks>> {
  if (refused !== undefined) return unavailable(refused);
  // A commit that was pushed over can be gone.
  if (!node) return unavailable(`GitHub no longer knows the commit ${commit.slice(0, 7)}`);
  const checks: RawCheck[] = [];
  let contexts = node.statusCheckRollup?.contexts;
  let cursor: string | null = null;
  for (let page = 1; contexts; page += 1) {
    if (!contexts.nodes || contexts.nodes.some((check) => !check)) {
      return unavailable('GitHub left holes in the checks it returned');
    }
    checks.push(...contexts.nodes.flatMap((check) => check ?? []));
    const { hasNextPage, endCursor } = contexts.pageInfo;
    if (!hasNextPage) break;
    if (endCursor === null || endCursor === cursor || page >= mostPages) {
      return unavailable('GitHub did not tell all checks');
    }
    cursor = endCursor;
    const answer = await client.graphql<FurtherChecksAnswer>(furtherChecksQuery, {
      owner,
      name,
      commit,
      after: cursor,
    });
    if (!answer.ok) return unavailable(`the rest of its checks could not be read: ${answer.error.message}`);
    contexts = answer.data.repository?.object?.statusCheckRollup?.contexts;
  }
  return { commit, checks };
}
