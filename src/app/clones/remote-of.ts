import type { KeptRemote } from '../../collect/git/open-repository.ts';
import type { RepositoryName } from '../github/repository.ts';
import type { GitHubPlace } from '../settings.ts';
import type { KeptClone } from './kept-clone.ts';

/** Where a job gets the objects of a repository from, and where those that were fetched before are kept. */
export function remoteOf(
  { webUrl }: GitHubPlace,
  { owner, name }: RepositoryName,
  token: string,
  clone: KeptClone | undefined,
): KeptRemote {
  return { url: `${webUrl}/${owner}/${name}.git`, token, ...(clone && { kept: clone }) };
}
