import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { serveAdmin } from '../admin/serve-admin.ts';
import { serveGraphql } from '../graphql/serve-graphql.ts';
import { GitHubState } from '../state/github-state.ts';
import { Refusal } from '../state/model.ts';
import { Webhooks } from '../webhooks/webhooks.ts';
import { ArtifactService } from './artifact-service.ts';
import { type Fault, Faults } from './faults.ts';
import { gitRequest, serveGit } from './git-http.ts';
import { parseJson, readBody } from './read-body.ts';
import { createsContent, SecondaryLimit } from './secondary-limit.ts';
import { type RestAnswer, serveRest } from './serve-rest.ts';
import { type Viewer, viewerOf } from './viewer.ts';

export class GitHubServer {
  readonly state = new GitHubState();
  readonly faults = new Faults();
  readonly webhooks = new Webhooks(this.state);
  private readonly artifacts = new ArtifactService(this.state);
  private readonly limit = new SecondaryLimit(this.state);
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => this.fail(request, response, error));
    });
    // Node's five seconds end a kept connection at the moment somebody uses it again.
    this.server.keepAliveTimeout = 120_000;
  }

  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', resolve);
    });
    this.state.origin = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this.state.origin;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    this.state.close();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.state.origin);
    if (this.artifacts.serves(url.pathname)) return this.artifacts.handle(url, request, response);
    if (url.pathname.startsWith('/_')) return serveAdmin(this, url, request, response);
    const method = request.method ?? 'GET';
    let viewer: Viewer = {};
    const path = url.pathname.replace(/^\/api\/v3(?=\/|$)/, '');
    const isGraphql = /^\/(api\/)?graphql$/.test(url.pathname);
    try {
      viewer = viewerOf(this.state, request);
      const git = gitRequest(url.pathname);
      if (git !== undefined) return await this.git(viewer, git, url, request, response);
      const bytes = await readBody(request);
      const body = parseJson(bytes);
      const fault = this.faults.take(method, path, isGraphql ? String(body.query) : '');
      if (await this.faultBefore(fault, request, response, viewer, path)) return;
      const answer = isGraphql
        ? this.graphql(viewer, body)
        : this.rest(viewer, method, path, url, request, body);
      if (fault?.kind === 'reset-after') {
        this.log(method, path, 0, viewer, body);
        request.socket.destroy();
        return;
      }
      if (fault?.kind === 'after') return this.send(method, path, faultAnswer(fault), viewer, body, response);
      this.send(method, path, answer, viewer, body, response);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.send(method, path, refusalAnswer(error), viewer, undefined, response);
    }
  }

  private async git(
    viewer: Viewer,
    found: { readonly fullName: string; readonly rest: string },
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const fault = this.faults.take(request.method ?? 'GET', url.pathname);
    if (await this.faultBefore(fault, request, response, viewer, url.pathname)) return;
    const status = await serveGit(this.state, viewer, found, url, request, response);
    this.log(request.method ?? 'GET', `${url.pathname}${url.search}`, status, viewer);
  }

  private async faultBefore(
    fault: Fault | undefined,
    request: IncomingMessage,
    response: ServerResponse,
    viewer: Viewer,
    path: string,
  ): Promise<boolean> {
    if (fault === undefined) return false;
    if (fault.milliseconds !== undefined) await delay(fault.milliseconds);
    if (fault.kind === 'reset') {
      this.log(request.method ?? 'GET', path, 0, viewer);
      request.socket.destroy();
      return true;
    }
    if (fault.kind !== 'before') return false;
    this.send(request.method ?? 'GET', path, faultAnswer(fault), viewer, undefined, response);
    return true;
  }

  private rest(
    viewer: Viewer,
    method: string,
    path: string,
    url: URL,
    request: IncomingMessage,
    body: Readonly<Record<string, unknown>>,
  ): RestAnswer {
    if (viewer.token !== undefined && createsContent(method, path)) this.limit.check(viewer.token.value);
    return serveRest(this.state, viewer, {
      method,
      path,
      url,
      accept: request.headers.accept ?? '',
      ifNoneMatch: request.headers['if-none-match'],
      body,
    });
  }

  private graphql(viewer: Viewer, body: Readonly<Record<string, unknown>>): RestAnswer {
    if (viewer.token === undefined) throw new Refusal(401, 'This endpoint requires you to be authenticated.');
    if (/^\s*mutation\b/m.test(String(body.query))) this.limit.check(viewer.token.value);
    const { status, value } = serveGraphql(this.state, viewer, body, (path) => this.faults.takePartial(path));
    return {
      status,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(value),
    };
  }

  private send(
    method: string,
    path: string,
    answer: RestAnswer,
    viewer: Viewer,
    body: Readonly<Record<string, unknown>> | undefined,
    response: ServerResponse,
  ): void {
    this.log(method, path, answer.status, viewer, body);
    response.writeHead(answer.status, {
      'x-github-request-id': `FAKE:${this.state.requests.length}`,
      'x-github-media-type': 'github.v3; format=json',
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '4999',
      'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600),
      'x-ratelimit-used': '1',
      ...answer.headers,
    });
    response.end(answer.status === 204 || answer.status === 304 ? undefined : answer.body);
  }

  private log(
    method: string,
    path: string,
    status: number,
    viewer: Viewer,
    body?: Readonly<Record<string, unknown>>,
  ): void {
    const sent = body === undefined || Object.keys(body).length === 0 ? {} : { body };
    this.state.requests.push({ method, path, status, by: viewer.login ?? null, ...sent });
  }

  private fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.state.violation(`${request.method} ${request.url}: the fake broke: ${text}`);
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ message: `The fake GitHub broke: ${text}` }));
  }
}

const json = { 'content-type': 'application/json; charset=utf-8' };

function refusalAnswer(refusal: Refusal): RestAnswer {
  const body = {
    message: refusal.message,
    ...(refusal.errors === undefined ? {} : { errors: refusal.errors }),
    documentation_url: 'https://docs.github.com/rest',
    status: String(refusal.status),
  };
  return { status: refusal.status, headers: { ...json, ...refusal.headers }, body: JSON.stringify(body) };
}

function faultAnswer(fault: Fault): RestAnswer {
  const { status = 502, message = 'Server Error', headers = {} } = fault;
  return { status, headers: { ...json, ...headers }, body: JSON.stringify({ message }) };
}
