import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GitHubState } from '../state/github-state.ts';
import type { Repository, WorkflowRun } from '../state/model.ts';
import { parseJson, readBody } from './read-body.ts';

/** An artifact between its creation and its end. */
interface Upload {
  readonly repository: Repository;
  readonly run: WorkflowRun;
  readonly name: string;
  readonly signature: string;
  readonly blocks: Map<string, Buffer>;
  content?: Buffer;
}

const service = '/twirp/github.actions.results.api.v1.ArtifactService/';
const blobs = '/_blobs/uploads/';

/**
 * The services beside the API that a runner's actions upload artifacts with: calls that create and end an artifact, and a
 * blob store that takes its content in blocks. Only what actions do is there.
 */
export class ArtifactService {
  private readonly uploads = new Map<string, Upload>();
  private readonly state: GitHubState;

  constructor(state: GitHubState) {
    this.state = state;
  }

  serves(path: string): boolean {
    return path.startsWith(service) || path.startsWith(blobs);
  }

  async handle(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await readBody(request);
    if (url.pathname.startsWith(blobs)) return this.store(url, request, bytes, response);
    const method = url.pathname.slice(service.length);
    const body = parseJson(bytes);
    const [status, answer] = this.call(method, body, request.headers.authorization ?? '');
    this.state.requests.push({ method: 'POST', path: url.pathname, status, by: null, body });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  private call(
    method: string,
    body: Readonly<Record<string, unknown>>,
    authorization: string,
  ): [number, object] {
    const found = this.runOf(authorization);
    if (found === undefined) return [401, { code: 'unauthenticated', msg: 'token is invalid' }];
    const { repository, run } = found;
    if (body.workflow_run_backend_id !== `run-${run.id}`)
      return [403, { code: 'permission_denied', msg: 'the token is for another run' }];
    const name = String(body.name ?? '');
    if (method === 'CreateArtifact') {
      if (run.status === 'completed')
        return [400, { code: 'failed_precondition', msg: 'the workflow run is completed' }];
      if (body.version !== 7 && body.version !== 4)
        return [400, { code: 'invalid_argument', msg: 'version is not known' }];
      if (repository.artifacts.some((one) => one.runId === run.id && one.name === name))
        return [
          409,
          { code: 'already_exists', msg: 'an artifact with this name already exists on the workflow run' },
        ];
      const id = randomUUID();
      const signature = createHash('sha256').update(id).digest('base64url');
      this.uploads.set(id, { repository, run, name, signature, blocks: new Map() });
      return [200, { ok: true, signed_upload_url: `${this.state.origin}${blobs}${id}?sig=${signature}` }];
    }
    if (method === 'FinalizeArtifact') {
      const upload = [...this.uploads.values()].find(
        (one) => one.run === run && one.name === name && one.content,
      );
      if (upload?.content === undefined)
        return [404, { code: 'not_found', msg: 'the artifact has no content' }];
      const hash = `sha256:${createHash('sha256').update(upload.content).digest('hex')}`;
      if (body.hash !== undefined && body.hash !== hash)
        return [400, { code: 'invalid_argument', msg: 'the hash is not that of the content' }];
      const id = this.state.nextId();
      const createdAt = this.state.now();
      repository.artifacts.push({ id, name, runId: run.id, zip: upload.content, createdAt });
      return [200, { ok: true, artifact_id: String(id) }];
    }
    this.state.violation(`${method}: the fake's artifact service has no such call`);
    return [404, { code: 'bad_route', msg: `no handler for ${method}` }];
  }

  private runOf(authorization: string): { repository: Repository; run: WorkflowRun } | undefined {
    const [, payload = ''] = authorization.replace(/^Bearer /, '').split('.');
    const claims = parseJson(Buffer.from(payload, 'base64url'));
    const id = Number(/Actions\.Results:run-(\d+):/.exec(String(claims.scp ?? ''))?.[1]);
    const repository = this.state.repositories.get(String(claims.repository ?? '').toLowerCase());
    const run = repository?.runs.find((one) => one.id === id);
    return repository && run ? { repository, run } : undefined;
  }

  /** A block blob: blocks in any order, then the list that puts them in order. */
  private store(url: URL, request: IncomingMessage, bytes: Buffer, response: ServerResponse): void {
    const upload = this.uploads.get(url.pathname.slice(blobs.length));
    const headers = {
      'x-ms-request-id': randomUUID(),
      'x-ms-version': '2025-01-05',
      date: new Date().toUTCString(),
    };
    if (
      request.method !== 'PUT' ||
      upload === undefined ||
      url.searchParams.get('sig') !== upload.signature
    ) {
      response.writeHead(403, headers).end();
      return;
    }
    const id = url.searchParams.get('blockid');
    if (url.searchParams.get('comp') === 'block' && id !== null) upload.blocks.set(id, bytes);
    else if (url.searchParams.get('comp') === 'blocklist') {
      const ids = [...bytes.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)].map(([, block = '']) => block);
      upload.content = Buffer.concat(ids.map((block) => upload.blocks.get(block) ?? Buffer.alloc(0)));
    } else upload.content = bytes;
    response.writeHead(201, { ...headers, etag: '"0x1"', 'last-modified': new Date().toUTCString() }).end();
  }
}
