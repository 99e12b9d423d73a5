import { entryAt, listTree, readBlob, type TreeEntry } from '../git/tree.ts';
import type { Repository } from '../state/model.ts';
import type { GraphqlObject } from './context.ts';

/** Pull request templates of the default branch, where GitHub looks for them, in whatever spelling. */
export function templatesOf(repository: Repository): readonly GraphqlObject[] {
  const branch = `refs/heads/${repository.defaultBranch}`;
  return ['', '.github', 'docs'].flatMap((folder) => {
    const entries = listTree(repository.directory, branch, false, folder) ?? [];
    return entries.flatMap((entry) => {
      const name = entry.path.slice(entry.path.lastIndexOf('/') + 1).toLowerCase();
      if (/^pull_request_template(\.(md|txt))?$/.test(name) && entry.type === 'blob')
        return [templateNode(repository, entry)];
      if (name !== 'pull_request_template' || entry.type !== 'tree') return [];
      const inside = listTree(repository.directory, branch, false, entry.path) ?? [];
      return inside.filter((one) => one.type === 'blob').map((one) => templateNode(repository, one));
    });
  });
}

function templateNode(repository: Repository, entry: TreeEntry): GraphqlObject {
  const branch = `refs/heads/${repository.defaultBranch}`;
  const found = entryAt(repository.directory, branch, entry.path);
  return {
    __typename: 'PullRequestTemplate',
    filename: entry.path.slice(entry.path.lastIndexOf('/') + 1),
    body: found === undefined ? null : (readBlob(repository.directory, found.sha)?.toString('utf8') ?? null),
  };
}
