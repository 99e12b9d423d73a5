import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permissions } from '../../src/app/set-up/manifest.ts';
import { type GitHub, type Scenario, startGitHub } from '../github/start-github.ts';
import { blockingMigration } from '../support/end-to-end.ts';
import { type AppProcess, eventually, freePort, startAppProcess } from './support/app-process.ts';
import { makeDataFolder } from './support/data-folder.ts';
import { appId, credentials, publicKey, sendWebhook, webhookSecret } from './support/webhook.ts';

let folder: string;
let github: GitHub;
let app: AppProcess;

const base = { commit: 'Begin', by: 'ada', files: { 'README.md': '# Shop\n' } };

function pullRequest(number: number, files: Readonly<Record<string, string>>) {
  return {
    number,
    title: `Change ${number}`,
    author: 'ada',
    authorAssociation: 'MEMBER',
    head: `change-${number}`,
    base: 'main',
    commits: [{ commit: 'Change it', by: 'ada', files }],
  };
}

function scenario(webhookUrl: string): Scenario {
  const migration = { 'db/migrations/0002_index.sql': blockingMigration };
  return {
    // Deliveries of a moment ago are left alone by the look for lost ones.
    now: new Date(Date.now() - 900_000).toISOString(),
    users: { acme: { type: 'Organization' }, globex: { type: 'Organization' } },
    apps: [
      {
        id: appId,
        slug: 'review-vitals-test',
        publicKey,
        webhookUrl,
        webhookSecret,
        permissions,
        installations: [
          { id: 11, account: 'acme' },
          { id: 22, account: 'globex' },
        ],
      },
    ],
    repositories: [
      ...['acme/shop', 'globex/shop'].map((name) => ({
        name,
        collaborators: { ada: 'write' as const, mira: 'write' as const },
        git: [base],
        pullRequests: [pullRequest(7, migration), pullRequest(8, { 'docs/why.md': 'Because.\n' })],
      })),
      {
        name: 'acme/with-action',
        collaborators: { ada: 'write' as const },
        git: [
          {
            ...base,
            files: {
              '.github/workflows/ci.yaml':
                'on: pull_request\njobs:\n  test:\n    steps:\n      - uses: octo-org/review-vitals@v1\n        if: always()\n',
            },
          },
        ],
        pullRequests: [pullRequest(7, migration)],
      },
    ],
  };
}

/** An event as GitHub would send it now, from the state it has. */
async function send(event: string, repository: string, number: number, action: string): Promise<void> {
  const { payload } = await github.event(event, { repository, number, action });
  const installation = { id: repository.startsWith('acme/') ? 11 : 22 };
  const answer = await sendWebhook(app.url, { event, payload: { ...payload, installation } });
  expect(answer.status).toBe(202);
}

function jobLine(fields: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
  return eventually(
    () => app.log().find((line) => Object.entries(fields).every(([name, value]) => line[name] === value)),
    `a line with ${JSON.stringify(fields)} after ${app.logText().split('\n').slice(-6).join('\n')}`,
    30,
  );
}

async function repositoryId(name: string): Promise<number> {
  return (await github.state(name)).id;
}

beforeAll(async () => {
  folder = await makeDataFolder();
  const port = await freePort();
  github = await startGitHub(scenario(`http://127.0.0.1:${port}/api/github/webhooks`));
  app = await startAppProcess({
    port,
    environment: {
      ...credentials,
      HOST: '127.0.0.1',
      GHE_HOST: new URL(github.url).host,
      GHE_PROTOCOL: 'http',
      REVIEW_VITALS_DATA: folder,
      LOG_LEVEL: 'debug',
    },
  });
});

