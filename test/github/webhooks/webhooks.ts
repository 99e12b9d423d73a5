import { createHmac, randomUUID } from 'node:crypto';
import { reaches } from '../rest/apps.ts';
import type { GitHubState, StateEvent } from '../state/github-state.ts';
import type { App, Delivery, Installation } from '../state/model.ts';
import { eventPayload } from './event-payload.ts';

interface Message {
  readonly event: string;
  readonly action?: string;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly payload: object;
}

/** Signed deliveries to the apps that are installed where something happened. */
export class Webhooks {
  /** Nothing is told while a scenario is being seeded. */
  quiet = false;
  /** Deliveries are only recorded, for a test that sends them itself. */
  held = false;
  private readonly state: GitHubState;
  private readonly open = new Set<Promise<void>>();

  constructor(state: GitHubState) {
    this.state = state;
    state.listeners.push((event) => this.announce(event));
    state.redeliver = (delivery) => this.redeliver(delivery);
  }

  /** Resolves when every delivery under way has its answer. */
  async settled(): Promise<void> {
    while (this.open.size > 0) await Promise.all(this.open);
  }

  /** Tells an app something by hand: installation events, a ping, whatever the state does not tell by itself. */
  tell(app: App, message: Message): Delivery {
    const payload = JSON.stringify(message.payload);
    const guid = randomUUID();
    const delivery: Delivery = {
      id: this.state.nextId(),
      guid,
      appId: app.id,
      deliveredAt: this.state.now(),
      redelivery: false,
      event: message.event,
      action: message.action ?? null,
      installationId: message.installationId,
      repositoryId: message.repositoryId,
      payload,
      headers: headersOf(app, message.event, guid, payload),
      statusCode: 0,
      answer: '',
    };
    this.state.deliveries.push(delivery);
    if (!this.held) this.send(app, delivery);
    return delivery;
  }

  /** Under its old GUID, as GitHub does it. */
  private redeliver(delivery: Delivery): Delivery {
    const again = {
      ...delivery,
      id: this.state.nextId(),
      deliveredAt: this.state.now(),
      redelivery: true,
      statusCode: 0,
      answer: '',
    };
    this.state.deliveries.push(again);
    const app = this.state.apps.get(delivery.appId);
    if (app !== undefined) this.send(app, again);
    return again;
  }

  private announce(event: StateEvent): void {
    if (this.quiet) return;
    for (const installation of this.state.installations.values()) {
      const app = this.state.apps.get(installation.appId);
      const wanted =
        app?.webhookUrl !== undefined && (app.events.length === 0 || app.events.includes(event.name));
      if (app === undefined || !wanted || !isReached(installation, event)) continue;
      this.tell(app, {
        event: event.name,
        ...(event.action === undefined ? {} : { action: event.action }),
        installationId: installation.id,
        repositoryId: event.repository.id,
        payload: {
          ...eventPayload(this.state, event),
          installation: { id: installation.id, node_id: `MDIz${installation.id}` },
        },
      });
    }
  }

  /** GitHub gives a receiver ten seconds, and does not try again by itself. */
  private send(app: App, delivery: Delivery): void {
    const { webhookUrl } = app;
    if (webhookUrl === undefined) return;
    const done: Promise<void> = fetch(webhookUrl, {
      method: 'POST',
      headers: delivery.headers,
      body: delivery.payload,
      signal: AbortSignal.timeout(10_000),
    })
      .then(async (answer) => {
        delivery.answer = await answer.text();
        delivery.statusCode = answer.status;
      })
      .catch((error: unknown) => {
        delivery.statusCode = 502;
        delivery.answer = String(error);
      })
      .finally(() => {
        this.open.delete(done);
      });
    this.open.add(done);
  }
}

function isReached(installation: Installation, event: StateEvent): boolean {
  return installation.suspendedAt === null && reaches(installation, event.repository);
}

function headersOf(app: App, event: string, guid: string, payload: string): Record<string, string> {
  const signature = createHmac('sha256', app.webhookSecret ?? '')
    .update(payload)
    .digest('hex');
  return {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/fa4e000',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': String(app.id),
    'x-github-hook-installation-target-id': String(app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature-256': `sha256=${signature}`,
  };
}
