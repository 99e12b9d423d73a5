import { createHash } from 'node:crypto';
import { restRoutes } from '../rest/routes.ts';
import type { GitHubState } from '../state/github-state.ts';
import { Refusal } from '../state/model.ts';
import { type BodyProblem, checkQuery, checkRequestBody, checkResponse, operationOf } from './contract.ts';
import { paginate } from './pagination.ts';
import type { Answer, Call } from './route.ts';
import { createRouter } from './router.ts';
import type { Viewer } from './viewer.ts';

const router = createRouter(restRoutes);

export interface RestRequest {
  readonly method: string;
  /** Without `/api/v3`. */
  readonly path: string;
  readonly url: URL;
  readonly accept: string;
  readonly ifNoneMatch: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Answers one REST request, judged against the official description in both directions. */
export function serveRest(state: GitHubState, viewer: Viewer, request: RestRequest): RestAnswer {
  const match = router(request.method, request.path);
  if (match === undefined) {
    state.violation(`${request.method} ${request.path}: the fake has no such route`);
    throw new Refusal(404, 'Not Found');
  }
  const { operation } = match.route;
  for (const problem of checkQuery(operation, request.url.searchParams))
    state.violation(`${operation}: ${problem}`);
  checkBodyOf(state, operation, request.body);
  const call: Call = {
    state,
    viewer,
    params: match.params,
    query: request.url.searchParams,
    body: request.body,
    accept: request.accept,
  };
  return send(state, operation, request, match.route.handle(call));
}

function checkBodyOf(state: GitHubState, operation: string, body: Readonly<Record<string, unknown>>): void {
  if (operationOf(operation)?.bodyRequired !== true && Object.keys(body).length === 0) return;
  const problems = checkRequestBody(operation, body);
  const wrong = problems.filter((problem) => problem.isContractViolation);
  for (const problem of wrong) state.violation(`${operation}: body ${problem.text}`);
  if (wrong.length > 0)
    throw new Refusal(
      422,
      'Invalid request.',
      wrong.map((problem) => problem.text),
    );
  const [refused] = problems;
  if (refused !== undefined) throw new Refusal(422, 'Validation Failed', [refusalOf(refused, body)]);
}

/** GitHub's own words where a limit of the description is passed. */
function refusalOf(problem: BodyProblem, body: Readonly<Record<string, unknown>>): unknown {
  const value = problem.field
    .split('.')
    .reduce<unknown>((here, key) => (here as Record<string, unknown> | undefined)?.[key], body);
  if (problem.keyword === 'maxLength' && typeof value === 'string') {
    const limit = Number(/than (\d+)/.exec(problem.text)?.[1]);
    return `Invalid request.\n\nOnly ${limit} characters are allowed; ${[...value].length} were supplied.`;
  }
  if (problem.keyword === 'maxItems' && Array.isArray(value)) {
    const limit = Number(/than (\d+)/.exec(problem.text)?.[1]);
    return `Invalid request.\n\nNo more than ${limit} items are allowed; ${value.length} were supplied.`;
  }
  return `Invalid request.\n\n${problem.text}`;
}

function send(state: GitHubState, operation: string, request: RestRequest, answer: Answer): RestAnswer {
  const page = answer.list === undefined ? undefined : paginate(answer.list, request.url);
  const body =
    page === undefined
      ? answer.body
      : answer.key === undefined
        ? page.items
        : { total_count: answer.list?.length ?? 0, [answer.key]: page.items };
  const isJson = typeof body === 'object' && body !== null && !Buffer.isBuffer(body);
  if (isJson)
    for (const problem of checkResponse(operation, answer.status, body))
      state.violation(`${operation}: answer ${problem}`);
  const bytes = isJson ? JSON.stringify(body) : Buffer.isBuffer(body) ? body : String(body ?? '');
  const headers: Record<string, string> = {
    'content-type': isJson ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
    ...(page?.link === undefined ? {} : { link: page.link }),
    ...answer.headers,
  };
  if (request.method !== 'GET' || answer.status !== 200)
    return { status: answer.status, headers, body: bytes };
  headers.etag = `W/"${createHash('sha256').update(bytes).digest('hex')}"`;
  if (request.ifNoneMatch === headers.etag) return { status: 304, headers, body: '' };
  return { status: answer.status, headers, body: bytes };
}
