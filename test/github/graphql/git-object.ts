import { listTree, readBlob, type TreeEntry } from '../git/tree.ts';
import { nodeId } from '../represent/node-id.ts';
import type { Repository } from '../state/model.ts';
import type { GraphqlObject } from './context.ts';

export function treeNode(repository: Repository, sha: string, folder = ''): GraphqlObject {
  return {
    __typename: 'Tree',
    id: nodeId('Tree', `${repository.id}:${sha}`),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    entries: () =>
      (listTree(repository.directory, sha, false) ?? []).map((entry) => entryNode(repository, entry, folder)),
  };
}

/** An entry of a tree; `folder` is the path that the tree stands at, with a slash at its end. */
export function entryNode(repository: Repository, entry: TreeEntry, folder = ''): GraphqlObject {
  const path = `${folder}${entry.path}`;
  const object = (): GraphqlObject | null => {
    if (entry.type === 'commit') return null;
    return entry.type === 'blob'
      ? blobNode(repository, entry.sha)
      : treeNode(repository, entry.sha, `${path}/`);
  };
  return {
    __typename: 'TreeEntry',
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    extension: /\.[^./]+$/.exec(path)?.[0] ?? '',
    type: entry.type,
    oid: entry.sha,
    mode: Number.parseInt(entry.mode, 8),
    size: entry.size ?? 0,
    object,
  };
}

/** Above this GitHub gives the beginning only, and says so. */
const textLimit = 512_000;

export function blobNode(repository: Repository, sha: string): GraphqlObject {
  const content = readBlob(repository.directory, sha) ?? Buffer.alloc(0);
  const isBinary = content.subarray(0, 8000).includes(0);
  return {
    __typename: 'Blob',
    id: nodeId('Blob', `${repository.id}:${sha}`),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    byteSize: content.length,
    isBinary,
    isTruncated: content.length > textLimit,
    text: isBinary ? null : content.subarray(0, textLimit).toString('utf8'),
  };
}
