import { allRefs, isAncestor, resolveCommit } from '../git/commits.ts';
import { git, tryGit } from '../git/run-git.ts';
import { listTree, readBlob, type TreeEntry, writeBlob, writeTree } from '../git/tree.ts';
import { writeCommit } from '../git/write-commit.ts';
import { type Call, loginOf, param, type Route, repositoryFor, text } from '../http/route.ts';
import { gitCommitJson } from '../represent/commit.ts';
import { nodeId } from '../represent/node-id.ts';
import { repositoryApi } from '../represent/urls.ts';
import { Refusal, type Repository } from '../state/model.ts';
import { announcePushes } from '../state/seed.ts';

const data = '/repos/{owner}/{repo}/git';

export const gitDataRoutes: readonly Route[] = [
  {
    operation: `GET ${data}/ref/{ref}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'read');
      return {
        status: 200,
        body: refJson(call, repository, existing(repository, `refs/${param(call, 'ref')}`, 404)),
      };
    },
  },
  {
    operation: `GET ${data}/matching-refs/{ref}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'read');
      const found = [...allRefs(repository.directory).keys()].filter((ref) =>
        ref.startsWith(`refs/${param(call, 'ref')}`),
      );
      return { status: 200, list: found.map((ref) => refJson(call, repository, ref)) };
    },
  },
  {
    operation: `POST ${data}/refs`,
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'write');
      const ref = text(call, 'ref') ?? '';
      if (
        !ref.startsWith('refs/') ||
        ref.split('/').length < 3 ||
        tryGit(repository.directory, ['check-ref-format', ref]).status !== 0
      ) {
        throw new Refusal(422, 'Reference name is not valid');
      }
      if (allRefs(repository.directory).has(ref)) throw new Refusal(422, 'Reference already exists');
      move(call, repository, ref, objectFor(repository, text(call, 'sha')));
      return { status: 201, body: refJson(call, repository, ref) };
    },
  },
  {
    operation: `PATCH ${data}/refs/{ref}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'write');
      const ref = existing(repository, `refs/${param(call, 'ref')}`, 422);
      const sha = objectFor(repository, text(call, 'sha'));
      const before = git(repository.directory, ['rev-parse', ref]);
      if (call.body.force !== true && !isAncestor(repository.directory, before, sha)) {
        throw new Refusal(422, 'Update is not a fast forward');
      }
      move(call, repository, ref, sha);
      return { status: 200, body: refJson(call, repository, ref) };
    },
  },
  {
    operation: `DELETE ${data}/refs/{ref}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'write');
      move(call, repository, existing(repository, `refs/${param(call, 'ref')}`, 422), undefined);
      return { status: 204 };
    },
  },
  {
    operation: `GET ${data}/commits/{commit_sha}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'read');
      const sha = resolveCommit(repository.directory, param(call, 'commit_sha'));
      if (sha === undefined) throw new Refusal(404, 'Not Found');
      return { status: 200, body: gitCommitJson(call.state, repository, sha) };
    },
  },
  {
    operation: `POST ${data}/commits`,
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'write');
      const { parents, author } = call.body;
      const user = call.state.user(loginOf(call));
      const given = (typeof author === 'object' && author !== null ? author : {}) as {
        name?: string;
        email?: string;
        date?: string;
      };
      const signature = {
        name: given.name ?? user.name ?? user.login,
        email: given.email ?? user.email,
        date: given.date ?? call.state.now(),
      };
      const known = (Array.isArray(parents) ? parents : []).map((parent) =>
        objectFor(repository, String(parent)),
      );
      const tree = objectFor(repository, text(call, 'tree'));
      const sha = writeCommit(repository.directory, tree, known, text(call, 'message') ?? '', signature);
      return { status: 201, body: gitCommitJson(call.state, repository, sha) };
    },
  },
  {
    operation: `GET ${data}/trees/{tree_sha}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'read');
      return {
        status: 200,
        body: treeJson(call, repository, param(call, 'tree_sha'), call.query.has('recursive')),
      };
    },
  },
  {
    operation: `POST ${data}/trees`,
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'write');
      const entries = (Array.isArray(call.body.tree) ? call.body.tree : []) as {
        path: string;
        mode?: string;
        sha?: string | null;
        content?: string;
      }[];
      const written = entries.map(({ path, mode = '100644', sha, content }) => ({
        path,
        mode,
        sha: content === undefined ? (sha ?? null) : writeBlob(repository.directory, Buffer.from(content)),
      }));
      const base = text(call, 'base_tree');
      const tree = writeTree(
        repository.directory,
        base === undefined ? undefined : objectFor(repository, base),
        written,
      );
      return { status: 201, body: treeJson(call, repository, tree, false) };
    },
  },
  {
    operation: `GET ${data}/blobs/{file_sha}`,
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'read');
      const sha = param(call, 'file_sha');
      const content = /^[0-9a-f]{40,64}$/.test(sha) ? readBlob(repository.directory, sha) : undefined;
      if (content === undefined) throw new Refusal(404, 'Not Found');
      if (/\.raw/.test(call.accept)) return { status: 200, body: content };
      const url = repositoryApi(call.state, repository, `/git/blobs/${sha}`);
      return {
        status: 200,
        body: {
          sha,
          node_id: nodeId('Blob', sha),
          size: content.length,
          url,
          content: content.toString('base64'),
          encoding: 'base64',
        },
      };
    },
  },
  {
    operation: `POST ${data}/blobs`,
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'write');
      const encoding = text(call, 'encoding') === 'base64' ? 'base64' : 'utf8';
      const sha = writeBlob(repository.directory, Buffer.from(text(call, 'content') ?? '', encoding));
      return { status: 201, body: { sha, url: repositoryApi(call.state, repository, `/git/blobs/${sha}`) } };
    },
  },
];

