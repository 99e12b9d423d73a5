const account = '{ __typename login }';
const page = 'pageInfo { hasNextPage endCursor }';

const reviews = `{ ${page} nodes { id state body submittedAt author ${account} commit { oid } comments { totalCount } } }`;
const commits = (authors: number) =>
  `{ ${page} nodes { commit { oid parents { totalCount } authors(first: ${authors}) { pageInfo { hasNextPage } nodes { email user ${account} } } } } }`;
const events = `{
  ${page}
  nodes {
    __typename
    ... on ReadyForReviewEvent { createdAt }
    ... on ConvertToDraftEvent { createdAt }
    ... on ReviewDismissedEvent { createdAt previousReviewState review { id } }
  }
}`;
const eventTypes = '[READY_FOR_REVIEW_EVENT, CONVERT_TO_DRAFT_EVENT, REVIEW_DISMISSED_EVENT]';

const pull = `id number title headRefName baseRefName headRefOid createdAt mergedAt updatedAt additions deletions
        mergeCommit { oid }
        author ${account}
        mergedBy ${account}
        reviews(first: 20) ${reviews}
        commits(first: 20) ${commits(5)}
        timelineItems(first: 20, itemTypes: ${eventTypes}) ${events}`;

/**
 * A page of merged pull requests, last updated first, with as much of their lists as nearly all of them have. Costs
 * about 6 points for 25.
 */
export const mergedPullsQuery = `
query MergedPulls($owner: String!, $name: String!, $page: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    pullRequests(states: MERGED, first: $page, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      ${page}
      nodes {
        ${pull}
      }
    }
  }
}`;

/** The same of pull requests by number, with what their writers say of them. */
export function pullsByNumberQuery(numbers: readonly number[]): string {
  return `
query PullsByNumber($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    pullRequestTemplates { body }
    ${numbers
      .map(
        (number) => `p${number}: pullRequest(number: ${number}) {
        ${pull}
        body changedFiles labels(first: 20) { nodes { name } }
      }`,
      )
      .join('\n    ')}
  }
}`;
}

/** The next pages of several pull requests' lists, in one request; variables are numbered as their places are. */
export function restOfPullsQuery(count: number): string {
  const numbers = Array.from({ length: count }, (_, n) => n);
  const variables = numbers.flatMap((n) => [
    `$id${n}: ID!`,
    ...['reviews', 'commits', 'timelineItems'].flatMap((list) => [
      `$${list}${n}: String`,
      `$want_${list}${n}: Boolean!`,
    ]),
  ]);
  return `
query RestOfPulls($page: Int!, ${variables.join(', ')}) {
  ${numbers
    .map(
      (n) => `p${n}: node(id: $id${n}) {
    ... on PullRequest {
      reviews(first: $page, after: $reviews${n}) @include(if: $want_reviews${n}) ${reviews}
      commits(first: $page, after: $commits${n}) @include(if: $want_commits${n}) ${commits(100)}
      timelineItems(first: $page, after: $timelineItems${n}, itemTypes: ${eventTypes})
        @include(if: $want_timelineItems${n}) ${events}
    }
  }`,
    )
    .join('\n')}
}`;
}

/** Titles and descriptions of pull requests by number, for the reasons of migrations. */
export function descriptionsQuery(numbers: readonly number[]): string {
  return `
query Descriptions($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    pullRequestTemplates { body }
    ${numbers
      .map((number) => `p${number}: pullRequest(number: ${number}) { number title body author ${account} }`)
      .join('\n    ')}
  }
}`;
}
