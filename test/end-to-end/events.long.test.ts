import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAction } from '../github/run-action.ts';
import { type GitHub, startGitHub } from '../github/start-github.ts';
import {
  blockingMigration,
  expectNoViolations,
  jobPermissions,
  judge,
  repository,
  scenarioOf,
  writes,
} from '../support/end-to-end.ts';

let github: GitHub;

beforeAll(async () => {
  github = await startGitHub(
    scenarioOf(
      {},
      { 'db/migrations/0002_index.sql': blockingMigration.replace(/^--.*\n/gm, '') },
      { draft: true },
    ),
  );
});

afterAll(async () => {
  await expectNoViolations(github);
  await github.stop();
});

const apply = (pullRequest: Record<string, unknown>) =>
  github.apply({ repositories: [{ name: repository, pullRequests: [{ number: 7, ...pullRequest }] }] });

describe('one pull request, event by event', () => {
  it('a draft gets the check run only', async () => {
    const run = await judge(github, { action: 'opened' });
    expect(writes(run)).toEqual(['POST /check-runs']);
    expect(run.outputs).toMatchObject({ findings: '2', conclusion: 'neutral' });
  });

  it('made ready for review it gets its comments', async () => {
    await apply({ events: [{ type: 'ready_for_review', by: 'ada' }], draft: false });
    const run = await judge(github, { action: 'ready_for_review' });
    expect(writes(run)).toEqual(['PATCH /check-runs/N', 'POST /pulls/N/reviews', 'POST /issues/N/comments']);
  });

  it('a reason added to the description ends that finding', async () => {
    await apply({
      body: 'Support needs to find open orders quickly; the list of `orders` takes 8 seconds today. To undo, drop the index; writes wait about 2 seconds on 400k rows.',
    });
    const run = await judge(github, { action: 'edited' });
    expect(run.outputs).toMatchObject({ findings: '1' });
    expect(writes(run)).toEqual([
      'PATCH /check-runs/N',
      'DELETE /pulls/comments/N',
      'PATCH /issues/comments/N',
    ]);
  });

  it('a command in a comment is followed', async () => {
    const id = /blocking-index=([\da-z]{6})/.exec(await github.snapshot(repository, 7))?.[1] ?? '';
    await apply({
      comments: [{ by: 'mira', body: `/vitals waive ${id}: nobody writes to orders before the launch` }],
    });
    const event = await github.event('issue_comment', {
      repository,
      number: 7,
      action: 'created',
      extra: {},
    });
    const payload = {
      ...event.payload,
      comment: { body: `/vitals waive ${id}: nobody writes to orders before the launch` },
    };
    const run = await runAction({
      github,
      event: { ...event, payload },
      token: await github.token(jobPermissions),
      workspace: 'empty',
    });
    run.clean();
    expect(run.outputs).toMatchObject({ findings: '0', conclusion: 'success' });
  });

  it('a comment without a command asks for nothing', async () => {
    const event = await github.event('issue_comment', {
      repository,
      number: 7,
      action: 'created',
      extra: {},
    });
    const payload = { ...event.payload, comment: { body: 'Looks good.' } };
    const run = await runAction({
      github,
      event: { ...event, payload },
      token: await github.token(jobPermissions),
      workspace: 'empty',
    });
    run.clean();
    expect(run.requests).toEqual([]);
    expect(run.stdout).toContain('The comment holds no /vitals command.');
  });

  it('a merge queue is answered', async () => {
    const event = await github.event('merge_group', { repository, number: 7, action: 'checks_requested' });
    const run = await runAction({
      github,
      event,
      token: await github.token(jobPermissions),
      workspace: 'empty',
    });
    run.clean();
    expect(run.exitCode).toBe(0);
    expect(writes(run)).toEqual(['POST /check-runs']);
  });

  it('closed, it gets nothing new', async () => {
    await apply({ closed: { by: 'ada' } });
    const run = await judge(github, { action: 'closed' });
    expect(writes(run).filter((write) => write.startsWith('POST'))).toEqual([]);
  });
});
