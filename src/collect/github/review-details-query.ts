const account = '{ __typename login }';
const comment = `{ createdAt body author ${account} originalCommit { oid } }`;
const comments = (first: number) => `comments(first: ${first}) { pageInfo { hasNextPage } nodes ${comment} }`;
const thread = `{ id path line startLine diffSide isResolved isOutdated ${comments(30)} }`;
const page = 'pageInfo { hasNextPage endCursor }';
const contexts = `
  ${page}
  nodes {
    __typename
    ... on CheckRun { name status conclusion startedAt completedAt }
    ... on StatusContext { context state createdAt }
  }`;
const reviews = `{ id state body submittedAt author ${account} commit { oid } comments { totalCount } }`;

/**
 * What surrounds a pull request's reviews: threads, checks, the pull request it is stacked on, what else waits. Apart from
 * the first query, so that a part GitHub refuses or takes too long for leaves the reviews readable. About three points.
 * Of the pull request it is stacked on 50 reviews are enough: one look among them is all that is asked.
 */
export const reviewDetailsQuery = `
query ReviewDetails(
  $owner: String!, $name: String!, $number: Int!, $page: Int!, $baseName: String!,
  $head: GitObjectID!, $approved: GitObjectID!, $wantApproved: Boolean!, $wantComments: Boolean!
) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    head: object(oid: $head) { ...checked }
    approved: object(oid: $approved) @include(if: $wantApproved) { ...checked }
    stack: pullRequests(headRefName: $baseName, states: [OPEN, MERGED], first: 5, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { number state isCrossRepository author ${account} reviews(first: 50) { nodes ${reviews} } }
    }
    queue: pullRequests(states: OPEN, first: 50, orderBy: { field: UPDATED_AT, direction: DESC }) {
      pageInfo { hasNextPage }
      nodes {
        number isDraft author ${account} reviews(first: 10) { totalCount nodes { author ${account} } }
        reviewRequests(first: 10) { nodes { requestedReviewer { __typename ... on Team { id combinedSlug } } } }
      }
    }
    pullRequest(number: $number) {
      additions deletions changedFiles
      commits(first: 100) { nodes { commit { oid additions deletions parents { totalCount } } } }
      reviewThreads(first: $page) { ${page} nodes ${thread} }
      comments(first: $page) @include(if: $wantComments) { ${page} nodes { createdAt body author ${account} } }
    }
  }
}
fragment checked on Commit { oid statusCheckRollup { contexts(first: 100) { ${contexts} } } }`;

/** The next page of the threads and of the conversation, each if wanted. */
export const furtherDetailsQuery = `
query FurtherDetails(
  $owner: String!, $name: String!, $number: Int!, $page: Int!,
  $threads: String, $wantThreads: Boolean!, $comments: String, $wantComments: Boolean!
) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: $page, after: $threads) @include(if: $wantThreads) { ${page} nodes ${thread} }
      comments(first: $page, after: $comments) @include(if: $wantComments) {
        ${page} nodes { createdAt body author ${account} }
      }
    }
  }
}`;

/** Whole threads, for those with more comments than a page of threads holds. */
export const wholeThreadsQuery = `
query WholeThreads($ids: [ID!]!) {
  nodes(ids: $ids) { ... on PullRequestReviewThread { id ${comments(100)} } }
}`;

/** The next page of a commit's checks. */
export const furtherChecksQuery = `
query FurtherChecks($owner: String!, $name: String!, $commit: GitObjectID!, $after: String) {
  repository(owner: $owner, name: $name) {
    object(oid: $commit) { ... on Commit { statusCheckRollup { contexts(first: 100, after: $after) { ${contexts} } } } }
  }
}`;
