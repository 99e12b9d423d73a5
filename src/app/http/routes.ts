import type { Metrics } from '../metrics.ts';
import type { Queue } from '../queue/open-queue.ts';
import { receiveWebhook, type WebhookReceiver } from '../webhooks/receive-webhook.ts';
import type { Reply, Route } from './serve.ts';

/** Where GitHub sends its deliveries; Probot's own default. */
export const webhookPath = '/api/github/webhooks';

const readySeconds = 3;

export interface Readiness {
  readonly queue: Queue;
  /** "starting", "ending" and the like; undefined when there is nothing in the way. */
  obstacle(): string | undefined;
  /** Until then nothing signs deliveries that could be taken, and the pages that set the App up are what is served. */
  isSetUp(): boolean;
}

/** The process is alive: nothing else is asked. */
export const healthz: Route = () => json(200, { status: 'ok' });

/** Deliveries can be taken, or the App can be set up: the database answers and the queue is there. */
export function readyz({ queue, obstacle, isSetUp }: Readiness): Route {
  return async () => {
    const inTheWay = obstacle() ?? (await databaseObstacle(queue));
    if (inTheWay !== undefined) return json(503, { status: 'not ready', reason: inTheWay });
    return json(
      200,
      isSetUp() ? { status: 'ready' } : { status: 'ready', takes: 'the set-up at /probot only' },
    );
  };
}

export function metricsPage(metrics: Metrics, queue: Queue): Route {
  return async () => ({
    status: 200,
    type: 'text/plain; version=0.0.4; charset=utf-8',
    body: metrics.text(await queue.counts().catch(() => [])),
  });
}

export function webhooks(receiver: WebhookReceiver): Route {
  return async (request) => {
    const { status, text } = await receiveWebhook(request, receiver);
    return { status, body: `${text}\n` };
  };
}

/** Errors of the database are not shown: they can name hosts and users. The log has them. */
async function databaseObstacle(queue: Queue): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(
      () => resolve(`the database did not answer within ${readySeconds} seconds`),
      readySeconds * 1000,
    );
  });
  const asked = queue.counts().then(
    () => undefined,
    () => 'the database cannot be asked',
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

function json(status: number, value: unknown): Reply {
  return { status, body: `${JSON.stringify(value)}\n`, type: 'application/json' };
}
