import type { Part } from '../../core/part.ts';
import { unavailable } from '../../core/part.ts';
import type { PullRequest } from '../../core/pull-request.ts';
import type { GitHubClient } from '../github/create-client.ts';
import type { People } from '../people.ts';
import { type DescribedPull, mergedPullRequest } from './merged-pull-request.ts';
import { descriptionsQuery } from './merged-pulls-query.ts';
import type { Nullable } from './pull-node.ts';
import type { RepositoryAddress } from './read-merged-pulls.ts';

interface Answer {
  readonly repository: Nullable<
    { readonly pullRequestTemplates?: Nullable<readonly { readonly body: string | null }[]> } & Readonly<
      Record<`p${number}`, Nullable<DescribedPull>>
    >
  >;
}

const batch = 25;

/** Titles and descriptions of merged pull requests, 25 a request. A number GitHub does not know is left out. */
export async function readDescriptions(
  client: GitHubClient,
  address: RepositoryAddress,
  numbers: readonly number[],
  people: People,
): Promise<Part<ReadonlyMap<number, PullRequest>>> {
  if (!client.hasToken) return unavailable('there is no token (set GITHUB_TOKEN)');
  const found = new Map<number, PullRequest>();
  for (let from = 0; from < numbers.length; from += batch) {
    const asked = numbers.slice(from, from + batch);
    const answer = await client.graphqlPartial<Answer>(descriptionsQuery(asked), { ...address });
    if (!answer.ok) return unavailable(answer.error.message);
    const repository = answer.data.data.repository;
    const templates = (repository?.pullRequestTemplates ?? []).flatMap(({ body }) => body ?? []);
    for (const number of asked) {
      const node = repository?.[`p${number}`];
      if (node) found.set(number, mergedPullRequest(node, templates, people));
    }
  }
  return found;
}
