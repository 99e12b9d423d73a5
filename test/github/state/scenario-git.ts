import { commitNamed, type StepContext } from '../git/apply-steps.ts';
import { readRef, writeRef } from '../git/refs.ts';
import type { GitHubState } from './github-state.ts';
import type { Repository } from './model.ts';

export function stepContext(state: GitHubState, repository: Repository): StepContext {
  return {
    directory: repository.directory,
    defaultBranch: repository.defaultBranch,
    names: repository.names,
    author: (by, at) => {
      const user = state.user(by ?? repository.owner);
      return { name: user.name ?? user.login, email: user.email, date: at ?? state.now() };
    },
  };
}

/** The commit a scenario means by a name, an index into the pull request's commits, or a revision. */
export function scenarioCommit(state: GitHubState, repository: Repository, name: string): string {
  return commitNamed(stepContext(state, repository), name);
}

export function ensureBranch(repository: Repository, branch: string, from: string): void {
  if (readRef(repository.directory, `refs/heads/${branch}`) !== undefined) return;
  writeRef(repository.directory, `refs/heads/${branch}`, from);
}
