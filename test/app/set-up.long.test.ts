import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { events, manifest, permissions } from '../../src/app/set-up/manifest.ts';
import { heardEvents } from '../../src/app/webhooks/jobs-of-delivery.ts';
import { type GitHub, startGitHub } from '../github/start-github.ts';
import { type AppProcess, eventually, startAppProcess } from './support/app-process.ts';
import { makeDataFolder } from './support/data-folder.ts';
import { pullRequestEvent, sendWebhook, sign } from './support/webhook.ts';

let folder: string;
let github: GitHub;
let app: AppProcess;

function start(): Promise<AppProcess> {
  return startAppProcess({
    environment: { GHE_HOST: new URL(github.url).host, GHE_PROTOCOL: 'http', REVIEW_VITALS_DATA: folder },
  });
}

async function stateOf(page: string): Promise<string> {
  const text = await (await fetch(page)).text();
  return /state&#61;|state=([\da-f]{32})/.exec(text)?.[1] ?? '';
}

function answer(query: string): Promise<Response> {
  return fetch(`${app.url}/probot/setup?${query}`, { redirect: 'manual' });
}

beforeAll(async () => {
  folder = await makeDataFolder();
  github = await startGitHub();
  app = await start();
});

afterAll(async () => {
  await app?.kill();
  await github?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a server with nothing configured', () => {
  it('says in three lines what to do next', () => {
    expect(app.stdout().split('\n')).toEqual([
      `Review Vitals listens on ${app.url} and keeps its queue in ${folder}, for one process.`,
      `Next: open ${app.url}/probot, at the address GitHub can reach, and make the App there.`,
      'Then: choose the repositories it may see. It starts at once; nothing has to be restarted.',
      '',
    ]);
  });

  it('is ready, and takes no webhook', async () => {
    const ready = await fetch(`${app.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: 'ready', takes: 'the set-up at /probot only' });
    expect((await sendWebhook(app.url, { event: 'pull_request', payload: pullRequestEvent(1) })).status).toBe(
      404,
    );
  });

  it('shows a form with the manifest for the address it was reached at', async () => {
    const page = await fetch(`${app.url}/probot`, {
      headers: { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'vitals.example.org' },
    });
    const text = (await page.text()).replace(/&#(\d+);/g, (_all, code) => String.fromCharCode(Number(code)));
    expect(text).toContain(`action="${github.url}/settings/apps/new?state=`);
    expect(text).toContain('"url":"https://vitals.example.org/api/github/webhooks"');
    expect(text).toContain('"redirect_url":"https://vitals.example.org/probot/setup"');
    expect(text).not.toContain('GitHub cannot reach');
  });

  it('makes the App for an organisation where one is named', async () => {
    const named = await (await fetch(`${app.url}/probot?organisation=acme`)).text();
    expect(named).toContain('/organizations/acme/settings/apps/new?state=');
    const hostile = await (await fetch(`${app.url}/probot?organisation=%22%3E%3Cscript%3E`)).text();
    expect(hostile).not.toContain('<script');
  });

  it('puts no header of a request into its page unescaped', async () => {
    const page = await fetch(`${app.url}/probot`, { headers: { 'x-forwarded-host': 'a"><script>b' } });
    expect(await page.text()).not.toContain('<script');
  });

  it.each(['code=abc', 'code=abc&state=', `code=abc&state=${'0'.repeat(32)}`])(
    'refuses an answer to a form it has not shown: %s',
    async (query) => {
      const refused = await answer(query);
      expect([refused.status, await refused.text()]).toEqual([
        400,
        'This address is not the answer to a form of this page. Start again at /probot.',
      ]);
    },
  );

  it('starts to work as soon as GitHub has made the App, and keeps the key to itself', async () => {
    const query = `code=made&state=${await stateOf(`${app.url}/probot`)}`;
    const made = await answer(query);
    expect(made.status).toBe(302);
    expect(made.headers.get('location')).toMatch(/\/apps\/app-made\/installations\/new$/);
    expect(statSync(join(folder, 'app.json')).mode & 0o777).toBe(0o600);
    expect((await answer(query)).status).toBe(404);
    expect((await fetch(`${app.url}/probot`)).status).toBe(404);

    const { webhookSecret } = JSON.parse(readFileSync(join(folder, 'app.json'), 'utf8')) as {
      webhookSecret: string;
    };
    const payload = { action: 'created', installation: { id: 5 } };
    const signature = sign(JSON.stringify(payload), webhookSecret);
    expect((await sendWebhook(app.url, { event: 'installation', payload, signature })).status).toBe(202);
    await eventually(
      () => app.log().find((line) => line.queue === 'installation'),
      'the job of the installation',
    );
    expect(app.logText()).not.toContain(webhookSecret);
  });

  it('finds the App again at its next start', async () => {
    expect(await app.stop()).toBe(0);
    app = await start();
    expect(app.stdout()).toContain('GitHub has to reach https://YOUR-HOST/api/github/webhooks.');
  });
});

describe('app.yml', () => {
  const file = parse(readFileSync('app.yml', 'utf8')) as Record<string, unknown>;

  it('asks for what the set-up page asks for', () => {
    const {
      default_permissions,
      default_events,
      description,
      public: isPublic,
      name,
    } = manifest('https://example.org');
    expect(file).toMatchObject({ default_permissions, default_events, description, public: isPublic, name });
  });

  it('says of every permission what it is for', () => {
    const text = readFileSync('app.yml', 'utf8');
    for (const [name, access] of Object.entries(permissions)) {
      expect(text).toMatch(new RegExp(`^  # .+\\n(?:  # .+\\n)*  ${name}: ${access}$`, 'm'));
    }
  });

  it('asks for the events the App hears, except those every App gets', () => {
    const unasked = ['installation', 'installation_repositories', 'check_run', 'check_suite'];
    expect([...events, ...unasked].toSorted()).toEqual([...heardEvents].toSorted());
  });
});
