import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openCloneCache } from '../../src/app/clones/clone-cache.ts';
import { openAppAccess } from '../../src/app/github/app-access.ts';
import type { JobContext } from '../../src/app/jobs/context.ts';
import { forgetInstallation } from '../../src/app/jobs/forget-installation.ts';
import { recoverDeliveries } from '../../src/app/jobs/recover-deliveries.ts';
import { startWeeklyRound } from '../../src/app/jobs/start-weekly-round.ts';
import { syncInstallation } from '../../src/app/jobs/sync-installation.ts';
import { syncInstallations } from '../../src/app/jobs/sync-installations.ts';
import { createLog } from '../../src/app/log.ts';
import { openQueue, type Queue } from '../../src/app/queue/open-queue.ts';
import { usualTiming } from '../../src/app/queue/queues.ts';
import { permissions } from '../../src/app/set-up/manifest.ts';
import { openEmbedded } from '../../src/app/storage/open-embedded.ts';
import type { Storage } from '../../src/app/storage/storage.ts';
import { acceptDelivery } from '../../src/app/webhooks/accept-delivery.ts';
import { type GitHub, type Scenario, startGitHub } from '../github/start-github.ts';
import { freePort } from './support/app-process.ts';
import { makeDataFolder } from './support/data-folder.ts';
import { appId, privateKey, publicKey, pullRequestEvent, webhookSecret } from './support/webhook.ts';

const log = createLog('error', () => undefined);
let folder: string;
let github: GitHub;
let storage: Storage;
let queue: Queue;
let context: JobContext;
let webhookUrl: string;

function installed(
  installations: readonly { id: number; account: string; repositories?: readonly string[] }[],
): Scenario {
  const app = { id: appId, slug: 'review-vitals-test', publicKey, webhookUrl, webhookSecret, permissions };
  return { apps: [{ ...app, installations }] };
}

beforeAll(async () => {
  folder = await makeDataFolder();
  // Nobody listens there.
  webhookUrl = `http://127.0.0.1:${await freePort()}/api/github/webhooks`;
  github = await startGitHub({
    now: new Date(Date.now() - 3_600_000).toISOString(),
    users: { acme: { type: 'Organization' }, globex: { type: 'Organization' } },
    ...installed([
      { id: 11, account: 'acme' },
      { id: 22, account: 'globex' },
    ]),
    repositories: [
      {
        name: 'acme/shop',
        collaborators: { ada: 'write' },
        git: [{ commit: 'Begin', by: 'ada', files: { 'README.md': '# Shop\n' } }],
        pullRequests: [
          {
            number: 7,
            title: 'Change it',
            author: 'ada',
            head: 'change',
            base: 'main',
            commits: [{ commit: 'Change', by: 'ada', files: { 'a.ts': '1\n' } }],
          },
        ],
      },
      { name: 'acme/site' },
      { name: 'globex/shop' },
    ],
  });
  storage = await openEmbedded(folder, log);
  queue = await openQueue(storage, usualTiming, log);
  const place = { webUrl: github.url, apiUrl: github.apiUrl };
  const access = await openAppAccess({ appId, privateKey, webhookSecret }, place, log);
  const clones = openCloneCache({ folder: join(folder, 'clones'), mostBytes: 2 ** 30, log });
  context = { storage, queue, access, log, scratchFolder: folder, clones };
});

afterAll(async () => {
  expect(await github.violations()).toEqual([]);
  await queue?.stop(1);
  await storage?.close();
  await github?.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await forgetInstallation(11, context);
  await forgetInstallation(22, context);
});

async function repositories(): Promise<readonly string[]> {
  const rows = await storage.db.selectFrom('repository').selectAll().orderBy('id').execute();
  const names = ['acme/shop', 'acme/site', 'globex/shop'];
  const ids = new Map(
    await Promise.all(names.map(async (name) => [(await github.state(name)).id, name] as const)),
  );
  return rows.map(({ installation_id, id }) => `${installation_id} ${ids.get(id)}`);
}

/** A clone and an entry of a chain, as jobs leave them. */
async function keep(installation: number, repository: number): Promise<void> {
  const place = join(folder, `clones/${installation}/${repository}`);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'manifest.json'), '{"version":1,"packs":[],"commits":[]}');
  await storage.db
    .insertInto('chain_entry')
    .values({
      installation_id: installation,
      repository_id: repository,
      chain: 'coverage',
      previous: 0,
      message: '',
      files: null,
    })
    .execute();
}

