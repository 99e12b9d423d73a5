import { commitOf } from '../git/commits.ts';
import type { GitHubState } from '../state/github-state.ts';
import { type CheckRun, type CheckSuite, isPullRequest, type Repository } from '../state/model.ts';
import { nodeId } from './node-id.ts';
import { repositoryJson } from './repository.ts';
import { repositoryApi, repositoryHtml } from './urls.ts';
import { appJson } from './user.ts';

type Json = Record<string, unknown>;

export function checkRunJson(state: GitHubState, repository: Repository, run: CheckRun): Json {
  const url = repositoryApi(state, repository, `/check-runs/${run.id}`);
  const html = repositoryHtml(state, repository, `/runs/${run.id}`);
  const app = state.apps.get(run.appId);
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CheckRun', run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suiteId },
    app: app === undefined ? null : appJson(state, app),
    pull_requests: pullsOfHead(state, repository, run.headSha),
  };
}

/** Pull requests of the repository's own branches only: the Checks API sees no forks. */
export function pullsOfHead(state: GitHubState, repository: Repository, sha: string): Json[] {
  const repo = { id: repository.id, url: repositoryApi(state, repository), name: repository.name };
  return [...repository.issues.values()]
    .filter(isPullRequest)
    .filter(
      (pull) => pull.headSha === sha && pull.headRepository === repository.fullName && pull.state === 'open',
    )
    .map((pull) => ({
      url: repositoryApi(state, repository, `/pulls/${pull.number}`),
      id: pull.id,
      number: pull.number,
      head: { ref: pull.headRef, sha: pull.headSha, repo },
      base: { ref: pull.baseRef, sha: pull.baseSha, repo },
    }));
}

export function checkSuiteJson(state: GitHubState, repository: Repository, suite: CheckSuite): Json {
  const url = repositoryApi(state, repository, `/check-suites/${suite.id}`);
  const runs = repository.checkRuns.filter((run) => run.suiteId === suite.id);
  const done = runs.every((run) => run.status === 'completed');
  const app = state.apps.get(suite.appId);
  return {
    id: suite.id,
    node_id: nodeId('CheckSuite', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status: done ? 'completed' : 'in_progress',
    conclusion: done ? suiteConclusion(runs) : null,
    url,
    before: suite.headSha,
    after: suite.headSha,
    pull_requests: pullsOfHead(state, repository, suite.headSha),
    app: app === undefined ? null : appJson(state, app),
    repository: repositoryJson(state, repository),
    created_at: suite.createdAt,
    updated_at: suite.createdAt,
    head_commit: simpleCommitJson(repository, suite.headSha),
    latest_check_runs_count: runs.length,
    check_runs_url: `${url}/check-runs`,
  };
}

function suiteConclusion(runs: readonly CheckRun[]): string {
  if (runs.some((run) => run.conclusion === 'failure')) return 'failure';
  return runs.every((run) => run.conclusion === 'neutral') ? 'neutral' : 'success';
}

export function simpleCommitJson(repository: Repository, sha: string): Json {
  const commit = commitOf(repository.directory, sha);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}
