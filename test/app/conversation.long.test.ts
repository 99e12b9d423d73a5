import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blockingMigration } from '../support/end-to-end.ts';
import { eventually } from './support/app-process.ts';
import { repositoryOf, type Scene, startScene } from './support/scene.ts';
import { webhookSecret } from './support/webhook.ts';

let scene: Scene;

beforeAll(async () => {
  const migration = { 'db/migrations/0002_index.sql': blockingMigration };
  scene = await startScene({
    repositories: ['acme/shop', 'globex/shop'].map((name) => repositoryOf(name, { 7: migration })),
  });
});

afterAll(() => scene?.end());

describe('two organisations', () => {
  it('are known from the start, without an event of their installation', async () => {
    const { line } = scene;
    await line({ queue: 'installations', message: 'job done', what: '2 installations to look at' });
    await line({ queue: 'installation', installation: 11, what: '1 repositories' });
    await line({ queue: 'installation', installation: 22, what: '1 repositories' });
  });

  it('get the same conversation, each in its own repository', async () => {
    const { github, send, line, id } = scene;
    await send('pull_request', 'acme/shop', 7, 'opened');
    await send('pull_request', 'globex/shop', 7, 'opened');
    const judged = { queue: 'judge', message: 'job done', number: 7 };
    await line({ ...judged, repository: await id('acme/shop') });
    await line({ ...judged, repository: await id('globex/shop') });
    const acme = await github.snapshot('acme/shop', 7);
    const globex = await github.snapshot('globex/shop', 7);
    expect(acme).toContain('#### `db/migrations/0002_index.sql`:3');
    expect(acme).toContain('**1 thing to look at** in this change. Nothing blocks the merge.');
    expect(acme).toContain('### Review Vitals: neutral — 1 thing to look at');
    expect(acme).toContain('review-vitals-test[bot]');
    expect(withoutNames(globex)).toBe(withoutNames(acme));
  });

  it('get nothing new from the next event on the same head', async () => {
    const { github, app } = scene;
    const before = await github.snapshot('acme/shop', 7);
    await github.apply({
      repositories: [
        {
          name: 'acme/shop',
          pullRequests: [{ number: 7, reviews: [{ by: 'mira', state: 'COMMENTED', body: 'Looking.' }] }],
        },
      ],
    });
    await github.settle();
    // Their own review and comment are no reason to be judged again: the second job is that of the review.
    await eventually(
      () =>
        app()
          .log()
          .filter((line) => line.installation === 11 && line.queue === 'judge' && line.message === 'job done')
          .length === 2 || undefined,
      'the job of the review',
      50,
    );
    const after = await github.snapshot('acme/shop', 7);
    expect(after.match(/things? to look at/g)).toEqual(before.match(/things? to look at/g));
    expect(after.match(/#### `db/g)).toEqual(before.match(/#### `db/g));
  });

  it('share a server that writes no token into its log', () => {
    const log = scene.app().logText();
    expect(log).not.toMatch(/gh[a-z]_\w|eyJ|PRIVATE KEY/);
    expect(log).not.toContain(webhookSecret);
  });
});

/** Two snapshots of the same conversation differ in names, commits and nothing else. */
function withoutNames(snapshot: string): string {
  return snapshot
    .replace(/acme|globex/g, 'ORG')
    .replace(/\b[\da-f]{7,40}\b/g, 'ID')
    .replace(/127\.0\.0\.1:\d+/g, 'HOST')
    .replace(/\b\d+ minutes/g, 'SOME minutes');
}
