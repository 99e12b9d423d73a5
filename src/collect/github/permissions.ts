/**
 * What GitHub says would have been enough, from its `X-Accepted-GitHub-Permissions` header: "contents=write,metadata=read;
 * contents=read" — alternatives by semicolon, joint needs by comma. The first alternative, in the words of a workflow's
 * `permissions:`; `metadata` is left out because every token has it.
 */
export function acceptedPermission(header: string): string | undefined {
  const [first = ''] = header.split(';');
  const permissions = first
    .split(',')
    .map((entry) => entry.trim().match(/^([a-z_]+)=(read|write|admin)$/))
    .flatMap((match) => (match?.[1] && match[1] !== 'metadata' ? [`${spelt(match[1])}: ${match[2]}`] : []));
  return permissions.length > 0 ? permissions.join(', ') : undefined;
}

function spelt(permission: string): string {
  return permission.replaceAll('_', '-');
}

const routes: readonly (readonly [path: RegExp, permission: string])[] = [
  [/^\/repos\/[^/]+\/[^/]+\/pulls(?:\/|$)/, 'pull-requests'],
  // A comment on a pull request is an issue comment; `pull-requests: write` allows it as well as `issues: write`.
  [/^\/repos\/[^/]+\/[^/]+\/issues\/(?:comments\/\d+|\d+\/comments)/, 'pull-requests'],
  [/^\/repos\/[^/]+\/[^/]+\/issues(?:\/|$)/, 'issues'],
  [/^\/repos\/[^/]+\/[^/]+\/check-(?:runs|suites)(?:\/|$)/, 'checks'],
  [/^\/repos\/[^/]+\/[^/]+\/commits\/[^/]+\/check-(?:runs|suites)/, 'checks'],
  [/^\/repos\/[^/]+\/[^/]+\/commits\/[^/]+\/pulls/, 'pull-requests'],
  [/^\/repos\/[^/]+\/[^/]+\/actions(?:\/|$)/, 'actions'],
  [/^\/repos\/[^/]+\/[^/]+\/statuses(?:\/|$)/, 'statuses'],
  [/^\/repos\/[^/]+\/[^/]+\/code-scanning(?:\/|$)/, 'security-events'],
  [/^\/repos\/[^/]+\/[^/]+\/(?:contents|git|compare|commits|branches|tarball|zipball)(?:\/|$)/, 'contents'],
];

/** The permission a REST route needs, where GitHub does not say it itself. `path` has no "/api/v3" in front. */
export function permissionOfRoute(method: string, path: string): string | undefined {
  const permission = routes.find(([route]) => route.test(path))?.[1];
  if (!permission) return undefined;
  return `${permission}: ${method === 'GET' || method === 'HEAD' ? 'read' : 'write'}`;
}

const mutations: Readonly<Record<string, string>> = {
  // GitHub asks for more here than for writing the thread (github/gh-aw#35726).
  resolveReviewThread: 'contents: write',
  unresolveReviewThread: 'contents: write',
  createIssue: 'issues: write',
  closeIssue: 'issues: write',
  updateIssue: 'issues: write',
};

/** Fields that lead to commits and files, and what our queries call them (`head: object(…)`). */
const contents = new Set(['baseRef', 'defaultBranchRef', 'object', 'head', 'approved']);
/** Lists of issues and pull requests under the names that our queries give them. */
const lists: Readonly<Record<string, string>> = {
  stack: 'pull-requests: read',
  queue: 'pull-requests: read',
  // Read in order to be written.
  labelled: 'issues: write',
  newest: 'issues: write',
};

/** The permission behind a path in a GraphQL answer ("repository", "pullRequest", "reviews"). */
export function permissionOfGraphqlPath(path: readonly (string | number)[]): string | undefined {
  const names = path.filter((step) => typeof step === 'string');
  const [root = ''] = names;
  const mutation = mutations[root];
  if (mutation) return mutation;
  if (/(?:Review|Comment|PullRequest)/.test(root)) return 'pull-requests: write';
  if (names.includes('statusCheckRollup') || names.includes('checkSuites')) return 'checks: read';
  // A commit's own fields and files belong to the contents, wherever in the answer the commit stands.
  if (names.some((name) => contents.has(name))) return 'contents: read';
  if (names.some((name) => /^pullRequests?$/.test(name))) return 'pull-requests: read';
  if (names.some((name) => /^issues?$/.test(name))) return 'issues: read';
  return lists[names[1] ?? ''];
}
