import { randomUUID } from 'node:crypto';
import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { type ApiError, apiError, type GraphqlError, graphqlApiError, noToken } from './api-error.ts';
import { NotAsked, outageWatch } from './outage-watch.ts';
import { redact } from './redact.ts';

export interface ClientOptions {
  /** Absent: REST reads of public repositories only; GraphQL answers that a token is needed. */
  readonly token?: string | undefined;
  /** "https://api.github.com", or "https://HOST/api/v3" on GitHub Enterprise Server. */
  readonly apiUrl: string;
  /** Default: `/graphql` beside the REST address, `/api/graphql` on GitHub Enterprise Server. */
  readonly graphqlUrl?: string | undefined;
  readonly userAgent?: string;
  /** Seconds this client may wait in all for rate limits to pass, so that a job never hangs. Default 90. */
  readonly waitBudget?: number;
  /** Milliseconds one attempt of a request may take in all. Default 30,000; half of it until the answer begins. */
  readonly attemptTimeout?: number;
  /** Milliseconds without any answer after which this client takes GitHub for down. Default 20,000. */
  readonly patience?: number;
  /** Attempts after the first for reads that met a server error. Default 2. */
  readonly retries?: number;
  /** Length of the second in which waits are counted; tests shorten it. Default 1,000 ms. */
  readonly secondLasts?: number;
  /** Another `fetch`, for one that knows a proxy. */
  readonly fetch?: typeof fetch;
}

export type ApiResult<T> =
  | {
      readonly ok: true;
      readonly data: T;
      readonly status: number;
      readonly headers: Readonly<Record<string, string | number | undefined>>;
    }
  | { readonly ok: false; readonly error: ApiError };

export type Parameters = Readonly<Record<string, unknown>>;

/** GitHub behind three functions that never throw. The type of an answer is the caller's claim; nothing checks it. */
export interface GitHubClient {
  readonly hasToken: boolean;
  /** `route` in octokit's form ("POST /repos/{owner}/{repo}/check-runs"). */
  rest<T>(route: string, parameters?: Parameters): Promise<ApiResult<T>>;
  /** Any error in the answer makes the whole result an error. */
  graphql<T>(document: string, variables?: Parameters): Promise<ApiResult<T>>;
  /** Fails only where there is no data at all; what the errors touch is null in `data`. */
  graphqlPartial<T>(document: string, variables?: Parameters): Promise<ApiResult<PartialAnswer<T>>>;
}

export interface PartialAnswer<T> {
  readonly data: T;
  readonly errors: readonly GraphqlError[];
}

interface GraphqlBody {
  readonly data?: unknown;
  readonly errors?: readonly GraphqlError[];
}

const ThrottledOctokit = Octokit.plugin(retry, throttling);
const unspaced = { key: () => ({ schedule: async (_: object, run: () => unknown) => run() }) };
const silent = { debug() {}, info() {}, warn() {}, error() {} };

