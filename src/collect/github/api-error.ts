import { cutText } from '../../core/cut-text.ts';
import { acceptedPermission, permissionOfGraphqlPath, permissionOfRoute } from './permissions.ts';

/** A request that failed, in words a reader can act on. Holds no credential. */
export interface ApiError {
  /** HTTP status; 200 for an error inside a GraphQL answer; 0 when there was no answer. */
  readonly status: number;
  /** One sentence without a full stop: what happened and, where it is known, what to do. */
  readonly message: string;
  /** The permission the token lacks, as a workflow writes it ("pull-requests: write"). */
  readonly permission?: string;
  /** A write that got no clear answer: look whether it took effect before doing it again. */
  readonly mayHaveHappened: boolean;
}

/** One entry of a GraphQL answer's `errors`. */
export interface GraphqlError {
  readonly type?: string;
  readonly message: string;
  readonly path?: readonly (string | number)[];
}

export interface FailedRequest {
  readonly method: string;
  /** Path of the request ("/repos/acme/shop/check-runs"). */
  readonly path: string;
  readonly host: string;
  readonly hasToken: boolean;
}

export interface Answer {
  /** 0: none came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  /** GitHub's own words. */
  readonly message: string;
}

/** Puts a failed REST or GraphQL request into words. `answer.message` must be free of credentials already. */
export function apiError(request: FailedRequest, answer: Answer): ApiError {
  const isWrite = request.method !== 'GET' && request.method !== 'HEAD';
  const permission = missingPermission(request, answer);
  return {
    status: answer.status,
    message: permission ? lacks(permission) : sentence(request, answer),
    ...(permission ? { permission } : {}),
    mayHaveHappened: isWrite && (answer.status === 0 || answer.status >= 500),
  };
}

/** Puts an error inside a GraphQL answer into words: the query was run, this part of it was refused. */
export function graphqlApiError(error: GraphqlError): ApiError {
  const permission =
    error.type === 'FORBIDDEN' || isPermissionMessage(error.message)
      ? permissionOfGraphqlPath(error.path ?? [])
      : undefined;
  return {
    status: 200,
    message: permission ? lacks(permission) : `GitHub refused a part of the query (${cut(error.message)})`,
    ...(permission ? { permission } : {}),
    mayHaveHappened: false,
  };
}

function lacks(permission: string): string {
  return `the token lacks ${permission} — add it under permissions:`;
}

function missingPermission(request: FailedRequest, answer: Answer): string | undefined {
  if (!request.hasToken || answer.status !== 403 || !isPermissionMessage(answer.message)) return undefined;
  return (
    acceptedPermission(String(answer.headers['x-accepted-github-permissions'] ?? '')) ??
    permissionOfRoute(request.method, request.path)
  );
}

function isPermissionMessage(message: string): boolean {
  return /not accessible by|must have (?:admin|push|write)|requires? .{0,40}permission/i.test(message);
}

function sentence(request: FailedRequest, answer: Answer): string {
  const said = cut(answer.message);
  const { status } = answer;
  const place = withoutLogins(request.path);
  if (status === 0) return `no answer from ${request.host} (${said})`;
  if (status === 401) return request.hasToken ? `the token was refused (401: ${said})` : noToken;
  if (/rate limit/i.test(answer.message)) return rateLimited(answer);
  if (status === 403) return `GitHub refused the request (403: ${said})`;
  if (status === 404) {
    return request.hasToken
      ? `GitHub knows nothing at ${place}, or the token may not see it (404)`
      : `GitHub knows nothing at ${place} that can be seen without a token (404)`;
  }
  if (status >= 500) return `GitHub is having trouble (${status}: ${said})`;
  return `GitHub refused the request (${status}: ${said})`;
}

/** Some addresses end in an account; no output of ours names one. */
function withoutLogins(path: string): string {
  return path.replace(/\/(collaborators|users|memberships|members|assignees)\/[^/]+/g, '/$1/…');
}

export const noToken = 'no token was given — set GITHUB_TOKEN';

function rateLimited({ headers, message }: Answer): string {
  const isSecondary = /secondary/i.test(message);
  const kind = isSecondary ? 'secondary rate limit (too much within a short time)' : 'rate limit';
  const told = Date.parse(String(headers.date ?? ''));
  const now = Number.isNaN(told) ? Date.now() : told;
  const seconds = Number(headers['retry-after']);
  const reset = Number(headers['x-ratelimit-reset']);
  const until = seconds > 0 ? now + seconds * 1000 : !isSecondary && reset > 0 ? reset * 1000 : undefined;
  const [end, next] =
    until === undefined
      ? ['', `run it again ${isSecondary ? 'in some minutes' : 'within the hour'}`]
      : [` until ${clock(until, now)} UTC`, 'run it again after that'];
  return `GitHub's ${kind} is used up${end}, longer than this run waits; ${next}`;
}

/** "07:31", with the day where it is another one; rounded up, so that it is over by then. */
function clock(moment: number, now: number): string {
  const rounded = new Date(Math.min(Math.ceil(moment / 60_000) * 60_000, latestDate)).toISOString();
  const isToday = rounded.slice(0, 10) === new Date(now).toISOString().slice(0, 10);
  return isToday ? rounded.slice(11, 16) : rounded.slice(0, 16).replace('T', ' ');
}

/** Nothing that a server claims lies outside of what a date can hold. */
const latestDate = Date.UTC(9999, 11, 31);

/** GitHub's words on one line, short enough to stand inside a sentence; a gateway may answer with a page of HTML. */
function cut(message: string): string {
  const line = message
    .replace(/<[^<>]{0,500}>/g, ' ')
    .replace(/ - https:\/\/docs\.github\.com\S*/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return cutText(line, 160, '…') || 'no reason given';
}
