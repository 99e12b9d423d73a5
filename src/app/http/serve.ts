import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Log, reasonOf } from '../log.ts';

export interface Reply {
  readonly status: number;
  readonly body: string;
  /** Default: plain text. */
  readonly type?: string;
  /** Where the browser goes on. */
  readonly location?: string;
}

export type Route = (request: IncomingMessage, url: URL) => Reply | Promise<Reply>;

/** "GET /healthz" → what answers it. */
export type Routes = ReadonlyMap<string, Route>;

export interface HttpServer {
  readonly port: number;
  /** Takes no new connection, and ends when the last answer is out or the seconds are over. */
  close(seconds: number): Promise<void>;
}

export interface Listening {
  readonly host: string;
  readonly port: number;
  readonly log: Log;
  /** Asked for every request: the routes change when the App has been set up. */
  routes(): Routes;
}

/** Serves a small, fixed set of addresses. Rejects with one sentence when the port is taken. */
export async function serve({ host, port, log, routes }: Listening): Promise<HttpServer> {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    answer(request, routes())
      .catch((error: unknown): Reply => {
        log.error('a request could not be answered', { path: pathOf(request), reason: reasonOf(error) });
        return { status: 500, body: 'Something went wrong; the log tells more.' };
      })
      .then((reply) => write(response, reply));
  });
  await listen(server, host, port);
  return { port: (server.address() as AddressInfo).port, close: (seconds) => close(server, seconds) };
}

async function answer(request: IncomingMessage, routes: Routes): Promise<Reply> {
  const url = URL.parse(request.url ?? '/', 'http://localhost');
  if (!url) return { status: 400, body: 'This is no address.' };
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  const route = routes.get(`${method} ${url.pathname}`);
  return route ? route(request, url) : { status: 404, body: 'There is nothing here.' };
}

function write(response: ServerResponse, { status, body, type, location }: Reply): void {
  // A body that was not read to its end would be taken for the next request.
  if (!response.req.complete) response.shouldKeepAlive = false;
  response.writeHead(status, {
    'content-type': type ?? 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    ...(location !== undefined && { location }),
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0]?.slice(0, 200) ?? '';
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'it is in use' : reasonOf(error);
      reject(
        new Error(`Port ${port} on ${host} cannot be listened on: ${why}. PORT and HOST choose another one.`),
      );
    });
    server.listen(port, host, () => resolve());
  });
}

function close(server: Server, seconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), seconds * 1000);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
