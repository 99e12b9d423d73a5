import { type Issue, isPullRequest, type Repository } from './model.ts';

/** What GitHub calls `author_association`: how somebody stands to a repository. */
export function associationOf(repository: Repository, login: string): string {
  if (login === repository.owner) return 'OWNER';
  const role = repository.collaborators.get(login);
  if (role !== undefined && role !== 'read') return 'COLLABORATOR';
  const pulls = [...repository.issues.values()].filter(isPullRequest).filter((pull) => pull.author === login);
  if (pulls.some((pull) => pull.mergedAt !== null)) return 'CONTRIBUTOR';
  if (login.endsWith('[bot]')) return 'NONE';
  return pulls.length > 0 ? 'FIRST_TIME_CONTRIBUTOR' : 'NONE';
}

export function authorAssociation(repository: Repository, issue: Issue): string {
  return issue.association ?? associationOf(repository, issue.author);
}

export function roleOf(
  repository: Repository,
  login: string,
): 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none' {
  if (login === repository.owner) return 'admin';
  return repository.collaborators.get(login) ?? (repository.isPrivate ? 'none' : 'read');
}