export function createClient(options: ClientOptions): GitHubClient {
  const { token, waitBudget = 90, attemptTimeout = 30_000, retries = 2, secondLasts = 1000 } = options;
  const apiUrl = options.apiUrl.replace(/\/+$/, '');
  const graphqlUrl = options.graphqlUrl ?? `${apiUrl.replace(/\/v3$/, '')}/graphql`;
  const send = options.fetch ?? fetch;
  const hasToken = Boolean(token);
  const secrets = token ? [token] : [];
  const outage = outageWatch(options.patience ?? 20_000, attemptTimeout / 2);
  let waited = 0;

  function mayWait(seconds: number): boolean {
    if (waited + seconds > waitBudget) return false;
    waited += seconds;
    return true;
  }

  async function watched(url: string, init: RequestInit): Promise<Response> {
    const body = typeof init.body === 'string' ? init.body : '';
    const request = { kind: kindOf(url, body), exact: `${init.method} ${url} ${body}` };
    const headers = new AbortController();
    const timer = setTimeout(() => headers.abort(new Error('timeout')), outage.timeoutFor(request));
    const startedAt = performance.now();
    try {
      const signal = AbortSignal.any([headers.signal, AbortSignal.timeout(attemptTimeout)]);
      const response = await send(url, { ...init, signal });
      if (response.status >= 500) outage.failed(request, startedAt);
      else outage.answered();
      return response;
    } catch (error) {
      outage.failed(request, startedAt);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  function connect(spacing: object) {
    const octokit = new ThrottledOctokit({
      ...(token ? { auth: token } : {}),
      baseUrl: apiUrl,
      userAgent: options.userAgent ?? 'review-vitals',
      log: silent,
      request: {
        fetch: watched,
      },
      // Rate limits are the throttling plugin's business alone; two plugins waiting for one limit would wait twice.
      retry: {
        doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451],
        retries,
        retryAfterBaseValue: secondLasts,
      },
      throttle: {
        // Writes are spaced for each client apart, as GitHub counts them for each token apart.
        id: randomUUID(),
        retryAfterBaseValue: secondLasts,
        onRateLimit: (seconds: number, _options: object, _octokit: unknown, count: number) =>
          count < 2 && mayWait(seconds),
        onSecondaryRateLimit: (seconds: number, _options: object, _octokit: unknown, count: number) =>
          count < 2 && mayWait(seconds),
        ...spacing,
      },
    });
    octokit.hook.before('request', (request) => {
      request.headers['x-github-api-version'] = '2022-11-28';
    });
    return octokit;
  }

  const octokit = connect({});
  // The plugin takes every GraphQL request for a write and spaces them by a second; GitHub asks that of mutations alone.
  const readings = connect({ write: unspaced });

  async function rest<T>(route: string, parameters: Parameters = {}): Promise<ApiResult<T>> {
    const method = route.split(' ', 1)[0] ?? 'GET';
    const isRead = method === 'GET' || method === 'HEAD';
    try {
      const answer = await octokit.request(route, {
        ...parameters,
        ...attemptsFor(isRead && !outage.isLate(), parameters.request),
      });
      const { data, status, headers } = answer;
      // Octokit hands over what it could not parse as text: an answer cut off half-way.
      if (typeof data === 'string' && /json/.test(headers['content-type'] ?? '')) {
        const message = `the answer from ${hostOf(apiUrl)} broke off`;
        return { ok: false, error: { status, message, mayHaveHappened: !isRead } };
      }
      return { ok: true, data: data as T, status, headers };
    } catch (error) {
      return { ok: false, error: described(error, method, apiUrl) };
    }
  }

  async function graphqlPartial<T>(
    document: string,
    variables: Parameters = {},
  ): Promise<ApiResult<PartialAnswer<T>>> {
    // GitHub serves GraphQL to nobody without a token; asking would only spend the time.
    if (!hasToken) return { ok: false, error: { status: 401, message: noToken, mayHaveHappened: false } };
    const isRead = !/\bmutation\b/.test(document);
    try {
      // The throttling plugin knows GraphQL by a path that starts with "/graphql", hence the base address apart.
      const answer = await (isRead ? readings : octokit).request('POST /graphql', {
        baseUrl: graphqlUrl.replace(/\/graphql\/?$/, ''),
        query: document,
        variables,
        ...attemptsFor(isRead && !outage.isLate()),
      });
      const { status, headers } = answer;
      const body = answer.data as GraphqlBody | string;
      const errors = typeof body === 'object' ? (body.errors ?? []).map(safe) : [];
      if (typeof body === 'object' && body.data) {
        return { ok: true, data: { data: body.data as T, errors }, status, headers };
      }
      const [first] = errors;
      const error = first
        ? graphqlApiError(first)
        : { status, message: 'GitHub answered with something that is not GraphQL', mayHaveHappened: !isRead };
      return { ok: false, error };
    } catch (error) {
      const failed = described(error, 'POST', graphqlUrl);
      return { ok: false, error: { ...failed, mayHaveHappened: failed.mayHaveHappened && !isRead } };
    }
  }

  async function graphql<T>(document: string, variables: Parameters = {}): Promise<ApiResult<T>> {
    const result = await graphqlPartial<T>(document, variables);
    if (!result.ok) return result;
    const [first] = result.data.errors;
    return first ? { ok: false, error: graphqlApiError(first) } : { ...result, data: result.data.data };
  }

  function safe(error: GraphqlError): GraphqlError {
    return { ...error, message: redact(String(error.message), secrets) };
  }

  function described(error: unknown, method: string, root: string): ApiError {
    const failed = error as {
      readonly message?: string;
      readonly status?: number;
      readonly cause?: unknown;
      readonly request?: { readonly url?: string };
      readonly response?: {
        readonly status: number;
        readonly headers: Readonly<Record<string, string | number | undefined>>;
      };
    };
    const url = failed.request?.url ?? root;
    const path = URL.canParse(url) ? new URL(url).pathname.replace(/^\/api\/v3(?=\/)/, '') : url;
    const described = apiError(
      { method, path: redact(path, secrets), host: hostOf(root), hasToken },
      {
        status: failed.response?.status ?? 0,
        headers: failed.response?.headers ?? {},
        message: redact(String(failed.message ?? error), secrets),
      },
    );
    // What was not sent has not happened.
    return failed.cause instanceof NotAsked ? { ...described, mayHaveHappened: false } : described;
  }

  return { hasToken, rest, graphql, graphqlPartial };
}

/**
 * A number given with a request overrides even the list of what is not to be tried again, hence none for reads. They have
 * an object of their own all the same: the retry plugin counts in it, and in the one that requests without any share, the
 * first failure of a run makes every later wait four times as long.
 */
function attemptsFor(mayRetry: boolean, given?: unknown) {
  return { request: { ...(given as object | undefined), ...(mayRetry ? {} : { retries: 0 }) } };
}

/** A GraphQL document whatever its variables, or an address. */
function kindOf(url: string, body: string): string {
  return /\/graphql$/.test(url) ? body.slice(0, body.indexOf('"variables"')) : url;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'GitHub';
}