afterAll(async () => {
  await app?.kill();
  expect(await github.violations()).toEqual([]);
  await github?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('two organisations', () => {
  it('get the same conversation, each in its own repository', async () => {
    await send('pull_request', 'acme/shop', 7, 'opened');
    await send('pull_request', 'globex/shop', 7, 'opened');
    await jobLine({
      queue: 'judge',
      message: 'job done',
      repository: await repositoryId('acme/shop'),
      number: 7,
    });
    await jobLine({
      queue: 'judge',
      message: 'job done',
      repository: await repositoryId('globex/shop'),
      number: 7,
    });
    const acme = await github.snapshot('acme/shop', 7);
    const globex = await github.snapshot('globex/shop', 7);
    expect(acme).toContain('#### `db/migrations/0002_index.sql`:3');
    expect(acme).toContain('**1 thing to look at** in this change. Nothing blocks the merge.');
    expect(acme).toContain('### Review Vitals: neutral — 1 thing to look at');
    expect(acme).toContain('review-vitals-test[bot]');
    expect(withoutNames(globex)).toBe(withoutNames(acme));
  });

  it('get nothing new from the next event on the same head', async () => {
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
        app
          .log()
          .filter(
            (line) =>
              line.installation === 11 &&
              line.queue === 'judge' &&
              line.number === 7 &&
              line.message === 'job done',
          ).length === 2 || undefined,
      'the job of the review',
      30,
    );
    const after = await github.snapshot('acme/shop', 7);
    expect(after.match(/things? to look at/g)).toEqual(before.match(/things? to look at/g));
    expect(after.match(/#### `db/g)).toEqual(before.match(/#### `db/g));
  });
});

describe('the App', () => {
  it('stays silent where a workflow of the base runs the Action', async () => {
    await send('pull_request', 'acme/with-action', 7, 'opened');
    const line = await jobLine({
      message: 'job had nothing to do',
      repository: await repositoryId('acme/with-action'),
    });
    expect(line).toMatchObject({ why: 'the workflow ci.yaml runs the Action' });
    expect(await github.snapshot('acme/with-action', 7)).not.toContain('Review Vitals');
  });

  it('answers a merge group without a second conversation', async () => {
    await send('merge_group', 'acme/shop', 8, 'checks_requested');
    const line = await jobLine({ queue: 'merge-group', message: 'job done' });
    expect(line).toMatchObject({ what: 'wrote the check run (success)' });
    const { checkRuns } = await github.state('acme/shop');
    expect(checkRuns.at(-1)).toMatchObject({ name: 'Review Vitals', conclusion: 'success' });
  });

  it('knows a repository by its number when an event comes from an installation that has lost it', async () => {
    const payload = {
      action: 'opened',
      installation: { id: 22 },
      repository: { id: await repositoryId('acme/shop') },
      pull_request: { number: 7 },
    };
    await sendWebhook(app.url, { event: 'pull_request', payload });
    const line = await jobLine({ message: 'job had nothing to do', installation: 22 });
    expect(line.why).toBe(
      `repository ${await repositoryId('acme/shop')} is not among those of the installation`,
    );
    // Lost access is looked into at once.
    await jobLine({ queue: 'installation', installation: 22, what: '1 repositories' });
  });

  it('deletes what is stored when it is uninstalled, and a late event brings nothing back', async () => {
    await sendWebhook(app.url, {
      event: 'installation',
      payload: { action: 'created', installation: { id: 11 } },
    });
    await jobLine({ queue: 'installation', installation: 11, what: '2 repositories' });
    await github.fault({
      method: 'GET',
      match: '/app/installations/11$',
      kind: 'before',
      status: 404,
      times: 2,
    });
    await sendWebhook(app.url, {
      event: 'installation',
      payload: { action: 'deleted', installation: { id: 11 } },
    });
    const gone = 'the installation is gone; what was stored of it is deleted';
    await jobLine({ queue: 'installation', installation: 11, what: gone });
    await sendWebhook(app.url, {
      event: 'installation',
      payload: { action: 'created', installation: { id: 11 } },
    });
    await eventually(
      () => (app.log().filter(({ what }) => what === gone).length === 2 ? true : undefined),
      'the job of the late event',
    );
  });

  it('writes no token into its log', () => {
    expect(app.logText()).not.toMatch(/gh[a-z]_\w|eyJ|PRIVATE KEY/);
    expect(app.logText()).not.toContain(webhookSecret);
  });
});

describe('deliveries that were lost', () => {
  it('are asked for and done after the next start', async () => {
    await app.kill();
    const before = (await github.deliveries()).length;
    // Nobody listens: GitHub notes the failure and does not try again.
    await github.apply({
      repositories: [{ name: 'globex/shop', pullRequests: [{ number: 8, title: 'Change it all' }] }],
    });
    await github.settle();
    const lost = (await github.deliveries()).slice(before);
    expect(lost.map(({ event, action, statusCode }) => [event, action, statusCode])).toEqual([
      ['pull_request', 'edited', 502],
    ]);
    app = await startAppProcess({
      port: Number(new URL(app.url).port),
      environment: {
        ...credentials,
        HOST: '127.0.0.1',
        GHE_HOST: new URL(github.url).host,
        GHE_PROTOCOL: 'http',
        REVIEW_VITALS_DATA: folder,
        LOG_LEVEL: 'debug',
      },
    });
    const looked = await jobLine({ queue: 'deliveries', message: 'job done' });
    expect(looked.what).toMatch(/^1 of \d+ deliveries did not arrive; 1 asked for again$/);
    await jobLine({
      queue: 'judge',
      message: 'job done',
      repository: await repositoryId('globex/shop'),
      number: 8,
    });
    expect((await github.deliveries()).filter(({ guid }) => guid === lost[0]?.guid)).toHaveLength(2);
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
