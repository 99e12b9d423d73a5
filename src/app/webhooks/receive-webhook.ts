import type { IncomingMessage } from 'node:http';
import type { Probot } from 'probot';
import { type Log, reasonOf } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Acceptance } from './accept-delivery.ts';
import type { Delivery, Payload } from './delivery.ts';
import { heardEvents } from './jobs-of-delivery.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface WebhookReceiver {
  readonly webhooks: Pick<Probot['webhooks'], 'verify'>;
  readonly accept: (delivery: Delivery) => Promise<Acceptance>;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** GitHub sends no payload above 25 MB. */
const largestPayload = 25 * 1024 * 1024;

/**
 * Takes one webhook: 202 once it is on the disk, and only then, so that GitHub's own list of deliveries tells what was
 * lost. 400 for what is not a delivery or not signed by GitHub, 413 for what is too large, 503 when it could not be
 * written; GitHub counts all of these as failed, and we ask for it again later.
 */
export async function receiveWebhook(request: IncomingMessage, receiver: WebhookReceiver): Promise<Answer> {
  const { webhooks, accept, metrics, log } = receiver;
  const event = header(request, 'x-github-event');
  const id = header(request, 'x-github-delivery');
  const signature = header(request, 'x-hub-signature-256');
  const refuse = (status: number, text: string): Answer => {
    metrics.delivery('refused');
    return { status, text };
  };

  if (!/^[a-z_]{1,100}$/.test(event) || !/^[\w-]{1,100}$/.test(id)) {
    return refuse(400, 'This is no delivery of GitHub: x-github-event or x-github-delivery is missing.');
  }
  const body = await readBody(request);
  if (body === undefined) return refuse(413, 'The payload is larger than 25 MB.');
  if (!signature || !(await webhooks.verify(body, signature).catch(() => false))) {
    log.warn('a delivery with a wrong signature was refused', { delivery: id });
    return refuse(400, 'The signature does not match the payload and the secret of the webhook.');
  }
  const payload = parse(body);
  if (!payload)
    return refuse(
      400,
      'The payload is no JSON object; set the content type of the webhook to application/json.',
    );
  if (!heardEvents.has(event)) {
    metrics.delivery('ignored');
    return { status: 202, text: 'Nothing to do for this event.' };
  }
  try {
    const { result, jobs } = await accept({ id, event, payload });
    metrics.delivery(result);
    log.debug('a delivery was taken', { delivery: id, event, result, jobs });
    return { status: 202, text: result === 'duplicate' ? 'Taken before.' : 'Taken.' };
  } catch (error) {
    metrics.delivery('failed');
    log.error('a delivery could not be written', { delivery: id, event, reason: reasonOf(error) });
    return { status: 503, text: 'It could not be written; it is asked for again later.' };
  }
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

/** The body as text; undefined when it is too large, in which case the rest is not read. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > largestPayload) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > largestPayload) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(body: string): Payload | undefined {
  try {
    const payload: unknown = JSON.parse(body);
    return typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? payload : undefined;
  } catch {
    return undefined;
  }
}
