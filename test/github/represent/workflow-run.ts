import type { GitHubState } from '../state/github-state.ts';
import type { Artifact, Repository, WorkflowRun } from '../state/model.ts';
import { pullsOfHead, simpleCommitJson } from './check-run.ts';
import { nodeId } from './node-id.ts';
import { repositoryJson } from './repository.ts';
import { repositoryApi, repositoryHtml } from './urls.ts';
import { userJson } from './user.ts';

type Json = Record<string, unknown>;

export function runJson(state: GitHubState, repository: Repository, run: WorkflowRun): Json {
  const url = repositoryApi(state, repository, `/actions/runs/${run.id}`);
  const isFork = run.headRepository !== repository.fullName;
  const head = state.repository(run.headRepository);
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('WorkflowRun', run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.path,
    display_title: run.name,
    run_number: 1,
    run_attempt: run.attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflowId,
    check_suite_id: run.id,
    check_suite_node_id: nodeId('CheckSuite', run.id),
    url,
    html_url: repositoryHtml(state, repository, `/actions/runs/${run.id}`),
    // Empty for runs of forks, as on GitHub.
    pull_requests: isFork ? [] : pullsOfHead(state, repository, run.headSha),
    created_at: run.createdAt,
    updated_at: run.createdAt,
    run_started_at: run.createdAt,
    actor: userJson(state, run.actor),
    triggering_actor: userJson(state, run.actor),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: repositoryApi(state, repository, `/check-suites/${run.id}`),
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: repositoryApi(state, repository, `/actions/workflows/${run.workflowId}`),
    head_commit: simpleCommitJson(head, run.headSha),
    repository: repositoryJson(state, repository),
    head_repository: repositoryJson(state, head),
  };
}

export function artifactJson(state: GitHubState, repository: Repository, artifact: Artifact): Json {
  const url = repositoryApi(state, repository, `/actions/artifacts/${artifact.id}`);
  const run = repository.runs.find((one) => one.id === artifact.runId);
  const expires = `${new Date(Date.parse(artifact.createdAt) + 90 * 86_400_000).toISOString().slice(0, 19)}Z`;
  return {
    id: artifact.id,
    node_id: nodeId('Artifact', artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.zip.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: false,
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: expires,
    workflow_run:
      run === undefined
        ? null
        : {
            id: run.id,
            repository_id: repository.id,
            head_repository_id: state.repository(run.headRepository).id,
            head_branch: run.headBranch,
            head_sha: run.headSha,
          },
  };
}

export function jobJson(
  state: GitHubState,
  repository: Repository,
  run: WorkflowRun,
  job: WorkflowRun['jobs'][number],
): Json {
  return {
    id: job.id,
    run_id: run.id,
    run_attempt: run.attempt,
    run_url: repositoryApi(state, repository, `/actions/runs/${run.id}`),
    node_id: nodeId('CheckRun', job.id),
    head_sha: run.headSha,
    url: repositoryApi(state, repository, `/actions/jobs/${job.id}`),
    html_url: repositoryHtml(state, repository, `/actions/runs/${run.id}/job/${job.id}`),
    status: 'completed',
    conclusion: job.conclusion,
    created_at: run.createdAt,
    started_at: run.createdAt,
    completed_at: run.createdAt,
    name: job.name,
    check_run_url: repositoryApi(state, repository, `/check-runs/${job.id}`),
    labels: ['ubuntu-latest'],
    runner_id: 1,
    runner_name: 'GitHub Actions 1',
    runner_group_id: 2,
    runner_group_name: 'GitHub Actions',
    workflow_name: run.name,
    head_branch: run.headBranch,
    steps: [],
  };
}
