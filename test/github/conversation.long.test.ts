import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Client, clientOf } from './client.ts';
import { numbered, sampleScenario } from './sample-scenario.ts';
import { type GitHub, startGitHub } from './start-github.ts';

let github: GitHub;
let client: Client;

beforeEach(async () => {
  github = await startGitHub(sampleScenario);
  client = clientOf(github, await github.token());
});
afterEach(async () => {
  expect(await github.violations()).toEqual([]);
  await github.stop();
});

test('a snapshot shows the conversation as people see it', async () => {
  await github.apply({
    repositories: [
      {
        name: 'acme/shop',
        pullRequests: [
          {
            number: 1,
            labels: ['bug'],
            comments: [{ by: 'bob', body: 'Looks good.' }],
            reviews: [
              {
                by: 'bob',
                state: 'CHANGES_REQUESTED',
                body: 'One thing.',
                comments: [
                  {
                    path: 'a.txt',
                    line: 10,
                    body: 'Why?',
                    replies: [{ by: 'ann', body: 'Because.' }],
                    resolved: 'ann',
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  });
  const { headSha } = await github.pull('acme/shop', 1);
  await client.rest('POST /repos/acme/shop/check-runs', {
    name: 'Vitals',
    head_sha: headSha,
    status: 'completed',
    conclusion: 'neutral',
    output: {
      title: 'One thing to look at',
      summary: 'See the comment.',
      annotations: [
        { path: 'a.txt', start_line: 10, end_line: 10, annotation_level: 'warning', message: 'Look.' },
      ],
    },
  });
  expect(await github.snapshot('acme/shop', 1)).toBe(`# Change two lines (#1)

open, by ann: feature → main, \`bug\`

Because.

### bob requested changes

One thing.

#### \`a.txt\`:10 (resolved by ann)

\`\`\`diff
 line 8
 line 9
-line 10
+ten
\`\`\`

> **bob**
>
> Why?

> **ann**
>
> Because.

### bob commented

Looks good.

## Checks

### Vitals: neutral — One thing to look at

See the comment.

- warning \`a.txt\`:10 Look.
`);
});

describe('GraphQL over a pull request’s life', () => {
  test('reviews, force pushes, drafts and dismissals are told in order', async () => {
    const head = (await github.pull('acme/shop', 1)).headSha;
    await github.apply({
      repositories: [
        {
          name: 'acme/shop',
          pullRequests: [
            {
              number: 1,
              events: [
                { type: 'convert_to_draft' },
                { type: 'ready_for_review' },
                { type: 'review_requested', what: 'bob' },
              ],
              reviews: [
                { by: 'bob', state: 'APPROVED', dismissed: { by: 'ann', message: 'Old.' } },
                { by: 'bob', state: 'APPROVED' },
              ],
              pushes: [
                {
                  force: true,
                  commits: [{ commit: 'Again', files: { 'a.txt': numbered(60, { 10: 'TEN' }) } }],
                },
              ],
            },
          ],
        },
      ],
    });
    const now = (await github.pull('acme/shop', 1)).headSha;
    const { body } =
      await client.graphql(`{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) {
      reviewDecision
      latestOpinionatedReviews(first: 5) { nodes { state author { login } commit { oid } } }
      timelineItems(first: 20, itemTypes: [READY_FOR_REVIEW_EVENT, CONVERT_TO_DRAFT_EVENT, REVIEW_REQUESTED_EVENT,
        REVIEW_DISMISSED_EVENT, HEAD_REF_FORCE_PUSHED_EVENT]) { nodes {
        __typename
        ... on ReviewRequestedEvent { requestedReviewer { ... on User { login } } }
        ... on ReviewDismissedEvent { dismissalMessage previousReviewState }
        ... on HeadRefForcePushedEvent { beforeCommit { oid } afterCommit { oid } }
      } } } } }`);
    expect(body.data.repository.pullRequest).toEqual({
      reviewDecision: 'APPROVED',
      latestOpinionatedReviews: {
        nodes: [{ state: 'APPROVED', author: { login: 'bob' }, commit: { oid: head } }],
      },
      timelineItems: {
        nodes: [
          { __typename: 'ConvertToDraftEvent' },
          { __typename: 'ReadyForReviewEvent' },
          { __typename: 'ReviewRequestedEvent', requestedReviewer: { login: 'bob' } },
          { __typename: 'ReviewDismissedEvent', dismissalMessage: 'Old.', previousReviewState: 'APPROVED' },
          { __typename: 'HeadRefForcePushedEvent', beforeCommit: { oid: head }, afterCommit: { oid: now } },
        ],
      },
    });
  });

  test('merged pull requests are listed by their last change', async () => {
    const pullRequests = ['x', 'y'].map((head) => ({
      title: `Add ${head}`,
      head,
      author: 'ann',
      commits: [{ commit: `Add ${head}`, files: { [head]: `${head}\n` } }],
      merged: { by: 'bob', method: head === 'x' ? ('merge' as const) : ('squash' as const) },
    }));
    await github.apply({ repositories: [{ name: 'acme/shop', pullRequests }] });
    const { body } = await client.graphql(`{ repository(owner: "acme", name: "shop") {
      pullRequests(first: 10, states: [MERGED], orderBy: { field: UPDATED_AT, direction: DESC }) {
        nodes { title additions changedFiles mergedBy { login } mergeCommit { messageHeadline parents { totalCount } } } } } }`);
    expect(body.data.repository.pullRequests.nodes).toEqual([
      {
        title: 'Add y',
        additions: 1,
        changedFiles: 1,
        mergedBy: { login: 'bob' },
        mergeCommit: { messageHeadline: 'Add y (#3)', parents: { totalCount: 1 } },
      },
      {
        title: 'Add x',
        additions: 1,
        changedFiles: 1,
        mergedBy: { login: 'bob' },
        mergeCommit: { messageHeadline: 'Merge pull request #2 from acme/x', parents: { totalCount: 2 } },
      },
    ]);
  });

  test('comments can be edited, hidden and deleted by their ids', async () => {
    const { body: made } = await client.rest('POST /repos/acme/shop/issues/1/comments', { body: 'First.' });
    const edited = await client.graphql(
      'mutation($id: ID!) { updateIssueComment(input: { id: $id, body: "Second." }) { issueComment { body viewerDidAuthor } } }',
      { id: made.node_id },
    );
    expect(edited.body.data.updateIssueComment.issueComment).toEqual({
      body: 'Second.',
      viewerDidAuthor: true,
    });
    const hidden = await client.graphql(
      'mutation($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized minimizedReason } } }',
      { id: made.node_id },
    );
    expect(hidden.body.data.minimizeComment.minimizedComment).toEqual({
      isMinimized: true,
      minimizedReason: 'outdated',
    });
    expect((await client.rest(`DELETE /repos/acme/shop/issues/comments/${made.id}`)).status).toBe(204);
    expect((await github.pull('acme/shop', 1)).comments).toEqual([]);
  });
});

describe('faults', () => {
  const say = () => client.rest('POST /repos/acme/shop/issues/1/comments', { body: 'Hello.' });
  const count = async () => (await github.pull('acme/shop', 1)).comments.length;

  test('a 502 before the effect leaves nothing, one after it leaves the comment', async () => {
    await github.fault({ method: 'POST', match: '/comments$', kind: 'before', status: 502 });
    expect([(await say()).status, await count()]).toEqual([502, 0]);
    await github.fault({ method: 'POST', match: '/comments$', kind: 'after', status: 502 });
    expect([(await say()).status, await count()]).toEqual([502, 1]);
    expect([(await say()).status, await count()]).toEqual([201, 2]);
  });

  test('a broken connection is one for the client', async () => {
    await github.fault({ match: '/comments$', kind: 'reset' });
    await expect(say()).rejects.toThrow('fetch failed');
    expect(await count()).toBe(0);
    await github.fault({ match: '/comments$', kind: 'reset-after' });
    await expect(say()).rejects.toThrow('fetch failed');
    expect(await count()).toBe(1);
  });

  test('a GraphQL answer can be partial', async () => {
    await github.fault({
      match: '^repository\\.pullRequest\\.reviews$',
      kind: 'partial',
      message: 'Timed out.',
    });
    const { status, body } = await client.graphql(
      '{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { title reviews(first: 1) { totalCount } } } }',
    );
    expect(status).toBe(200);
    expect(body.data.repository.pullRequest).toEqual({ title: 'Change two lines', reviews: null });
    expect(body.errors).toMatchObject([
      { message: 'Timed out.', path: ['repository', 'pullRequest', 'reviews'] },
    ]);
  });
});
