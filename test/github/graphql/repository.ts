import { allRefs, resolveCommit } from '../git/commits.ts';
import { git, tryGit } from '../git/run-git.ts';
import { nodeId } from '../represent/node-id.ts';
import { repositoryHtml } from '../represent/urls.ts';
import { roleOf } from '../state/association.ts';
import type { GitHubState } from '../state/github-state.ts';
import { type Issue, isPullRequest, type Label, type PullRequest, type Repository } from '../state/model.ts';
import { actorNode } from './actor.ts';
import { commitNode } from './commit.ts';
import { connection } from './connection.ts';
import {
  type Arguments,
  type GraphqlContext,
  type GraphqlObject,
  GraphqlRefusal,
  requireGraphql,
} from './context.ts';
import { blobNode, treeNode } from './git-object.ts';
import { issueNode } from './issue.ts';
import { pullNode } from './pull.ts';
import { templatesOf } from './templates.ts';

export function repositoryNode(state: GitHubState, repository: Repository): GraphqlObject {
  const url = repositoryHtml(state, repository);
  return {
    __typename: 'Repository',
    id: nodeId('Repository', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: repository.fullName,
    owner: () => actorNode(state, repository.owner),
    description: repository.description,
    url,
    resourcePath: `/${repository.fullName}`,
    createdAt: repository.createdAt,
    pushedAt: repository.pushedAt,
    updatedAt: repository.pushedAt,
    isPrivate: repository.isPrivate,
    isFork: repository.forkOf !== undefined,
    isArchived: false,
    isDisabled: false,
    isEmpty: () => allRefs(repository.directory).size === 0,
    hasIssuesEnabled: repository.hasIssues,
    visibility: repository.isPrivate ? 'PRIVATE' : 'PUBLIC',
    parent: () =>
      repository.forkOf === undefined ? null : repositoryNode(state, state.repository(repository.forkOf)),
    viewerPermission: (_: Arguments, context: GraphqlContext) => viewerPermission(context, repository),
    mergeQueue: null,
    defaultBranchRef: () => refNode(state, repository, `refs/heads/${repository.defaultBranch}`),
    ref: ({ qualifiedName }: Arguments) => {
      const name = String(qualifiedName);
      return (
        refNode(state, repository, name) ??
        refNode(state, repository, `refs/heads/${name}`) ??
        refNode(state, repository, `refs/tags/${name}`)
      );
    },
    refs: (args: Arguments) => {
      const names = [...allRefs(repository.directory).keys()].filter((ref) =>
        ref.startsWith(String(args.refPrefix)),
      );
      return connection(
        'refs',
        names,
        args,
        (name) => refNode(state, repository, name) ?? { __typename: 'Ref' },
      );
    },
    pullRequestTemplates: () => templatesOf(repository),
    object: (args: Arguments, context: GraphqlContext) => {
      requireGraphql(context, repository, ['contents'], 'read');
      return objectNode(state, repository, args);
    },
    labels: (args: Arguments) => connection('labels', repository.labels, args, labelNode),
    // No scenario has any of these, and a repository without them answers with empty lists.
    milestones: (args: Arguments) => connection('milestones', [], args, noNode),
    releases: (args: Arguments) => connection('releases', [], args, noNode),
    projectsV2: (args: Arguments) => connection('projectsV2', [], args, noNode),
    pullRequest: ({ number }: Arguments, context: GraphqlContext) => {
      requireGraphql(context, repository, ['pull_requests'], 'read');
      return pullNode(state, repository, pullNumbered(repository, Number(number)));
    },
    pullRequests: (args: Arguments, context: GraphqlContext) => {
      requireGraphql(context, repository, ['pull_requests'], 'read');
      const found = filtered([...repository.issues.values()].filter(isPullRequest), args, pullState).filter(
        (pull) =>
          (args.baseRefName === undefined ||
            args.baseRefName === null ||
            pull.baseRef === args.baseRefName) &&
          (args.headRefName === undefined || args.headRefName === null || pull.headRef === args.headRefName),
      );
      return connection('pullRequests', found, args, (pull) => pullNode(state, repository, pull));
    },
    issue: ({ number }: Arguments, context: GraphqlContext) => {
      requireGraphql(context, repository, ['issues'], 'read');
      const issue = repository.issues.get(Number(number));
      if (issue === undefined || isPullRequest(issue)) throw notFound('Issue', number);
      return issueNode(state, repository, issue);
    },
    issues: (args: Arguments, context: GraphqlContext) => {
      requireGraphql(context, repository, ['issues'], 'read');
      const { since, createdBy } = (args.filterBy ?? {}) as { since?: string; createdBy?: string };
      const found = filtered([...repository.issues.values()], args, (issue) =>
        issue.state.toUpperCase(),
      ).filter(
        (issue) =>
          !isPullRequest(issue) &&
          (since === undefined || issue.updatedAt >= since) &&
          (createdBy === undefined || issue.author === createdBy),
      );
      return connection('issues', found, args, (issue) => issueNode(state, repository, issue));
    },
    issueOrPullRequest: ({ number }: Arguments) => {
      const issue = repository.issues.get(Number(number));
      if (issue === undefined) throw notFound('issue or pull request', number);
      return isPullRequest(issue) ? pullNode(state, repository, issue) : issueNode(state, repository, issue);
    },
  };
}

function noNode(): GraphqlObject {
  return { __typename: 'Node' };
}

function notFound(what: string, number: unknown): GraphqlRefusal {
  return new GraphqlRefusal(
    'NOT_FOUND',
    `Could not resolve to ${what === 'Issue' ? 'an' : 'a'} ${what} with the number of ${number}.`,
  );
}

function pullNumbered(repository: Repository, number: number): PullRequest {
  const pull = repository.issues.get(number);
  if (!isPullRequest(pull)) throw notFound('PullRequest', number);
  return pull;
}

export function pullState(pull: PullRequest): string {
  return pull.mergedAt !== null ? 'MERGED' : pull.state.toUpperCase();
}

const orderKeys = { CREATED_AT: 'createdAt', UPDATED_AT: 'updatedAt' } as const;

function filtered<T extends Issue>(
  all: readonly T[],
  args: Arguments,
  stateOf: (issue: T) => string,
): readonly T[] {
  const states = Array.isArray(args.states) ? args.states : undefined;
  const labels = Array.isArray(args.labels) ? args.labels : undefined;
  const { field = 'CREATED_AT', direction = 'ASC' } = (args.orderBy ?? {}) as {
    field?: string;
    direction?: string;
  };
  const key = field === 'UPDATED_AT' ? orderKeys.UPDATED_AT : orderKeys.CREATED_AT;
  const rank = (issue: T): string | number => (field === 'COMMENTS' ? issue.comments.length : issue[key]);
  const found = all
    .filter((issue) => states === undefined || states.includes(stateOf(issue)))
    .filter((issue) => labels === undefined || labels.some((label) => issue.labels.includes(String(label))))
    .sort((a, b) => (rank(a) === rank(b) ? a.number - b.number : rank(a) < rank(b) ? -1 : 1));
  return direction === 'DESC' ? found.reverse() : found;
}

export function labelNode(label: Label): GraphqlObject {
  return {
    __typename: 'Label',
    id: nodeId('Label', label.id),
    name: label.name,
    color: label.color,
    description: label.description,
    isDefault: false,
  };
}

export function refNode(state: GitHubState, repository: Repository, ref: string): GraphqlObject | null {
  const sha = allRefs(repository.directory).get(ref);
  if (sha === undefined) return null;
  const name = ref.replace(/^refs\/(heads|tags)\//, '');
  return {
    __typename: 'Ref',
    id: nodeId('Ref', `${repository.id}:${ref}`),
    name,
    prefix: ref.slice(0, ref.length - name.length),
    repository: () => repositoryNode(state, repository),
    target: () => gitObjectNode(state, repository, sha),
    branchProtectionRule: null,
  };
}

function gitObjectNode(state: GitHubState, repository: Repository, sha: string): GraphqlObject | null {
  const type = git(repository.directory, ['cat-file', '-t', sha]);
  if (type === 'commit') return commitNode(state, repository, sha);
  if (type === 'tree') return treeNode(repository, sha);
  if (type === 'blob') return blobNode(repository, sha);
  const commit = resolveCommit(repository.directory, sha);
  return commit === undefined ? null : commitNode(state, repository, commit);
}

/** `object(expression: "main:path")` or `object(oid: …)`; null for what is not there. */
function objectNode(state: GitHubState, repository: Repository, args: Arguments): GraphqlObject | null {
  const expression = String(args.expression ?? args.oid ?? '');
  if (expression === '' || expression.startsWith('-')) return null;
  const found = tryGit(repository.directory, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    expression,
  ]);
  return found.status === 0 ? gitObjectNode(state, repository, found.stdout.toString().trim()) : null;
}

function viewerPermission(context: GraphqlContext, repository: Repository): string | null {
  const { token } = context.viewer;
  if (token === undefined) return null;
  if (token.kind === 'user') {
    const role = roleOf(repository, token.login);
    return role === 'none' ? null : role.toUpperCase();
  }
  return token.permissions.contents === 'write' ? 'WRITE' : 'READ';
}
