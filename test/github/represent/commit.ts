import { commitOf, type GitCommit } from '../git/commits.ts';
import { diffFiles, type FileDiff } from '../git/diff.ts';
import { git } from '../git/run-git.ts';
import type { GitHubState } from '../state/github-state.ts';
import type { Repository } from '../state/model.ts';
import { nodeId } from './node-id.ts';
import { repositoryApi, repositoryHtml } from './urls.ts';
import { userJson } from './user.ts';

type Json = Record<string, unknown>;

const unverified = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

/** The account behind a commit's address, as GitHub finds it by e-mail. */
export function accountOf(state: GitHubState, email: string): string | undefined {
  for (const user of state.users.values())
    if (user.email.toLowerCase() === email.toLowerCase()) return user.login;
  return undefined;
}

export function commitJson(state: GitHubState, repository: Repository, commit: GitCommit): Json {
  const url = repositoryApi(state, repository, `/commits/${commit.sha}`);
  const account = (email: string): Json | null => {
    const login = accountOf(state, email);
    return login === undefined ? null : userJson(state, login);
  };
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', `${repository.id}:${commit.sha}`),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: repositoryApi(state, repository, `/git/trees/${commit.tree}`) },
      url: repositoryApi(state, repository, `/git/commits/${commit.sha}`),
      comment_count: 0,
      verification: unverified,
    },
    url,
    html_url: repositoryHtml(state, repository, `/commit/${commit.sha}`),
    comments_url: `${url}/comments`,
    author: account(commit.author.email),
    committer: account(commit.committer.email),
    parents: commit.parents.map((sha) => parentJson(state, repository, sha, 'commits')),
  };
}

function parentJson(
  state: GitHubState,
  repository: Repository,
  sha: string,
  kind: 'commits' | 'git/commits',
): Json {
  return {
    sha,
    url: repositoryApi(state, repository, `/${kind}/${sha}`),
    html_url: repositoryHtml(state, repository, `/commit/${sha}`),
  };
}

/** A commit with its files against its first parent. */
export function commitWithFilesJson(state: GitHubState, repository: Repository, sha: string): Json {
  const commit = commitOf(repository.directory, sha);
  const emptyTree = git(repository.directory, ['hash-object', '-t', 'tree', '--stdin']);
  const files = diffFiles(repository.directory, commit.parents[0] ?? emptyTree, sha);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return {
    ...commitJson(state, repository, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: files.map((file) => fileJson(state, repository, file, sha)),
  };
}

export function gitCommitJson(state: GitHubState, repository: Repository, sha: string): Json {
  const commit = commitOf(repository.directory, sha);
  return {
    sha,
    node_id: nodeId('Commit', `${repository.id}:${sha}`),
    url: repositoryApi(state, repository, `/git/commits/${sha}`),
    html_url: repositoryHtml(state, repository, `/commit/${sha}`),
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: repositoryApi(state, repository, `/git/trees/${commit.tree}`) },
    message: commit.message,
    parents: commit.parents.map((parent) => parentJson(state, repository, parent, 'git/commits')),
    verification: unverified,
  };
}

/** GitHub leaves `patch` out for binary files and very large diffs. */
const patchLimit = 1024 * 1024;

export function fileJson(state: GitHubState, repository: Repository, file: FileDiff, ref: string): Json {
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: file.blob,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: repositoryHtml(state, repository, `/blob/${ref}/${path}`),
    raw_url: repositoryHtml(state, repository, `/raw/${ref}/${path}`),
    contents_url: repositoryApi(state, repository, `/contents/${path}?ref=${ref}`),
    ...(file.patch === undefined || file.patch.length > patchLimit ? {} : { patch: file.patch }),
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
  };
}
