import type { GitHubClient } from '../../collect/github/create-client.ts';
import { AccessGone } from './app-access.ts';

export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

export interface FoundRepository extends RepositoryName {
  readonly defaultBranch: string;
}

interface Answer {
  readonly repositories: readonly {
    readonly id: number;
    readonly name: string;
    readonly owner: { readonly login: string };
    readonly archived?: boolean;
    readonly default_branch?: string;
  }[];
}

/**
 * What a repository is called now, whatever it was called when the event came; `client` holds a token for it alone.
 * Throws `AccessGone` when it is archived or no longer the installation's, else an error that may pass.
 */
export async function readRepository(client: GitHubClient, id: number): Promise<FoundRepository> {
  const answer = await client.rest<Answer>('GET /installation/repositories', { per_page: 100 });
  if (!answer.ok) throw new Error(`Repository ${id} could not be read: ${answer.error.message}`);
  const repository = answer.data.repositories.find((one) => one.id === id);
  if (!repository) throw new AccessGone(`repository ${id} is not among those of the installation`);
  if (repository.archived) throw new AccessGone(`repository ${id} is archived; nothing can be written in it`);
  const { owner, name, default_branch: defaultBranch = 'main' } = repository;
  return { owner: owner.login, name, defaultBranch };
}
