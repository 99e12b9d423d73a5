import { createHmac, randomUUID } from 'node:crypto';
import { reaches } from '../rest/apps.ts';
import type { GitHubState, StateEvent } from '../state/github-state.ts';
import type { App, Installation } from '../state/model.ts';
import { eventPayload } from './event-payload.ts';

export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly appId: number;
  readonly deliveredAt: string;
  readonly redelivery: boolean;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly payload: string;
  readonly headers: Readonly<Record<string, string>>;
  statusCode: number;
  answer: string;
}

/** Signed deliveries to the apps that are installed where something happened. */
export class Webhooks {
  readonly deliveries: Delivery[] = [];
  /** Nothing is told while a scenario is being seeded. */
  quiet = false;
  /** Deliveries are only recorded, for a test that sends them itself. */
  held = false;
  private readonly state: GitHubState;
  private readonly open = new Set<Promise<void>>();

  constructor(state: GitHubState) {
    this.state = state;
    state.listeners.push((event) => this.announce(event));
  }

  /** Resolves when every delivery under way has its answer. */
  async settled(): Promise<void> {
    while (this.open.size > 0) await Promise.all(this.open);
  }

  /** Sends a delivery again under its old GUID, as GitHub's redelivery does. */
  redeliver(id: number): Delivery | undefined {
    const found = this.deliveries.find((delivery) => delivery.id === id);
    const app = found === undefined ? undefined : this.state.apps.get(found.appId);
    if (found === undefined || app === undefined) return undefined;
    const again = {
      ...found,
      id: this.state.nextId(),
      deliveredAt: this.state.now(),
      redelivery: true,
      statusCode: 0,
      answer: '',
    };
    this.deliveries.push(again);
    this.send(app, again);
    return again;
  }

  private announce(event: StateEvent): void {
    if (this.quiet) return;
    for (const installation of this.state.installations.values()) {
      const app = this.state.apps.get(installation.appId);
      const wanted =
        app?.webhookUrl !== undefined && (app.events.length === 0 || app.events.includes(event.name));
      if (
        app === undefined ||
        !wanted ||
        installation.suspendedAt !== null ||
        !reaches(installation, event.repository)
      )
        continue;
      this.deliver(app, installation, event);
    }
  }

  private deliver(app: App, installation: Installation, event: StateEvent): void {
    const payload = JSON.stringify({
      ...eventPayload(this.state, event),
      installation: { id: installation.id, node_id: `MDIz${installation.id}` },
    });
    const guid = randomUUID();
    const signature = createHmac('sha256', app.webhookSecret ?? '')
      .update(payload)
      .digest('hex');
    const delivery: Delivery = {
      id: this.state.nextId(),
      guid,
      appId: app.id,
      deliveredAt: this.state.now(),
      redelivery: false,
      event: event.name,
      action: event.action ?? null,
      installationId: installation.id,
      repositoryId: event.repository.id,
      payload,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/fa4e000',
        'x-github-delivery': guid,
        'x-github-event': event.name,
        'x-github-hook-id': String(app.id),
        'x-github-hook-installation-target-id': String(app.id),
        'x-github-hook-installation-target-type': 'integration',
        'x-hub-signature-256': `sha256=${signature}`,
      },
      statusCode: 0,
      answer: '',
    };
    this.deliveries.push(delivery);
    if (!this.held) this.send(app, delivery);
  }

  /** GitHub gives a receiver ten seconds, and does not try again by itself. */
  private send(app: App, delivery: Delivery): void {
    const { webhookUrl } = app;
    if (webhookUrl === undefined) return;
    const done = fetch(webhookUrl, {
      method: 'POST',
      headers: delivery.headers,
      body: delivery.payload,
      signal: AbortSignal.timeout(10_000),
    })
      .then(async (answer) => {
        delivery.statusCode = answer.status;
        delivery.answer = await answer.text();
      })
      .catch((error: unknown) => {
        delivery.statusCode = 502;
        delivery.answer = String(error);
      })
      .finally(() => this.open.delete(done));
    this.open.add(done);
  }
}
