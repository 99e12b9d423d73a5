import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Client, clientOf } from './client.ts';
import { sampleScenario } from './sample-scenario.ts';
import { type GitHub, startGitHub } from './start-github.ts';

let github: GitHub;
let client: Client;

beforeAll(async () => {
  github = await startGitHub(sampleScenario);
  client = clientOf(github, await github.token());
});
afterAll(() => github.stop());
afterEach(async () => expect(await github.violations()).toEqual([]));

const review = (comments: readonly object[]) =>
  client.rest('POST /repos/acme/shop/pulls/1/reviews', { event: 'COMMENT', body: 'See below.', comments });

describe('anchors of a review', () => {
  test.each([
    ['the first context line of a hunk', { path: 'a.txt', line: 7 }],
    ['the last context line of a hunk', { path: 'a.txt', line: 13 }],
    ['a removed line on the left side', { path: 'a.txt', line: 10, side: 'LEFT' }],
    ['a line of a removed file on the left side', { path: 'gone.txt', line: 1, side: 'LEFT' }],
    ['a line of a new file', { path: 'new.txt', line: 2 }],
    [
      'a range within one hunk',
      { path: 'a.txt', start_line: 9, start_side: 'RIGHT', line: 13, side: 'RIGHT' },
    ],
    [
      'a range from the left side to the right',
      { path: 'a.txt', start_line: 10, start_side: 'LEFT', line: 11, side: 'RIGHT' },
    ],
    ['a position below the first hunk header', { path: 'a.txt', position: 4 }],
  ])('%s is accepted', async (_, comment) => {
    expect((await review([{ ...comment, body: 'Hm.' }])).status).toBe(200);
  });

  test.each([
    ['the line before a hunk', { path: 'a.txt', line: 6 }, 'Line could not be resolved'],
    ['the line after a hunk', { path: 'a.txt', line: 14 }, 'Line could not be resolved'],
    ['a file outside the diff', { path: 'other.txt', line: 1 }, 'Path could not be resolved'],
    ['the right side of a removed file', { path: 'gone.txt', line: 1 }, 'Line could not be resolved'],
    ['a line behind the end of the file', { path: 'new.txt', line: 3 }, 'Line could not be resolved'],
    [
      'a range over two hunks',
      { path: 'a.txt', start_line: 10, line: 40 },
      'start_line must be part of the same hunk as the line.',
    ],
    [
      'a range of one line',
      { path: 'a.txt', start_line: 10, line: 10 },
      'start_line must precede the end line.',
    ],
    [
      'a range that begins outside the diff',
      { path: 'a.txt', start_line: 6, line: 8 },
      'Start line could not be resolved',
    ],
  ])('%s is refused', async (_, comment, message) => {
    const answer = await review([{ ...comment, body: 'Hm.' }]);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([message]);
  });

  test('one bad anchor among good ones refuses the whole review', async () => {
    const before = (await github.pull('acme/shop', 1)).reviews.length;
    const answer = await review([
      { path: 'a.txt', line: 10, body: 'Good.' },
      { path: 'a.txt', line: 20, body: 'Bad.' },
    ]);
    expect(answer.status).toBe(422);
    expect((await github.pull('acme/shop', 1)).reviews).toHaveLength(before);
  });
});

