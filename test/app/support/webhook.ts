import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';

export const webhookSecret = 'a webhook secret that appears nowhere';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const privateKey = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
export const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();

export const appId = 4711;

/** What a set-up server is started with. */
export const credentials: Readonly<Record<string, string>> = {
  APP_ID: String(appId),
  PRIVATE_KEY: privateKey,
  WEBHOOK_SECRET: webhookSecret,
};

export interface SentWebhook {
  readonly event: string;
  readonly payload: object;
  readonly id?: string;
  /** Signed with another secret, or not at all. */
  readonly signature?: string | undefined;
}

/** Sends a delivery as GitHub does. */
export function sendWebhook(url: string, sent: SentWebhook): Promise<Response> {
  const body = JSON.stringify(sent.payload);
  const signature = 'signature' in sent ? sent.signature : sign(body);
  return fetch(`${url}/api/github/webhooks`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': sent.event,
      'x-github-delivery': sent.id ?? randomUUID(),
      ...(signature !== undefined && { 'x-hub-signature-256': signature }),
    },
    body,
  });
}

export function sign(body: string, secret = webhookSecret): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** The fields of a pull request event that the App reads. */
export function pullRequestEvent(number: number, action = 'synchronize', repository = 1): object {
  return {
    action,
    installation: { id: 77 },
    repository: { id: repository },
    pull_request: { number, head: { sha: 'f'.repeat(40) } },
  };
}
