import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createClient } from '../../collect/github/create-client.ts';
import type { Credentials } from '../credentials.ts';
import type { Reply, Route, Routes } from '../http/serve.ts';
import type { GitHubPlace } from '../settings.ts';
import { manifest } from './manifest.ts';

export interface SetUp {
  readonly place: GitHubPlace;
  /** Why the credentials could not be kept, asked before GitHub is: its answer can be had only once. */
  obstacle(): string | undefined;
  /** Called once, with what GitHub gave. */
  finish(credentials: Credentials): Promise<void>;
}

interface Conversion {
  readonly id: number;
  readonly pem: string;
  readonly webhook_secret: string | null;
  readonly html_url: string;
}

/** Pages that are open at once and may still come back. */
const mostStates = 100;

/**
 * The pages that make a GitHub App: a form that sends the manifest to GitHub, and the address GitHub sends the browser
 * back to. A page works once, and only for the answer to a form this server has shown.
 */
export function setUpRoutes({ place, obstacle, finish }: SetUp): Routes {
  const states = new Set<string>();
  let isFinished = false;

  function form(request: IncomingMessage, url: URL): Reply {
    const state = randomBytes(16).toString('hex');
    states.add(state);
    for (const oldest of [...states].slice(0, Math.max(0, states.size - mostStates))) states.delete(oldest);
    const organisation = url.searchParams.get('organisation') ?? '';
    const owner = /^[a-z\d](?:[a-z\d-]{0,98})$/i.test(organisation) ? `/organizations/${organisation}` : '';
    return page(
      formPage(place.webUrl, manifest(addressOf(request)), `${owner}/settings/apps/new?state=${state}`),
    );
  }

  async function complete(url: URL): Promise<Reply> {
    const code = url.searchParams.get('code') ?? '';
    const state = url.searchParams.get('state') ?? '';
    if (isFinished || !states.delete(state) || !/^[\w-]{1,200}$/.test(code)) {
      return {
        status: 400,
        body: 'This address is not the answer to a form of this page. Start again at /probot.',
      };
    }
    const inTheWay = obstacle();
    if (inTheWay !== undefined) return { status: 500, body: `${inTheWay} Then start again at /probot.` };
    const client = createClient({ apiUrl: place.apiUrl });
    const answer = await client.rest<Conversion>('POST /app-manifests/{code}/conversions', { code });
    if (!answer.ok) {
      return {
        status: 502,
        body: `GitHub did not make the App: ${answer.error.message}. Start again at /probot.`,
      };
    }
    const { id, pem, webhook_secret: webhookSecret, html_url: page } = answer.data;
    if (!webhookSecret)
      return {
        status: 502,
        body: 'GitHub gave no webhook secret. Delete the App there and start again at /probot.',
      };
    isFinished = true;
    await finish({ appId: id, privateKey: pem, webhookSecret });
    const install =
      URL.canParse(page) && page.startsWith(`${place.webUrl}/`) ? `${page}/installations/new` : place.webUrl;
    return { status: 302, body: `Go on at ${install}`, location: install };
  }

  return new Map<string, Route>([
    ['GET /', () => ({ status: 302, body: 'Go on at /probot', location: '/probot' })],
    ['GET /probot', form],
    ['GET /probot/setup', (_request, url) => complete(url)],
  ]);
}

/** Where the browser reached us: behind a proxy its own headers tell. */
function addressOf(request: IncomingMessage): string {
  const first = (name: string): string =>
    String(request.headers[name] ?? '')
      .split(',', 1)[0]
      ?.trim() ?? '';
  const protocol = first('x-forwarded-proto') === 'https' ? 'https' : 'http';
  const url = URL.parse(`${protocol}://${first('x-forwarded-host') || first('host') || 'localhost'}`);
  return url?.origin ?? 'http://localhost';
}

function formPage(webUrl: string, content: ReturnType<typeof manifest>, target: string): string {
  const isLocal = /^https?:\/\/(?:localhost|127\.|\[::1\])/.test(content.url);
  const warning = isLocal
    ? `<p><strong>GitHub cannot reach ${escapeHtml(content.url)}.</strong> Open this page at the address the server has on the internet, or change the webhook's address on the App's page afterwards.</p>`
    : '';
  const asked = Object.entries(content.default_permissions).map(
    ([name, access]) => `<li><code>${name}: ${access}</code></li>`,
  );
  return `<h1>Set up Review Vitals</h1>
<p>This makes a GitHub App of your own. Its key and its webhook secret come back to this server and stay in its data folder.</p>
${warning}
<form method="get"><label>For an organisation: <input name="organisation"></label> <button>Choose</button></form>
<form action="${escapeHtml(`${webUrl}${target}`)}" method="post">
<input type="hidden" name="manifest" value="${escapeHtml(JSON.stringify(content))}">
<p><button>Make the App at ${escapeHtml(`${webUrl}${target}`.replace(/\?.*/, ''))}</button></p>
</form>
<h2>What it asks for</h2>
<ul>${asked.join('')}</ul>`;
}

function page(body: string): Reply {
  const style =
    ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}';
  return {
    status: 200,
    type: 'text/html; charset=utf-8',
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Set up Review Vitals</title><style>${style}</style><main>${body}</main></html>\n`,
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
