import { resolveCommit } from '../git/commits.ts';
import { entryAt, listTree, readBlob, type TreeEntry } from '../git/tree.ts';
import { type Call, param, type Route, repositoryFor } from '../http/route.ts';
import { repositoryApi, repositoryHtml } from '../represent/urls.ts';
import { Refusal, type Repository } from '../state/model.ts';

type Json = Record<string, unknown>;

/** Above this a file's content is only given raw, above a hundred times this not at all. */
const inlineLimit = 1024 * 1024;

export const contentRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/contents/{path}',
    handle: (call) => {
      const repository = repositoryFor(call, 'contents', 'read');
      const ref = call.query.get('ref') ?? repository.defaultBranch;
      const commit =
        resolveCommit(repository.directory, `refs/heads/${ref}`) ?? resolveCommit(repository.directory, ref);
      if (commit === undefined) throw new Refusal(404, `No commit found for the ref ${ref}`);
      const path = param(call, 'path').replace(/^\/+|\/+$/g, '');
      const entry = path === '' ? undefined : entryAt(repository.directory, commit, path);
      if (path !== '' && entry === undefined) throw new Refusal(404, 'Not Found');
      if (entry === undefined || entry.type === 'tree') {
        const entries = listTree(repository.directory, commit, false, path) ?? [];
        return { status: 200, body: entries.map((one) => itemJson(call, repository, one, ref)) };
      }
      if (entry.type === 'commit')
        return {
          status: 200,
          body: {
            ...itemJson(call, repository, entry, ref),
            type: 'submodule',
            submodule_git_url: submoduleUrl(call, repository, commit, path),
          },
        };
      const content = readBlob(repository.directory, entry.sha) ?? Buffer.alloc(0);
      if (content.length > inlineLimit * 100) {
        throw new Refusal(403, 'This API returns blobs up to 100 MB in size.', [
          { resource: 'Blob', field: 'data', code: 'too_large' },
        ]);
      }
      if (/application\/vnd\.github(\.v3)?\.raw/.test(call.accept)) {
        return {
          status: 200,
          body: content,
          headers: { 'content-type': 'application/vnd.github.v3.raw; charset=utf-8' },
        };
      }
      const large = content.length > inlineLimit;
      const item = itemJson(call, repository, entry, ref);
      if (entry.mode === '120000')
        return { status: 200, body: { ...item, type: 'symlink', target: content.toString() } };
      return {
        status: 200,
        body: {
          ...item,
          content: large ? '' : content.toString('base64').replace(/(.{60})/g, '$1\n'),
          encoding: large ? 'none' : 'base64',
        },
      };
    },
  },
];

/** What .gitmodules says of the path. */
function submoduleUrl(call: Call, repository: Repository, commit: string, path: string): string {
  const file = entryAt(repository.directory, commit, '.gitmodules');
  const text = file === undefined ? '' : (readBlob(repository.directory, file.sha)?.toString('utf8') ?? '');
  const section = text.split(/^\[/m).find((part) => /^\s*path\s*=\s*(.*?)\s*$/m.exec(part)?.[1] === path);
  return (
    /^\s*url\s*=\s*(.*?)\s*$/m.exec(section ?? '')?.[1] ?? repositoryHtml(call.state, repository, '.git')
  );
}

function itemJson(call: Call, repository: Repository, entry: TreeEntry, ref: string): Json {
  const path = entry.path.split('/').map(encodeURIComponent).join('/');
  const url = `${repositoryApi(call.state, repository, `/contents/${path}`)}?ref=${encodeURIComponent(ref)}`;
  const isFile = entry.type === 'blob';
  const gitUrl = repositoryApi(
    call.state,
    repository,
    `/git/${entry.type === 'tree' ? 'trees' : 'blobs'}/${entry.sha}`,
  );
  const html = repositoryHtml(
    call.state,
    repository,
    `/${isFile ? 'blob' : 'tree'}/${encodeURIComponent(ref)}/${path}`,
  );
  return {
    name: entry.path.split('/').at(-1),
    path: entry.path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url,
    html_url: html,
    git_url: gitUrl,
    download_url: isFile
      ? repositoryHtml(call.state, repository, `/raw/${encodeURIComponent(ref)}/${path}`)
      : null,
    type:
      entry.type === 'tree'
        ? 'dir'
        : entry.type === 'commit'
          ? 'submodule'
          : entry.mode === '120000'
            ? 'symlink'
            : 'file',
    _links: { self: url, git: gitUrl, html },
  };
}