async function kept(): Promise<{ readonly clones: readonly string[]; readonly records: readonly number[] }> {
  const files = readdirSync(join(folder, 'clones'), { recursive: true, encoding: 'utf8' });
  const rows = await storage.db.selectFrom('chain_entry').select('repository_id').execute();
  return {
    clones: files.filter((name) => name.endsWith('manifest.json')).map((name) => name.slice(0, -14)),
    records: rows.map((row) => row.repository_id),
  };
}

async function waiting(kind: string): Promise<number> {
  return (await queue.counts()).find((count) => count.kind === kind)?.waiting ?? 0;
}

describe('after a database was lost', () => {
  it('every installation is looked at again, without an event of it', async () => {
    expect(await syncInstallations(context)).toEqual({ kind: 'done', what: '2 installations to look at' });
    expect(await waiting('installation')).toBe(2);
  });

  it('and what is stored of one that GitHub knows no more is looked at too', async () => {
    await storage.db.insertInto('installation').values({ id: 33, is_suspended: false }).execute();
    expect(await syncInstallations(context)).toEqual({ kind: 'done', what: '3 installations to look at' });
    await syncInstallation({ kind: 'installation', installation: 33 }, context);
    expect(await storage.db.selectFrom('installation').select('id').execute()).toEqual([]);
  });
});

describe('what is stored of an installation', () => {
  it('is what GitHub says now', async () => {
    expect(await syncInstallation({ kind: 'installation', installation: 11 }, context)).toEqual({
      kind: 'done',
      what: '2 repositories',
    });
    expect(await repositories()).toEqual(['11 acme/shop', '11 acme/site']);
    const [shop, site] = [(await github.state('acme/shop')).id, (await github.state('acme/site')).id];
    await keep(11, shop);
    await keep(11, site);
    await github.apply(installed([{ id: 11, account: 'acme', repositories: ['acme/site'] }]));
    await syncInstallation({ kind: 'installation', installation: 11 }, context);
    expect(await repositories()).toEqual(['11 acme/site']);
    expect(await kept()).toEqual({ clones: [`11/${site}`], records: [site] });
    await github.apply(installed([{ id: 11, account: 'acme' }]));
  });

  it('is deleted when GitHub knows the installation no more', async () => {
    await syncInstallation({ kind: 'installation', installation: 11 }, context);
    await syncInstallation({ kind: 'installation', installation: 22 }, context);
    const delivery = {
      id: randomUUID(),
      event: 'pull_request',
      payload: { ...pullRequestEvent(7), installation: { id: 11 } },
    };
    expect(await acceptDelivery(delivery, storage, queue)).toEqual({ result: 'accepted', jobs: 1 });
    await acceptDelivery(
      { ...delivery, id: randomUUID(), payload: { ...pullRequestEvent(8), installation: { id: 22 } } },
      storage,
      queue,
    );
    expect(await waiting('judge')).toBe(2);

    await keep(11, 1);
    await keep(22, 2);
    await github.fault({ method: 'GET', match: '/app/installations/11$', kind: 'before', status: 404 });
    await syncInstallation({ kind: 'installation', installation: 11 }, context);
    expect(await repositories()).toEqual(['22 globex/shop']);
    expect(await kept()).toEqual({ clones: ['22/2'], records: [2] });
    expect(await waiting('judge')).toBe(1);
    // The bare GUID stays: the same delivery does nothing if it is sent again.
    const row = await storage.db
      .selectFrom('delivery')
      .selectAll()
      .where('id', '=', delivery.id)
      .executeTakeFirst();
    expect(row).toMatchObject({ installation_id: null, repository_id: null, action: null });
    expect(await acceptDelivery(delivery, storage, queue)).toEqual({ result: 'duplicate', jobs: 0 });
  });

  it('stays when GitHub is having trouble', async () => {
    await syncInstallation({ kind: 'installation', installation: 22 }, context);
    await github.fault({
      method: 'GET',
      match: '/app/installations/22$',
      kind: 'before',
      status: 409,
    });
    await expect(syncInstallation({ kind: 'installation', installation: 22 }, context)).rejects.toThrow(
      /^Installation 22 could not be read: /,
    );
    expect(await repositories()).toEqual(['22 globex/shop']);
  });
});

