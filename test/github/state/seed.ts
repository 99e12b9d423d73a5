import { resolve } from 'node:path';
import { applyGitSteps } from '../git/apply-steps.ts';
import { copyRepository, createBareRepository } from '../git/bare-repository.ts';
import { allRefs } from '../git/commits.ts';
import type { Scenario, ScenarioIssue, ScenarioRepository } from '../scenario.ts';
import { branchMoved } from './branch-moved.ts';
import type { GitHubState } from './github-state.ts';
import { addComment, addLabel, closeIssue, openIssue } from './issues.ts';
import { isPullRequest, type Repository, type Token } from './model.ts';
import { stepContext } from './scenario-git.ts';
import { seedPull } from './seed-pull.ts';

/** Brings a scenario, or more of one, into the state. `base` is the folder that relative `from` paths start at. */
export function applyScenario(state: GitHubState, scenario: Scenario, base: string): void {
  if (scenario.now !== undefined) state.setClock(scenario.now);
  if (scenario.limits !== undefined) state.setLimits(scenario.limits);
  for (const [login, user] of Object.entries(scenario.users ?? {})) state.user(login, user);
  for (const app of scenario.apps ?? []) {
    const {
      installations = [],
      owner = 'octo-org',
      name = app.slug,
      permissions = {},
      events = [],
      ...rest
    } = app;
    state.app({ ...rest, owner, name, permissions, events, createdAt: state.now() });
    for (const { id, account, repositories, permissions: granted } of installations) {
      state.user(account);
      state.installations.set(id, {
        id,
        appId: app.id,
        account,
        ...(repositories === undefined ? {} : { repositories }),
        permissions: granted ?? permissions,
        createdAt: state.now(),
        suspendedAt: null,
      });
    }
  }
  for (const repository of scenario.repositories ?? []) seedRepository(state, repository, base);
  for (const [value, token] of Object.entries(scenario.tokens ?? {})) addToken(state, value, token);
}

export function addToken(
  state: GitHubState,
  value: string,
  wanted: NonNullable<Scenario['tokens']>[string],
): Token {
  const login = state.user(wanted.as ?? 'github-actions[bot]').login;
  const app = [...state.apps.values()].find((one) => `${one.slug}[bot]` === login);
  const kind = login === 'github-actions[bot]' ? 'actions' : app === undefined ? 'user' : 'installation';
  const token: Token = {
    value,
    kind,
    login,
    ...(app === undefined ? {} : { appId: app.id }),
    permissions: wanted.permissions ?? {},
    ...(wanted.repositories === undefined ? {} : { repositories: wanted.repositories }),
  };
  state.tokens.set(value, token);
  return token;
}

function seedRepository(state: GitHubState, wanted: ScenarioRepository, base: string): void {
  const known = state.repositories.get(wanted.name.toLowerCase());
  const repository = known ?? createRepository(state, wanted, base);
  for (const [login, role] of Object.entries(wanted.collaborators ?? {}))
    repository.collaborators.set(state.user(login).login, role);
  for (const { name, color = 'ededed', description = null } of wanted.labels ?? []) {
    repository.labels.push({ id: state.nextId(), name, color, description });
  }
  const before = allRefs(repository.directory);
  if (wanted.git !== undefined) applyGitSteps(stepContext(state, repository), wanted.git);
  announcePushes(
    state,
    repository,
    before,
    wanted.git?.flatMap((step) => ('by' in step && step.by !== undefined ? [step.by] : [])).at(-1),
  );
  for (const issue of wanted.issues ?? []) seedIssue(state, repository, issue);
  for (const pull of wanted.pullRequests ?? []) seedPull(state, repository, pull);
}

/** Compares a repository's branches with what they were, and lets pull requests and webhooks know. */
export function announcePushes(
  state: GitHubState,
  repository: Repository,
  before: ReadonlyMap<string, string>,
  by?: string,
): void {
  const after = allRefs(repository.directory);
  for (const ref of new Set([...before.keys(), ...after.keys()])) {
    if (!ref.startsWith('refs/heads/') || before.get(ref) === after.get(ref)) continue;
    branchMoved(
      state,
      repository,
      ref.slice('refs/heads/'.length),
      before.get(ref),
      after.get(ref),
      by ?? repository.owner,
    );
  }
}

function createRepository(state: GitHubState, wanted: ScenarioRepository, base: string): Repository {
  const [owner = '', name = ''] = wanted.name.split('/');
  if (owner === '' || name === '')
    throw new Error(`Scenario: a repository is called owner/name, not ${wanted.name}.`);
  state.user(owner);
  const directory = `${state.directory}/${owner}/${name}.git`;
  const origin = wanted.forkOf === undefined ? undefined : state.repository(wanted.forkOf);
  const from = origin?.directory ?? (wanted.from === undefined ? undefined : resolve(base, wanted.from));
  const wantedBranch = wanted.defaultBranch ?? origin?.defaultBranch;
  const defaultBranch =
    from === undefined ? (wantedBranch ?? 'main') : copyRepository(from, directory, wantedBranch);
  if (from === undefined) createBareRepository(directory, defaultBranch);
  const createdAt = state.now();
  const repository: Repository = {
    id: state.nextId(),
    owner,
    name,
    fullName: wanted.name,
    description: wanted.description ?? null,
    isPrivate: wanted.private ?? false,
    hasIssues: wanted.hasIssues ?? true,
    defaultBranch,
    directory,
    ...(wanted.forkOf === undefined ? {} : { forkOf: wanted.forkOf }),
    createdAt,
    pushedAt: createdAt,
    collaborators: new Map(),
    labels: [],
    issues: new Map(),
    checkSuites: [],
    checkRuns: [],
    statuses: [],
    artifacts: [],
    runs: [],
    names: new Map(origin?.names ?? []),
  };
  state.repositories.set(wanted.name.toLowerCase(), repository);
  return repository;
}

function seedIssue(state: GitHubState, repository: Repository, wanted: ScenarioIssue): void {
  const { title, body = null, by = repository.owner, labels = [], comments = [], number, at } = wanted;
  const existing = number === undefined ? undefined : repository.issues.get(number);
  const issue =
    existing ??
    openIssue(state, repository, {
      title,
      body,
      by,
      labels,
      ...(number === undefined ? {} : { number }),
      ...(at === undefined ? {} : { at }),
    });
  if (existing !== undefined) for (const label of labels) addLabel(state, repository, issue, label);
  for (const comment of comments) addComment(state, repository, issue, comment.by, comment.body, comment.at);
  if (wanted.state === 'closed' && !isPullRequest(issue)) closeIssue(state, repository, issue, by);
}