function existing(repository: Repository, ref: string, missing: 404 | 422): string {
  if (allRefs(repository.directory).has(ref)) return ref;
  throw new Refusal(missing, missing === 404 ? 'Not Found' : 'Reference does not exist');
}

function objectFor(repository: Repository, sha: string | undefined): string {
  const known =
    sha !== undefined &&
    /^[0-9a-f]{40,64}$/.test(sha) &&
    tryGit(repository.directory, ['cat-file', '-e', sha]).status === 0;
  if (!known) throw new Refusal(422, 'Object does not exist');
  return sha;
}

function move(call: Call, repository: Repository, ref: string, sha: string | undefined): void {
  if (ref.startsWith('refs/pull/')) throw new Refusal(422, 'Reference cannot be updated');
  const before = allRefs(repository.directory);
  git(repository.directory, sha === undefined ? ['update-ref', '-d', ref] : ['update-ref', ref, sha]);
  announcePushes(call.state, repository, before, loginOf(call));
}

function refJson(call: Call, repository: Repository, ref: string): Record<string, unknown> {
  const sha = git(repository.directory, ['rev-parse', ref]);
  const type = git(repository.directory, ['cat-file', '-t', sha]);
  return {
    ref,
    node_id: nodeId('Ref', `${repository.id}:${ref}`),
    url: repositoryApi(call.state, repository, `/git/${ref}`),
    object: { sha, type, url: repositoryApi(call.state, repository, `/git/${type}s/${sha}`) },
  };
}

function treeJson(
  call: Call,
  repository: Repository,
  name: string,
  recursive: boolean,
): Record<string, unknown> {
  const found = tryGit(repository.directory, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${name}^{tree}`,
  ]);
  const sha = found.stdout.toString().trim();
  const entries = found.status === 0 ? listTree(repository.directory, sha, recursive) : undefined;
  if (entries === undefined) throw new Refusal(404, 'Not Found');
  const api = (entry: TreeEntry): string =>
    repositoryApi(call.state, repository, `/git/${entry.type}s/${entry.sha}`);
  return {
    sha,
    url: repositoryApi(call.state, repository, `/git/trees/${sha}`),
    // GitHub cuts a recursive listing at 100,000 entries.
    tree: entries
      .slice(0, 100_000)
      .map((entry) => ({ ...entry, ...(entry.type === 'commit' ? {} : { url: api(entry) }) })),
    truncated: entries.length > 100_000,
  };
}
