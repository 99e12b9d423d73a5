import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitHub, startGitHub } from '../github/start-github.ts';
import {
  blockingMigration,
  expectNoViolations,
  jobPermissions,
  judge,
  moduleReport,
  moduleText,
  repository,
  scenarioOf,
  writes,
} from '../support/end-to-end.ts';

let github: GitHub;

beforeAll(async () => {
  github = await startGitHub(
    scenarioOf({}, { 'src/refund.ts': moduleText, 'db/migrations/0002_index.sql': blockingMigration }),
  );
});

afterAll(async () => {
  await expectNoViolations(github);
  await github.stop();
});

describe('the life of a pull request', () => {
  it('gets one review, one summary and one check run', async () => {
    const run = await judge(github, { files: { 'lcov.info': moduleReport } });
    expect(run.exitCode).toBe(0);
    expect(writes(run)).toEqual(['POST /check-runs', 'POST /pulls/N/reviews', 'POST /issues/N/comments']);
    expect(run.outputs).toMatchObject({ findings: '2', warnings: '2', failures: '0', conclusion: 'neutral' });
    const conversation = await github.snapshot(repository, 7);
    expect(conversation).toContain('#### `src/refund.ts`:21-30');
    expect(conversation).toContain(
      '**10 of 30 added lines with code in `src/refund.ts` are run by no test: lines 21–30.**',
    );
    expect(conversation).toContain('#### `db/migrations/0002_index.sql`:3');
    expect(conversation).toContain('**2 things to look at** in this change. Nothing blocks the merge.');
    expect(conversation).toContain('### Review Vitals: neutral — 2 things to look at');
    expect(run.summary).toContain('### Review Vitals');
  });

  it('gets nothing new from a second run on the same head', async () => {
    const before = await github.snapshot(repository, 7);
    const run = await judge(github, { files: { 'lcov.info': moduleReport } });
    expect(writes(run)).toEqual(['PATCH /check-runs/N']);
    expect(await github.snapshot(repository, 7)).toBe(before);
  });

  it('loses nothing when a review comes in and there is no coverage report', async () => {
    await github.apply({
      repositories: [
        {
          name: repository,
          pullRequests: [{ number: 7, reviews: [{ by: 'mira', state: 'COMMENTED', body: 'Looking.' }] }],
        },
      ],
    });
    const [review] = (await github.pull(repository, 7)).reviews.filter(({ by }) => by === 'mira');
    const run = await judge(github, {
      event: 'pull_request_review',
      action: 'submitted',
      workspace: 'empty',
      ...(review && { id: review.id }),
    });
    expect(run.outputs).toMatchObject({ findings: '2', conclusion: 'neutral' });
    // The review itself is news to the review rules; nothing is posted anew or taken away.
    expect(writes(run).filter((write) => !write.startsWith('PATCH'))).toEqual([]);
    expect(await github.snapshot(repository, 7)).toContain('10 of 30 added lines');
  });

  it('has the thread of a fixed finding closed and the summary brought up to date', async () => {
    await github.apply({
      repositories: [
        {
          name: repository,
          pullRequests: [
            {
              number: 7,
              pushes: [
                {
                  by: 'ada',
                  commits: [
                    {
                      commit: 'Build it concurrently',
                      by: 'ada',
                      files: {
                        'db/migrations/0002_index.sql': blockingMigration.replace(
                          'INDEX orders',
                          'INDEX CONCURRENTLY orders',
                        ),
                      },
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    const run = await judge(github, { files: { 'lcov.info': moduleReport } });
    // Without contents: write the thread cannot be resolved; nobody had answered, so the comment goes.
    expect(writes(run)).toEqual(['POST /check-runs', 'DELETE /pulls/comments/N', 'PATCH /issues/comments/N']);
    const conversation = await github.snapshot(repository, 7);
    expect(conversation).not.toContain('CREATE INDEX` `orders_status_idx` takes');
    expect(conversation).toContain('**1 thing to look at** in this change.');
  });

  it('has everything resolved in the end, where the token may', async () => {
    const token = await github.token({ ...jobPermissions, contents: 'write' });
    const run = await judge(github, {
      token,
      files: { 'lcov.info': moduleReport.replaceAll(/,0$/gm, ',3') },
    });
    expect(writes(run)).toEqual(['PATCH /check-runs/N', 'PATCH /issues/comments/N']);
    const conversation = await github.snapshot(repository, 7);
    expect(conversation).toContain('The finding is addressed as of `');
    expect(conversation).toMatch(/src\/refund\.ts`:21-30.*resolved/);
    expect(conversation).toContain('### Review Vitals: success — Nothing to look at');
    expect(run.outputs).toMatchObject({ findings: '0', conclusion: 'success' });
  });
});
