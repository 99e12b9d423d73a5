import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGunzip } from 'node:zlib';
import { allRefs } from '../git/commits.ts';
import { gitEnvironment } from '../git/run-git.ts';
import type { GitHubState } from '../state/github-state.ts';
import { Refusal, type Repository } from '../state/model.ts';
import { announcePushes } from '../state/seed.ts';
import { may, maySee, type Viewer } from './viewer.ts';

const pattern =
  /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack|HEAD|objects\/.*)$/;

/** The repository and service that a path of git's smart protocol names. */
export function gitRequest(path: string): { readonly fullName: string; readonly rest: string } | undefined {
  const [, owner, name, rest] = pattern.exec(path) ?? [];
  return owner === undefined || rest === undefined ? undefined : { fullName: `${owner}/${name}`, rest };
}

/** Serves clone, fetch and push through `git http-backend`; resolves with the status that was sent. */
export async function serveGit(
  state: GitHubState,
  viewer: Viewer,
  found: { readonly fullName: string; readonly rest: string },
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<number> {
  const repository = state.repositories.get(found.fullName.toLowerCase());
  const pushes = found.rest === 'git-receive-pack' || url.searchParams.get('service') === 'git-receive-pack';
  const refused = refusal(viewer, repository, pushes);
  if (refused !== undefined || repository === undefined) {
    const { status, text } = refused ?? { status: 404, text: 'Repository not found.' };
    const challenge = status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {};
    response.writeHead(status, { 'content-type': 'text/plain', ...challenge }).end(`${text}\n`);
    return status;
  }
  const before = pushes ? allRefs(repository.directory) : undefined;
  const status = await runBackend(repository, viewer, found.rest, url, request, response);
  if (before !== undefined && found.rest === 'git-receive-pack') {
    announcePushes(state, repository, before, viewer.login);
  }
  response.end();
  return status;
}

function refusal(
  viewer: Viewer,
  repository: Repository | undefined,
  pushes: boolean,
): { status: number; text: string } | undefined {
  if (repository === undefined || !maySee(viewer, repository)) {
    if (viewer.token === undefined) return { status: 401, text: 'Repository not found.' };
    return { status: 404, text: 'Repository not found.' };
  }
  if (pushes && viewer.token === undefined) return { status: 401, text: 'Invalid username or token.' };
  if (pushes && !may(viewer, repository, 'contents', 'write')) {
    return { status: 403, text: `Permission to ${repository.fullName}.git denied to ${viewer.login}.` };
  }
  if (!may(viewer, repository, 'contents', 'read'))
    return { status: 403, text: 'Write access to repository not granted.' };
  return undefined;
}

function runBackend(
  repository: Repository,
  viewer: Viewer,
  rest: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<number> {
  const { headers } = request;
  const child = spawn('git', ['http-backend'], {
    env: {
      ...gitEnvironment,
      GIT_PROJECT_ROOT: repository.directory,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${rest}`,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: headers['content-type'] ?? '',
      ...(headers['content-length'] !== undefined && headers['content-encoding'] === undefined
        ? { CONTENT_LENGTH: headers['content-length'] }
        : {}),
      ...(typeof headers['git-protocol'] === 'string' ? { GIT_PROTOCOL: headers['git-protocol'] } : {}),
      ...(viewer.login === undefined ? {} : { REMOTE_USER: viewer.login }),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const input = headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  // A client that hangs up, or git ending before it has read everything, breaks the pipe: that is not our error.
  child.stdin.on('error', () => undefined);
  input.on('error', () => child.kill());
  input.pipe(child.stdin);
  return new Promise((resolve, reject) => {
    let head: Buffer | undefined = Buffer.alloc(0);
    let status = 200;
    child.stdout.on('data', (chunk: Buffer) => {
      if (head === undefined) {
        response.write(chunk);
        return;
      }
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end === -1) return;
      const lines = head.subarray(0, end).toString().split('\r\n');
      for (const line of lines) {
        const colon = line.indexOf(':');
        const name = line.slice(0, colon).toLowerCase();
        const value = line.slice(colon + 1).trim();
        if (name === 'status') status = Number(value.split(' ')[0]);
        else response.setHeader(name, value);
      }
      response.writeHead(status);
      if (head.length > end + 4) response.write(head.subarray(end + 4));
      head = undefined;
    });
    child.on('error', reject);
    child.on('close', () => {
      if (head === undefined) resolve(status);
      else reject(new Refusal(500, 'git http-backend gave no answer'));
    });
  });
}
