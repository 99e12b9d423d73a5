import { join } from 'node:path';
import { type CloneCache, openCloneCache } from './clones/clone-cache.ts';
import { type Credentials, saveCredentials, savingObstacle } from './credentials.ts';
import { type AppAccess, openAppAccess } from './github/app-access.ts';
import { healthz, metricsPage, readyz, webhookPath, webhooks } from './http/routes.ts';
import { type Routes, serve } from './http/serve.ts';
import { startWork, type Work } from './jobs/start-work.ts';
import { type Log, reasonOf } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { RepositoryJob } from './queue/jobs.ts';
import { openQueue, type Queue } from './queue/open-queue.ts';
import { type QueueTiming, usualTiming } from './queue/queues.ts';
import { openScratchFolder } from './scratch-folder.ts';
import { setUpRoutes } from './set-up/set-up-routes.ts';
import type { AppSettings } from './settings.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/storage.ts';
import { acceptDelivery } from './webhooks/accept-delivery.ts';

export interface AppParts {
  readonly settings: AppSettings;
  readonly log: Log;
  readonly work: Work;
  readonly timing?: QueueTiming;
}

export interface RunningApp {
  readonly port: number;
  readonly storage: Storage['kind'];
  /** False while the server waits to be set up. */
  isSetUp(): boolean;
  /** Takes no more deliveries, lets jobs finish for so long, hands the others back, closes the database. */
  stop(seconds: number): Promise<void>;
}

const maintainEveryMinutes = 10;

/** Opens the database, the queue and the port, in this order: a delivery is never answered before it can be kept. */
export async function startApp({ settings, log, work, timing = usualTiming }: AppParts): Promise<RunningApp> {
  const storage = await openStorage(settings, log);
  const metrics = createMetrics();
  let obstacle: string | undefined = 'starting';
  let access: AppAccess | undefined;
  const undo: (() => unknown)[] = [() => storage.close()];

  try {
    const queue = await openQueue(storage, timing, log);
    undo.push(() => queue.stop(1));
    const scratch = await openScratchFolder(settings.cacheFolder);
    undo.push(() => scratch.remove());
    const clones = openCloneCache({
      folder: join(settings.cacheFolder, 'clones'),
      mostBytes: settings.cacheMegabytes * 1024 * 1024,
      log,
    });
    const maintenance = keepMaintained(storage, clones, log);
    undo.push(() => maintenance.stop());

    async function begin(credentials: Credentials): Promise<void> {
      const opened = await openAppAccess(credentials, settings.gitHub, log);
      const context = { storage, queue, access: opened, log, scratchFolder: scratch.path, clones };
      await startWork({ work, context, concurrency: settings.concurrency, metrics });
      access = opened;
      log.info('the App is at work', { app: opened.appId, storage: storage.kind });
    }

    const always = standingRoutes(queue);
    const setUp = setUpRoutes({
      place: settings.gitHub,
      obstacle: () => savingObstacle(settings.dataFolder),
      async finish(credentials) {
        saveCredentials(settings.dataFolder, credentials);
        await begin(credentials);
      },
    });

    function standingRoutes(readyQueue: Queue): Routes {
      return new Map([
        ['GET /healthz', healthz],
        [
          'GET /readyz',
          readyz({ queue: readyQueue, obstacle: () => obstacle, isSetUp: () => access !== undefined }),
        ],
        ['GET /metrics', metricsPage(metrics, readyQueue)],
      ]);
    }

    function routes(): Routes {
      if (!access) return new Map([...always, ...setUp]);
      const receiver = {
        webhooks: access.webhooks,
        accept: (delivery: Parameters<typeof acceptDelivery>[0]) => acceptDelivery(delivery, storage, queue),
        metrics,
        log,
      };
      return new Map([
        ...always,
        [`POST ${webhookPath}`, webhooks(receiver)],
        ['GET /', () => ({ status: 200, body: 'Review Vitals is at work.\n' })],
      ]);
    }

    if (settings.credentials) await begin(settings.credentials);
    const server = await serve({ host: settings.host, port: settings.port, log, routes });
    obstacle = undefined;

    return {
      port: server.port,
      storage: storage.kind,
      isSetUp: () => access !== undefined,
      async stop(seconds) {
        obstacle = 'ending';
        await server.close(5);
        await queue.stop(seconds);
        await maintenance.stop();
        scratch.remove();
        await storage.close();
      },
    };
  } catch (error) {
    // What it was that failed first is told; what fails while clearing up after it is not.
    for (const step of undo.toReversed()) await (async () => step())().catch(() => undefined);
    throw error;
  }
}

async function knownRepositories({ db }: Storage): Promise<readonly RepositoryJob[]> {
  const rows = await db.selectFrom('repository').select(['id', 'installation_id']).execute();
  return rows.map(({ id, installation_id: installation }) => ({ installation, repository: id }));
}

interface Maintenance {
  stop(): Promise<void>;
}

function keepMaintained(storage: Storage, clones: CloneCache, log: Log): Maintenance {
  let running: Promise<void> = Promise.resolve();
  async function maintain(): Promise<void> {
    await storage
      .maintain?.()
      .catch((error: unknown) =>
        log.error('the embedded database could not be tidied', { reason: reasonOf(error) }),
      );
    // An uninstallation is noticed by one process, and clones lie on every machine.
    await knownRepositories(storage)
      .then((known) => clones.retain(known))
      .catch((error: unknown) => log.error('the clones could not be tidied', { reason: reasonOf(error) }));
  }
  const timer = setInterval(() => {
    running = maintain();
  }, maintainEveryMinutes * 60_000);
  return {
    stop() {
      clearInterval(timer);
      return running;
    },
  };
}
