import { rmSync } from 'node:fs';
import { expect } from 'vitest';
import { permissions } from '../../../src/app/set-up/manifest.ts';
import { type GitHub, type Permissions, type Scenario, startGitHub } from '../../github/start-github.ts';
import { type AppProcess, eventually, freePort, startAppProcess } from './app-process.ts';
import { makeDataFolder } from './data-folder.ts';
import { appId, credentials, publicKey, sendWebhook, webhookSecret } from './webhook.ts';

type Line = Readonly<Record<string, unknown>>;
type Repositories = NonNullable<Scenario['repositories']>;

/** A GitHub with the App installed in two organisations, `acme` (11) and `globex` (22), and the App's own process. */
export interface Scene {
  readonly github: GitHub;
  readonly folder: string;
  app(): AppProcess;
  /** An event as GitHub would send it now, from the state it has. */
  send(event: string, repository: string, number: number, action: string): Promise<void>;
  /** Waits for a line of the log with these fields. */
  line(fields: Line): Promise<Line>;
  id(repository: string): Promise<number>;
  /** A new process in the place of the one that was ended. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

export interface SceneOptions {
  readonly repositories: Repositories;
  /** Before the process starts: what another one has left in the data folder. */
  readonly prepare?: (folder: string, github: GitHub) => Promise<void>;
  /** What `globex` has given beyond what the App asks for. */
  readonly granted?: Permissions;
}

export async function startScene({ repositories, prepare, granted }: SceneOptions): Promise<Scene> {
  const port = await freePort();
  const [folder, github] = await Promise.all([
    makeDataFolder(),
    startGitHub({
      // Deliveries of a moment ago are left alone by the look for lost ones.
      now: new Date(Date.now() - 900_000).toISOString(),
      users: { acme: { type: 'Organization' }, globex: { type: 'Organization' } },
      apps: [
        {
          id: appId,
          slug: 'review-vitals-test',
          publicKey,
          webhookUrl: `http://127.0.0.1:${port}/api/github/webhooks`,
          webhookSecret,
          permissions,
          installations: [
            { id: 11, account: 'acme' },
            { id: 22, account: 'globex', permissions: { ...permissions, ...granted } },
          ],
        },
      ],
      repositories,
    }),
  ]);
  await prepare?.(folder, github);
  const start = (): Promise<AppProcess> =>
    startAppProcess({
      port,
      environment: {
        ...credentials,
        HOST: '127.0.0.1',
        GHE_HOST: new URL(github.url).host,
        GHE_PROTOCOL: 'http',
        REVIEW_VITALS_DATA: folder,
        REVIEW_VITALS_CACHE: `${folder}/cache`,
        LOG_LEVEL: 'debug',
      },
    });
  let app = await start();

  return {
    github,
    folder,
    app: () => app,
    async send(event, repository, number, action) {
      const { payload } = await github.event(event, { repository, number, action });
      const installation = { id: repository.startsWith('acme/') ? 11 : 22 };
      const answer = await sendWebhook(app.url, { event, payload: { ...payload, installation } });
      expect(answer.status).toBe(202);
    },
    line: (fields) =>
      eventually(
        () => app.log().find((line) => Object.entries(fields).every(([name, value]) => line[name] === value)),
        `a line with ${JSON.stringify(fields)}`,
        50,
        () => `after ${app.logText().split('\n').slice(-6).join('\n')}`,
      ),
    id: async (repository) => (await github.state(repository)).id,
    async restart() {
      app = await start();
    },
    async end() {
      await app.kill();
      expect(await github.violations()).toEqual([]);
      await github.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const begin = { commit: 'Begin', by: 'ada', files: { 'README.md': '# Shop\n' } };

/** A repository with pull requests by ada, each of one commit that changes these files. */
export function repositoryOf(
  name: string,
  pullRequests: Readonly<Record<number, Readonly<Record<string, string>>>>,
  files: Readonly<Record<string, string>> = {},
): Repositories[number] {
  return {
    name,
    collaborators: { ada: 'write', mira: 'write' },
    git: [{ ...begin, files: { ...begin.files, ...files } }],
    pullRequests: Object.entries(pullRequests).map(([number, changed]) => ({
      number: Number(number),
      title: `Change ${number}`,
      author: 'ada',
      authorAssociation: 'MEMBER' as const,
      head: `change-${number}`,
      base: 'main',
      commits: [{ commit: 'Change it', by: 'ada', files: changed }],
    })),
  };
}
