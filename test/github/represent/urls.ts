import type { GitHubState } from '../state/github-state.ts';
import type { Repository } from '../state/model.ts';

export function apiUrl(state: GitHubState, path: string): string {
  return `${state.origin}/api/v3${path}`;
}

export function repositoryApi(state: GitHubState, repository: Repository, path = ''): string {
  return apiUrl(state, `/repos/${repository.fullName}${path}`);
}

export function repositoryHtml(state: GitHubState, repository: Repository, path = ''): string {
  return `${state.origin}/${repository.fullName}${path}`;
}
