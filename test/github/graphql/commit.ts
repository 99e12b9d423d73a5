import { commitOf, type GitCommit, readCommits, type Signature } from '../git/commits.ts';
import { diffFiles } from '../git/diff.ts';
import { git } from '../git/run-git.ts';
import { entryAt } from '../git/tree.ts';
import { accountOf } from '../represent/commit.ts';
import { nodeId } from '../represent/node-id.ts';
import { repositoryHtml } from '../represent/urls.ts';
import type { GitHubState } from '../state/github-state.ts';
import { isPullRequest, type Repository } from '../state/model.ts';
import { pullCommits } from '../state/pull-diff.ts';
import { actorNode } from './actor.ts';
import { checkRunNode } from './check-run.ts';
import { connection } from './connection.ts';
import { type Arguments, type GraphqlContext, type GraphqlObject, requireGraphql } from './context.ts';
import { entryNode, treeNode } from './git-object.ts';
import { pullNode } from './pull.ts';
import { repositoryNode } from './repository.ts';

export function commitNode(state: GitHubState, repository: Repository, sha: string): GraphqlObject {
  const commit = commitOf(repository.directory, sha);
  const [headline = '', ...rest] = commit.message.split('\n');
  const files = (): ReturnType<typeof diffFiles> => {
    const parent = commit.parents[0] ?? git(repository.directory, ['hash-object', '-t', 'tree', '--stdin']);
    return diffFiles(repository.directory, parent, sha);
  };
  const sum = (key: 'additions' | 'deletions'): number =>
    files().reduce((total, file) => total + file[key], 0);
  return {
    __typename: 'Commit',
    id: nodeId('Commit', `${repository.id}:${sha}`),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    url: repositoryHtml(state, repository, `/commit/${sha}`),
    message: commit.message,
    messageHeadline: headline,
    messageBody: rest.join('\n').trim(),
    committedDate: commit.committer.date,
    authoredDate: commit.author.date,
    committedViaWeb: commit.committer.name === 'GitHub',
    author: () => signatureNode(state, commit.author),
    committer: () => signatureNode(state, commit.committer),
    authors: (args: Arguments) =>
      connection('authors', authorsOf(commit), args, (one) => signatureNode(state, one)),
    parents: (args: Arguments) =>
      connection('parents', commit.parents, args, (one) => commitNode(state, repository, one)),
    additions: () => sum('additions'),
    deletions: () => sum('deletions'),
    changedFiles: () => files().length,
    changedFilesIfAvailable: () => files().length,
    repository: () => repositoryNode(state, repository),
    tree: (_: Arguments, context: GraphqlContext) => {
      requireGraphql(context, repository, ['contents'], 'read');
      return treeNode(repository, commit.tree);
    },
    file: ({ path }: Arguments, context: GraphqlContext) => {
      requireGraphql(context, repository, ['contents'], 'read');
      const entry = entryAt(repository.directory, sha, String(path));
      return entry === undefined ? null : entryNode(repository, entry);
    },
    statusCheckRollup: (_: Arguments, context: GraphqlContext) => {
      requireGraphql(context, repository, ['checks', 'statuses'], 'read');
      return rollupNode(state, repository, sha);
    },
    associatedPullRequests: (args: Arguments) => {
      const pulls = [...repository.issues.values()]
        .filter(isPullRequest)
        .filter(
          (pull) => pull.mergeCommit === sha || pullCommits(repository, pull).some((one) => one.sha === sha),
        );
      return connection('associatedPullRequests', pulls, args, (pull) => pullNode(state, repository, pull));
    },
    history: (args: Arguments) => {
      const filters = (['since', 'until'] as const).flatMap((name) =>
        typeof args[name] === 'string' ? [`--${name}=${args[name]}`] : [],
      );
      const paths = typeof args.path === 'string' ? [args.path] : [];
      const found = readCommits(repository.directory, [...filters, '--end-of-options', sha, '--', ...paths]);
      return connection('history', found, args, (one) => commitNode(state, repository, one.sha));
    },
  };
}

/** Its author and those of its Co-authored-by trailers. */
function authorsOf(commit: GitCommit): readonly Signature[] {
  const others = [...commit.message.matchAll(/^co-authored-by:\s*(.+?)\s*<(.+?)>\s*$/gim)];
  return [
    commit.author,
    ...others.map(([, name = '', email = '']) => ({ name, email, date: commit.author.date })),
  ];
}

function signatureNode(state: GitHubState, signature: Signature): GraphqlObject {
  const login = accountOf(state, signature.email);
  const known = login !== undefined && state.user(login).type === 'User' ? login : undefined;
  return {
    __typename: 'GitActor',
    name: signature.name,
    email: signature.email,
    date: signature.date,
    user: known === undefined ? null : actorNode(state, known),
  };
}

/** Checks and statuses of a commit in one word; null where nobody reported. */
function rollupNode(state: GitHubState, repository: Repository, sha: string): GraphqlObject | null {
  const runs = repository.checkRuns.filter((run) => run.headSha === sha);
  const statuses = repository.statuses.filter((status) => status.sha === sha);
  if (runs.length === 0 && statuses.length === 0) return null;
  const words = [
    ...runs.map((run) =>
      run.status !== 'completed'
        ? 'PENDING'
        : run.conclusion === 'failure' || run.conclusion === 'timed_out'
          ? 'FAILURE'
          : 'SUCCESS',
    ),
    ...statuses.map((status) => status.state.toUpperCase()),
  ];
  const worst = ['ERROR', 'FAILURE', 'PENDING', 'SUCCESS'].find((word) => words.includes(word));
  return {
    __typename: 'StatusCheckRollup',
    id: nodeId('StatusCheckRollup', `${repository.id}:${sha}`),
    state: worst ?? 'SUCCESS',
    contexts: (args: Arguments) =>
      connection('contexts', runs, args, (run) => checkRunNode(state, repository, run)),
  };
}