describe('a delivery and its job', () => {
  it('are written together or not at all', async () => {
    const delivery = {
      id: randomUUID(),
      event: 'pull_request',
      payload: { ...pullRequestEvent(9), installation: { id: 11 } },
    };
    const broken: Queue = { ...queue, send: () => Promise.reject(new Error('The queue broke.')) };
    await expect(acceptDelivery(delivery, storage, broken)).rejects.toThrow('The queue broke.');
    expect(
      await storage.db.selectFrom('delivery').select('id').where('id', '=', delivery.id).execute(),
    ).toEqual([]);
    // The same delivery is new when it comes again.
    expect(await acceptDelivery(delivery, storage, queue)).toEqual({ result: 'accepted', jobs: 1 });
  });

  it('many at once for one pull request leave every row and one job', async () => {
    const payload = { ...pullRequestEvent(10), installation: { id: 11 } };
    const taken = await Promise.all(
      Array.from({ length: 20 }, () =>
        acceptDelivery({ id: randomUUID(), event: 'pull_request', payload }, storage, queue),
      ),
    );
    expect(taken.map(({ jobs }) => jobs).toSorted()).toEqual([...Array(19).fill(0), 1]);
    expect(await waiting('judge')).toBe(1);
  });
});

describe('the weekly round', () => {
  it('gives each repository one job, except where the App is suspended', async () => {
    await syncInstallation({ kind: 'installation', installation: 11 }, context);
    await syncInstallation({ kind: 'installation', installation: 22 }, context);
    await storage.db.updateTable('installation').set({ is_suspended: true }).where('id', '=', 22).execute();
    expect(await startWeeklyRound(context)).toEqual({ kind: 'done', what: '2 repositories' });
    expect(await waiting('weekly')).toBe(2);
    await startWeeklyRound(context);
    expect(await waiting('weekly')).toBe(2);
  });
});

describe('the look for lost deliveries', () => {
  /** An event that reaches nobody; its GUID. */
  async function lose(title: string): Promise<string> {
    await github.apply({ repositories: [{ name: 'acme/shop', pullRequests: [{ number: 7, title }] }] });
    await github.settle();
    return (await github.deliveries()).at(-1)?.guid ?? '';
  }

  async function attempts(guid: string): Promise<number> {
    await github.settle();
    return (await github.deliveries()).filter((delivery) => delivery.guid === guid).length;
  }

  it('asks for what did not arrive, at most five times', async () => {
    const guid = await lose('One');
    for (const expected of [2, 3, 4, 5, 5]) {
      await recoverDeliveries(context, Date.now());
      expect(await attempts(guid)).toBe(expected);
    }
  });

  it('leaves alone what arrived although the answer was lost', async () => {
    const guid = await lose('Two');
    await acceptDelivery({ id: guid, event: 'pull_request', payload: pullRequestEvent(7) }, storage, queue);
    await recoverDeliveries(context, Date.now());
    expect(await attempts(guid)).toBe(1);
  });

  it('leaves alone what may still be on its way: up to two minutes', async () => {
    const guid = await lose('Three');
    const { deliveredAt } = (await github.deliveries()).find((delivery) => delivery.guid === guid) ?? {
      deliveredAt: '',
    };
    await recoverDeliveries(context, Date.parse(deliveredAt) + 119_000);
    expect(await attempts(guid)).toBe(1);
    await recoverDeliveries(context, Date.parse(deliveredAt) + 120_000);
    expect(await attempts(guid)).toBe(2);
  });

  it('leaves alone what GitHub no longer sends again: older than three days', async () => {
    const guid = await lose('Four');
    await recoverDeliveries(context, Date.now() + 3 * 86_400_000);
    expect(await attempts(guid)).toBe(1);
    await acceptDelivery({ id: guid, event: 'pull_request', payload: pullRequestEvent(7) }, storage, queue);
  });

  it('follows the list over its pages', async () => {
    const guid = await lose('Five');
    const edits = Array.from({ length: 101 }, (_, page) => ({ number: 7, title: `Known ${page}` }));
    await github.apply({ repositories: [{ name: 'acme/shop', pullRequests: edits }] });
    await github.settle();
    const later = (await github.deliveries()).slice(-edits.length);
    expect(later.map((delivery) => delivery.guid)).not.toContain(guid);
    const rows = later.map((delivery) => ({ id: delivery.guid, event: delivery.event, action: 'edited' }));
    await storage.db.insertInto('delivery').values(rows).execute();
    await recoverDeliveries(context, Date.now());
    expect(await attempts(guid)).toBe(2);
  });
});
