import { commitOf, commitsBetween, mergeBase, readCommits, resolveCommit } from '../git/commits.ts';
import { diffFiles, diffText } from '../git/diff.ts';
import { git } from '../git/run-git.ts';
import { type Call, loginOf, param, type Route, repositoryFor, text } from '../http/route.ts';
import { commitJson, commitWithFilesJson, fileJson } from '../represent/commit.ts';
import { nodeId } from '../represent/node-id.ts';
import { pullJson } from '../represent/pull.ts';
import { repositoryJson } from '../represent/repository.ts';
import { repositoryApi, repositoryHtml } from '../represent/urls.ts';
import { userJson } from '../represent/user.ts';
import { type CommitStatus, isPullRequest, Refusal, type Repository } from '../state/model.ts';
import { pullCommits } from '../state/pull-diff.ts';

const commits = '/repos/{owner}/{repo}/commits';

export const commitRoutes: readonly Route[] = [
  {
    operation: `GET ${commits}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'read');
      const start = call.query.get('sha') ?? repository.defaultBranch;
      const sha = commitFor(repository, start, 404);
      const filters = ['since', 'until', 'author'].flatMap((name) => {
        const value = call.query.get(name);
        return value === null ? [] : [`--${name}=${value}`];
      });
      const path = call.query.get('path');
      const found = readCommits(repository.directory, [
        ...filters,
        '--end-of-options',
        sha,
        '--',
        ...(path === null ? [] : [path]),
      ]);
      return { status: 200, list: found.map((commit) => commitJson(call.state, repository, commit)) };
    },
  },
  {
    operation: `GET ${commits}/{ref}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'read');
      const sha = commitFor(repository, param(call, 'ref'), 422);
      if (/application\/vnd\.github(\.v3)?\.sha/.test(call.accept)) return { status: 200, body: sha };
      if (/application\/vnd\.github(\.v3)?\.diff/.test(call.accept)) {
        const parent =
          commitOf(repository.directory, sha).parents[0] ??
          git(repository.directory, ['hash-object', '-t', 'tree', '--stdin']);
        return { status: 200, body: diffText(repository.directory, parent, sha) };
      }
      return { status: 200, body: commitWithFilesJson(call.state, repository, sha) };
    },
  },
  {
    operation: `GET ${commits}/{commit_sha}/pulls`,
    handle: (call) => {
      const repository = repositoryFor(call, 'pull_requests', 'read');
      const sha = commitFor(repository, param(call, 'commit_sha'), 422);
      const pulls = [...repository.issues.values()]
        .filter(isPullRequest)
        .filter(
          (pull) =>
            pull.headSha === sha ||
            pull.mergeCommit === sha ||
            pullCommits(repository, pull).some((commit) => commit.sha === sha),
        );
      return { status: 200, list: pulls.map((pull) => pullJson(call.state, repository, pull)) };
    },
  },
  {
    operation: `GET ${commits}/{ref}/status`,
    handle: (call) => {
      const repository = repositoryFor(call, 'statuses', 'read');
      const sha = commitFor(repository, param(call, 'ref'), 422);
      const latest = repository.statuses
        .filter((status) => status.sha === sha)
        .filter(
          (status, index, all) => all.findLastIndex((other) => other.context === status.context) === index,
        );
      const url = repositoryApi(call.state, repository, `/commits/${sha}`);
      return {
        status: 200,
        body: {
          state: combined(latest),
          statuses: latest.map((status) => simpleStatusJson(call, repository, status)),
          sha,
          total_count: latest.length,
          repository: repositoryJson(call.state, repository),
          commit_url: url,
          url: `${url}/status`,
        },
      };
    },
  },
  {
    operation: 'POST /repos/{owner}/{repo}/statuses/{sha}',
    handle: (call) => {
      const repository = repositoryFor(call, 'statuses', 'write');
      const sha = commitFor(repository, param(call, 'sha'), 422);
      const status: CommitStatus = {
        id: call.state.nextId(),
        sha,
        context: text(call, 'context') ?? 'default',
        state: text(call, 'state') as CommitStatus['state'],
        description: text(call, 'description') ?? null,
        targetUrl: text(call, 'target_url') ?? null,
        by: loginOf(call),
        createdAt: call.state.now(),
      };
      repository.statuses.push(status);
      return {
        status: 201,
        body: { ...simpleStatusJson(call, repository, status), creator: userJson(call.state, status.by) },
      };
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/compare/{basehead}',
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'read');
      return compare(call, repository);
    },
  },
];

function commitFor(repository: Repository, revision: string, missing: 404 | 422): string {
  const sha =
    resolveCommit(repository.directory, `refs/heads/${revision}`) ??
    resolveCommit(repository.directory, revision);
  if (sha === undefined)
    throw new Refusal(missing, missing === 404 ? 'Not Found' : `No commit found for SHA: ${revision}`);
  return sha;
}

function compare(call: Call, repository: Repository): { status: number; body: unknown } {
  const [baseName = '', headName = ''] = param(call, 'basehead').split('...');
  const [base, head] = [baseName, headName].map((name) => {
    const [owner, branch] = name.includes(':') ? name.split(':', 2) : [repository.owner, name];
    if (owner === repository.owner) return commitFor(repository, branch ?? '', 404);
    // A fork's branch is known here through the pull request that fetched it.
    const source = [...call.state.repositories.values()].find(
      (one) => one.owner === owner && one.forkOf === repository.fullName,
    );
    return commitFor(
      repository,
      (source && resolveCommit(source.directory, `refs/heads/${branch}`)) ?? '',
      404,
    );
  });
  if (base === undefined || head === undefined) throw new Refusal(404, 'Not Found');
  const { directory } = repository;
  const common = mergeBase(directory, base, head);
  if (common === undefined) throw new Refusal(404, `No common ancestor between ${baseName} and ${headName}.`);
  if (/application\/vnd\.github(\.v3)?\.diff/.test(call.accept))
    return { status: 200, body: diffText(directory, common, head) };
  const ahead = commitsBetween(directory, base, head);
  const behind = commitsBetween(directory, head, base).length;
  const status = ahead.length > 0 ? (behind > 0 ? 'diverged' : 'ahead') : behind > 0 ? 'behind' : 'identical';
  const html = repositoryHtml(call.state, repository, `/compare/${baseName}...${headName}`);
  return {
    status: 200,
    body: {
      url: repositoryApi(call.state, repository, `/compare/${baseName}...${headName}`),
      html_url: html,
      permalink_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: commitJson(call.state, repository, commitOf(directory, base)),
      merge_base_commit: commitJson(call.state, repository, commitOf(directory, common)),
      status,
      ahead_by: ahead.length,
      behind_by: behind,
      total_commits: ahead.length,
      commits: ahead.slice(0, 250).map((commit) => commitJson(call.state, repository, commit)),
      // A comparison lists at most 300 files.
      files: diffFiles(directory, common, head)
        .slice(0, 300)
        .map((file) => fileJson(call.state, repository, file, head)),
    },
  };
}

function combined(statuses: readonly CommitStatus[]): string {
  if (statuses.some((status) => status.state === 'failure' || status.state === 'error')) return 'failure';
  return statuses.length === 0 || statuses.some((status) => status.state === 'pending')
    ? 'pending'
    : 'success';
}

function simpleStatusJson(call: Call, repository: Repository, status: CommitStatus): Record<string, unknown> {
  return {
    url: repositoryApi(call.state, repository, `/statuses/${status.sha}`),
    avatar_url: `${call.state.origin}/avatars/${call.state.user(status.by).id}`,
    id: status.id,
    node_id: nodeId('StatusContext', status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}
