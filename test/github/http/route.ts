import type { PermissionName } from '../scenario.ts';
import type { GitHubState } from '../state/github-state.ts';
import { type Issue, isPullRequest, type PullRequest, Refusal, type Repository } from '../state/model.ts';
import { requirePermission, type Viewer } from './viewer.ts';

export interface Answer {
  readonly status: number;
  /** JSON unless it is text or bytes. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** A whole list, of which the server sends the page that was asked for; `key` names it inside an object. */
  readonly list?: readonly unknown[];
  readonly key?: string;
}

export interface Call {
  readonly state: GitHubState;
  readonly viewer: Viewer;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly accept: string;
}

export interface Route {
  /** As the official description names it: method and path with `{parameters}`. */
  readonly operation: string;
  readonly handle: (call: Call) => Answer;
}

/** The repository of the call, once the viewer may do this with it. */
export function repositoryFor(
  call: Call,
  permission: PermissionName | readonly PermissionName[],
  level: 'read' | 'write',
): Repository {
  const repository = call.state.repository(`${param(call, 'owner')}/${param(call, 'repo')}`);
  requirePermission(
    call.viewer,
    repository,
    typeof permission === 'string' ? [permission] : permission,
    level,
  );
  return repository;
}

export function param(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`The route has no parameter ${name}.`);
  return value;
}

export function pullFor(call: Call, repository: Repository): PullRequest {
  const pull = repository.issues.get(Number(param(call, 'pull_number')));
  if (!isPullRequest(pull)) throw new Refusal(404, 'Not Found');
  return pull;
}

export function issueFor(call: Call, repository: Repository): Issue {
  const issue = repository.issues.get(Number(param(call, 'issue_number')));
  if (issue === undefined) throw new Refusal(404, 'Not Found');
  return issue;
}

/** The login behind the call; GitHub asks for credentials first. */
export function loginOf(call: Call): string {
  if (call.viewer.login === undefined) throw new Refusal(401, 'Requires authentication');
  return call.viewer.login;
}

export function text(call: Call, name: string): string | undefined {
  const value = call.body[name];
  return typeof value === 'string' ? value : undefined;
}

export function integer(call: Call, name: string): number | undefined {
  const value = call.body[name];
  return typeof value === 'number' ? value : undefined;
}

export function newestFirst<T extends { readonly id: number }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => b.id - a.id);
}
