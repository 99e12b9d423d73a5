const account = '{ __typename login }';

/** Where GitHub looks for a pull request template, in the spellings it documents. */
const templatePaths = ['', '.github/', 'docs/'].flatMap((folder) => [
  `${folder}pull_request_template.md`,
  `${folder}PULL_REQUEST_TEMPLATE.md`,
]);
const templateFolders = ['', '.github/', 'docs/'].map((folder) => `${folder}PULL_REQUEST_TEMPLATE`);

const templates = [
  ...templatePaths.map((path, n) => `file${n}: file(path: "${path}") { object { ... on Blob { text } } }`),
  ...templateFolders.map(
    (path, n) =>
      `folder${n}: file(path: "${path}") { object { ... on Tree { entries { name object { ... on Blob { text } } } } } }`,
  ),
].join('\n');

const lists: Readonly<Record<ConnectionName, { readonly args: string; readonly nodes: string }>> = {
  labels: { args: '', nodes: 'name' },
  commits: {
    args: '',
    nodes: `commit { id oid parents { totalCount } authors(first: 10) { pageInfo { hasNextPage } nodes { email user ${account} } } }`,
  },
  reviews: {
    args: '',
    nodes: `id state body submittedAt author ${account} commit { oid } comments { totalCount }`,
  },
  timelineItems: {
    args: `itemTypes: [
      READY_FOR_REVIEW_EVENT
      CONVERT_TO_DRAFT_EVENT
      REVIEW_REQUESTED_EVENT
      REVIEW_REQUEST_REMOVED_EVENT
      REVIEW_DISMISSED_EVENT
      HEAD_REF_FORCE_PUSHED_EVENT
      ADDED_TO_MERGE_QUEUE_EVENT
      REMOVED_FROM_MERGE_QUEUE_EVENT
      AUTO_MERGE_ENABLED_EVENT
      AUTO_SQUASH_ENABLED_EVENT
      AUTO_REBASE_ENABLED_EVENT
      AUTO_MERGE_DISABLED_EVENT
      BASE_REF_CHANGED_EVENT
      AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT
    ]`,
    nodes: `
      __typename
      ... on ReadyForReviewEvent { createdAt }
      ... on ConvertToDraftEvent { createdAt }
      ... on ReviewRequestedEvent { createdAt requestedReviewer { ...reviewer } }
      ... on ReviewRequestRemovedEvent { createdAt requestedReviewer { ...reviewer } }
      ... on ReviewDismissedEvent { createdAt previousReviewState review { id } }
      ... on HeadRefForcePushedEvent { createdAt beforeCommit { oid } afterCommit { oid } }
      ... on AddedToMergeQueueEvent { createdAt }
      ... on RemovedFromMergeQueueEvent { createdAt }
      ... on AutoMergeEnabledEvent { createdAt }
      ... on AutoSquashEnabledEvent { createdAt }
      ... on AutoRebaseEnabledEvent { createdAt }
      ... on AutoMergeDisabledEvent { createdAt }
      ... on BaseRefChangedEvent { createdAt }
      ... on AutomaticBaseChangeSucceededEvent { createdAt }`,
  },
};

export const connectionNames = ['labels', 'commits', 'reviews', 'timelineItems'] as const;
export type ConnectionName = (typeof connectionNames)[number];

/** The variable that says whether a further page of a list is wanted. */
export function wantVariable(name: ConnectionName): string {
  return `want${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function list(name: ConnectionName, paging: string, directive: string): string {
  const { args, nodes } = lists[name];
  return `${name}(first: $page ${paging} ${args}) ${directive} { pageInfo { hasNextPage endCursor } nodes { ${nodes} } }`;
}

const firstPages = connectionNames.map((name) => list(name, '', '')).join('\n');
const furtherPages = connectionNames
  .map((name) => list(name, `after: $${name}`, `@include(if: $${wantVariable(name)})`))
  .join('\n');
const furtherVariables = connectionNames
  .map((name) => `$${name}: String, $${wantVariable(name)}: Boolean!`)
  .join(', ');

const reviewer = `
fragment reviewer on RequestedReviewer {
  __typename
  ... on User { login }
  ... on Bot { login }
  ... on Mannequin { login }
  ... on Team { id }
}`;

/** Everything the facts need of one pull request; each list up to its first page. Costs about three points
 * of an hour's thousand or more. */
export const pullRequestQuery = `
query PullRequest($owner: String!, $name: String!, $number: Int!, $page: Int!) {
  repository(owner: $owner, name: $name) {
    id
    pullRequestTemplates { body }
    pullRequest(number: $number) {
      id number title body state isDraft locked createdAt mergedAt
      authorAssociation isCrossRepository headRepository { id }
      baseRefName headRefName baseRefOid headRefOid
      author ${account}
      mergedBy ${account}
      baseRef { target { ... on Commit { ${templates} } } }
      ${firstPages}
    }
  }
}
${reviewer}`;

/** The next page of every connection that has one, in one request. */
export const furtherPagesQuery = `
query FurtherPages($owner: String!, $name: String!, $number: Int!, $page: Int!, ${furtherVariables}) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { ${furtherPages} } }
}
${reviewer}`;

/** All authors of commits that have more of them than the first page held. */
export const commitAuthorsQuery = `
query CommitAuthors($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Commit { id authors(first: 100) { pageInfo { hasNextPage } nodes { email user ${account} } } }
  }
}`;
