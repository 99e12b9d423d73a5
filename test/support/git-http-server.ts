import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fixedGitEnvironment } from './git-repository.ts';

export interface GitHttpServer {
  /** Address of the repository. */
  readonly url: string;
  /** Method and path of every request so far. */
  readonly requests: readonly string[];
  /** The values of the `Authorization` headers of every request so far; several headers are joined by a line break. */
  readonly authorizations: readonly string[];
  close(): Promise<void>;
}

export interface GitHttpServerOptions {
  /** Requests without exactly this `Authorization` header get 401 (none) or 400 (several). */
  readonly authorization?: string;
  /** As servers without filters behave: the client is sent everything. */
  readonly withoutFilter?: boolean;
}

/** Serves one repository as GitHub does, by `git http-backend`, in this process: nothing here may wait synchronously. */
export async function serveGitRepository(
  gitDirectory: string,
  options: GitHttpServerOptions = {},
): Promise<GitHttpServer> {
  const requests: string[] = [];
  const authorizations: string[] = [];
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://localhost');
    requests.push(`${request.method} ${address.pathname}${address.search}`);
    const given = request.rawHeaders.filter(
      (_, index, all) => index % 2 === 1 && /^authorization$/i.test(all[index - 1] ?? ''),
    );
    authorizations.push(given.join('\n'));
    if (options.authorization !== undefined && (given.length !== 1 || given[0] !== options.authorization)) {
      response.writeHead(given.length > 1 ? 400 : 401, { 'www-authenticate': 'Basic realm="test"' }).end();
      return;
    }
    const filter = options.withoutFilter ? 'false' : 'true';
    const backend = spawn('git', ['http-backend'], {
      env: {
        ...fixedGitEnvironment,
        GIT_PROJECT_ROOT: gitDirectory,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: address.pathname.replace(/^\/repository\.git/, ''),
        QUERY_STRING: address.search.slice(1),
        REQUEST_METHOD: request.method ?? 'GET',
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''),
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        REMOTE_ADDR: '127.0.0.1',
        GIT_CONFIG_COUNT: '3',
        GIT_CONFIG_KEY_0: 'uploadpack.allowFilter',
        GIT_CONFIG_VALUE_0: filter,
        GIT_CONFIG_KEY_1: 'uploadpack.allowAnySHA1InWant',
        GIT_CONFIG_VALUE_1: 'true',
        GIT_CONFIG_KEY_2: 'safe.directory',
        GIT_CONFIG_VALUE_2: '*',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    request.pipe(backend.stdin);
    backend.stdin.on('error', () => undefined);
    let head: Buffer | undefined = Buffer.alloc(0);
    backend.stdout.on('data', (chunk: Buffer) => {
      if (head === undefined) {
        response.write(chunk);
        return;
      }
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      let status = 200;
      for (const line of head.subarray(0, end).toString('latin1').split('\r\n')) {
        const [name = '', value = ''] = line.split(': ');
        if (name === 'Status') status = Number.parseInt(value, 10);
        else response.setHeader(name, value);
      }
      response.writeHead(status);
      response.write(head.subarray(end + 4));
      head = undefined;
    });
    backend.stdout.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/repository.git`,
    requests,
    authorizations,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
