import type { GitHubState } from '../state/github-state.ts';
import type { Label, Repository } from '../state/model.ts';
import { nodeId } from './node-id.ts';
import { repositoryApi, repositoryHtml } from './urls.ts';
import { userJson } from './user.ts';

type Json = Record<string, unknown>;

const urlTemplates: Readonly<Record<string, string>> = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};

/** A repository as lists and other objects carry it. */
export function repositoryJson(state: GitHubState, repository: Repository): Json {
  const openIssues = [...repository.issues.values()].filter((issue) => issue.state === 'open').length;
  const clone = `${repositoryHtml(state, repository)}.git`;
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: repository.fullName,
    private: repository.isPrivate,
    owner: userJson(state, repository.owner),
    html_url: repositoryHtml(state, repository),
    description: repository.description,
    fork: repository.forkOf !== undefined,
    url: repositoryApi(state, repository),
    ...Object.fromEntries(
      Object.entries(urlTemplates).map(([key, path]) => [key, repositoryApi(state, repository, path)]),
    ),
    created_at: repository.createdAt,
    updated_at: repository.pushedAt,
    pushed_at: repository.pushedAt,
    git_url: clone.replace(/^https?:/, 'git:'),
    ssh_url: `git@${new URL(state.origin).hostname}:${repository.fullName}.git`,
    clone_url: clone,
    svn_url: repositoryHtml(state, repository),
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: repository.hasIssues,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.isPrivate ? 'private' : 'public',
    forks: 0,
    open_issues: openIssues,
    watchers: 0,
    default_branch: repository.defaultBranch,
  };
}

/** A repository as its own endpoint gives it. */
export function fullRepositoryJson(state: GitHubState, repository: Repository): Json {
  const parent =
    repository.forkOf === undefined ? undefined : repositoryJson(state, state.repository(repository.forkOf));
  return {
    ...repositoryJson(state, repository),
    network_count: 0,
    subscribers_count: 0,
    ...(parent === undefined ? {} : { parent, source: parent }),
  };
}

export function labelJson(state: GitHubState, repository: Repository, label: Label): Json {
  return {
    id: label.id,
    node_id: nodeId('Label', label.id),
    url: repositoryApi(state, repository, `/labels/${encodeURIComponent(label.name)}`),
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

export function labelsJson(state: GitHubState, repository: Repository, names: readonly string[]): Json[] {
  return names.flatMap((name) => {
    const label = repository.labels.find((one) => one.name === name);
    return label === undefined ? [] : [labelJson(state, repository, label)];
  });
}