describe('a single comment', () => {
  const comment = (body: object) =>
    client.rest('POST /repos/acme/shop/pulls/1/comments', { body: 'Hm.', ...body });

  test('on a line of the diff is made', async () => {
    const { headSha } = await github.pull('acme/shop', 1);
    const answer = await comment({ path: 'a.txt', line: 40, side: 'RIGHT', commit_id: headSha });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      line: 40,
      side: 'RIGHT',
      subject_type: 'line',
      original_commit_id: headSha,
    });
    expect(answer.body.diff_hunk).toMatch(
      /^@@ -37,7 \+37,7 @@.*\n line 37\n line 38\n line 39\n-line 40\n\+forty$/,
    );
  });

  test('outside the diff is refused with the name of the field', async () => {
    const { headSha } = await github.pull('acme/shop', 1);
    const answer = await comment({ path: 'a.txt', line: 25, commit_id: headSha });
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].message).toBe('pull_request_review_thread.line must be part of the diff');
  });

  test('on a whole file needs no line', async () => {
    const { headSha } = await github.pull('acme/shop', 1);
    const answer = await comment({ path: 'a.txt', subject_type: 'file', commit_id: headSha });
    expect(answer.body).toMatchObject({ subject_type: 'file', path: 'a.txt' });
  });
});

describe('GraphQL threads', () => {
  const addThread = `mutation($input: AddPullRequestReviewThreadInput!) {
    addPullRequestReviewThread(input: $input) { thread { id path line } }
  }`;

  async function pendingReview(): Promise<{ pull: string; review: string }> {
    const found = await client.graphql(
      '{ repository(owner: "acme", name: "shop") { pullRequest(number: 1) { id } } }',
    );
    const pull: string = found.body.data.repository.pullRequest.id;
    const made = await client.graphql(
      'mutation($pull: ID!) { addPullRequestReview(input: { pullRequestId: $pull }) { pullRequestReview { id state } } }',
      { pull },
    );
    expect(made.body.data.addPullRequestReview.pullRequestReview.state).toBe('PENDING');
    return { pull, review: made.body.data.addPullRequestReview.pullRequestReview.id };
  }

  test('an anchor outside the diff vanishes without an error', async () => {
    const { review: pullRequestReviewId } = await pendingReview();
    const add = (line: number) =>
      client.graphql(addThread, { input: { pullRequestReviewId, path: 'a.txt', line, body: 'Hm.' } });
    const outside = await add(25);
    expect(outside.body).toEqual({ data: { addPullRequestReviewThread: { thread: null } } });
    const inside = await add(10);
    expect(inside.body.data.addPullRequestReviewThread.thread).toMatchObject({ path: 'a.txt', line: 10 });
    const submit = await client.graphql(
      `mutation($id: ID!) { submitPullRequestReview(input: { pullRequestReviewId: $id, event: COMMENT, body: "Done." }) {
        pullRequestReview { state comments(first: 10) { totalCount } } } }`,
      { id: pullRequestReviewId },
    );
    expect(submit.body.data.submitPullRequestReview.pullRequestReview).toEqual({
      state: 'COMMENTED',
      comments: { totalCount: 1 },
    });
  });
});

describe('after a push', () => {
  test('a thread follows its line, and is outdated once the line changes', async () => {
    const other = await startGitHub(sampleScenario);
    const mine = clientOf(other, await other.token());
    await mine.rest('POST /repos/acme/shop/pulls/1/reviews', {
      event: 'COMMENT',
      comments: [
        { path: 'a.txt', line: 10, body: 'Ten?' },
        { path: 'a.txt', line: 40, body: 'Forty?' },
      ],
    });
    const lines = Array.from({ length: 60 }, (_, index) => `line ${index + 1}`);
    const text = ['above', ...lines.with(9, 'ten').with(39, 'vierzig')].map((line) => `${line}\n`).join('');
    await other.apply({
      repositories: [
        {
          name: 'acme/shop',
          pullRequests: [
            { number: 1, pushes: [{ commits: [{ commit: 'More', files: { 'a.txt': text } }] }] },
          ],
        },
      ],
    });
    const { body } = await mine.rest('GET /repos/acme/shop/pulls/1/comments');
    const places = body.map(
      (one: { line: number | null; original_line: number; position: number | null }) => [
        one.line,
        one.original_line,
        one.position === null,
      ],
    );
    expect(places).toEqual([
      [11, 10, false],
      [null, 40, true],
    ]);
    expect(await other.violations()).toEqual([]);
    await other.stop();
  });
});
