import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type Call, param, type Route, repositoryFor } from '../http/route.ts';
import { repositoryJson } from '../represent/repository.ts';
import { apiUrl } from '../represent/urls.ts';
import { appJson, htmlOf, userJson } from '../represent/user.ts';
import type { Level, PermissionName, Permissions } from '../scenario.ts';
import { type App, type Installation, Refusal, type Repository, type Token } from '../state/model.ts';

const rank: Readonly<Record<Level, number>> = { none: 0, read: 1, write: 2 };

export const appRoutes: readonly Route[] = [
  { operation: 'GET /app', handle: (call) => ({ status: 200, body: appJson(call.state, appOf(call)) }) },
  { operation: 'POST /app-manifests/{code}/conversions', handle: convertManifest },
  {
    operation: 'GET /app/installations',
    handle: (call) => {
      const app = appOf(call);
      const list = [...call.state.installations.values()].filter((one) => one.appId === app.id);
      return { status: 200, list: list.map((one) => installationJson(call, one)) };
    },
  },
  {
    operation: 'GET /app/installations/{installation_id}',
    handle: (call) => ({ status: 200, body: installationJson(call, installationFor(call)) }),
  },
  {
    operation: 'POST /app/installations/{installation_id}/access_tokens',
    handle: (call) => {
      const installation = installationFor(call);
      if (installation.suspendedAt !== null) throw new Refusal(403, 'This installation has been suspended');
      return { status: 201, body: newToken(call, installation) };
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/installation',
    handle: (call) => {
      const app = appOf(call);
      const repository = call.state.repository(`${param(call, 'owner')}/${param(call, 'repo')}`);
      const found = [...call.state.installations.values()].find(
        (one) => one.appId === app.id && reaches(one, repository),
      );
      if (found === undefined) throw new Refusal(404, 'Not Found');
      return { status: 200, body: installationJson(call, found) };
    },
  },
  {
    operation: 'GET /installation/repositories',
    handle: (call) => {
      const { token } = call.viewer;
      if (token === undefined || token.kind === 'user')
        throw new Refusal(
          403,
          'You must authenticate with an installation access token in order to list repositories for an installation.',
        );
      const list = [...call.state.repositories.values()].filter(
        (one) => token.repositories === undefined || token.repositories.includes(one.fullName),
      );
      return {
        status: 200,
        key: 'repositories',
        list: list.map((one) =>
          repositoryJson(call.state, repositoryFor(named(call, one), 'metadata', 'read')),
        ),
      };
    },
  },
];

/** The last step of setting an app up from a manifest: any code is good, once. */
function convertManifest(call: Call): { status: number; body: unknown } {
  const slug = `app-${param(call, 'code')}`;
  if ([...call.state.apps.values()].some((app) => app.slug === slug)) throw new Refusal(404, 'Not Found');
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const webhookSecret = randomBytes(20).toString('hex');
  const created = { id: call.state.nextId(), slug, name: slug, owner: 'octo-org', publicKey, webhookSecret };
  const app: App = { ...created, permissions: {}, events: [], createdAt: call.state.now() };
  call.state.app(app);
  const secrets = {
    client_secret: randomBytes(20).toString('hex'),
    webhook_secret: webhookSecret,
    pem: privateKey,
  };
  return { status: 201, body: { ...appJson(call.state, app), ...secrets } };
}

function named(call: Call, repository: Repository): Call {
  return { ...call, params: { owner: repository.owner, repo: repository.name } };
}

export function appOf(call: Call): App {
  if (call.viewer.app === undefined) throw new Refusal(401, 'A JSON web token could not be decoded');
  return call.viewer.app;
}

function installationFor(call: Call): Installation {
  const app = appOf(call);
  const found = call.state.installations.get(Number(param(call, 'installation_id')));
  if (found === undefined || found.appId !== app.id) throw new Refusal(404, 'Not Found');
  return found;
}

export function reaches(installation: Installation, repository: Repository): boolean {
  if (installation.repositories !== undefined) return installation.repositories.includes(repository.fullName);
  return repository.owner === installation.account;
}

function newToken(call: Call, installation: Installation): Record<string, unknown> {
  const asked = (call.body.permissions ?? installation.permissions) as Permissions;
  for (const [name, level] of Object.entries(asked) as [PermissionName, Level][]) {
    if (rank[level] > rank[installation.permissions[name] ?? (name === 'metadata' ? 'read' : 'none')]) {
      throw new Refusal(422, 'The permissions requested are not granted to this installation.');
    }
  }
  const names = call.body.repositories;
  const ids = call.body.repository_ids;
  const repositories = [...call.state.repositories.values()]
    .filter((one) => reaches(installation, one))
    .filter((one) => !Array.isArray(names) || names.includes(one.name))
    .filter((one) => !Array.isArray(ids) || ids.includes(one.id));
  const expiresAt = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`;
  const app = call.state.apps.get(installation.appId);
  const token: Token = {
    value: `ghs_${randomBytes(18).toString('hex')}`,
    kind: 'installation',
    login: `${app?.slug ?? 'ghost'}[bot]`,
    appId: installation.appId,
    permissions: asked,
    repositories: repositories.map((one) => one.fullName),
    expiresAt,
  };
  call.state.tokens.set(token.value, token);
  return {
    token: token.value,
    expires_at: expiresAt,
    permissions: { metadata: 'read', ...asked },
    repository_selection: installation.repositories === undefined ? 'all' : 'selected',
  };
}

export function installationJson(
  call: Pick<Call, 'state'>,
  installation: Installation,
): Record<string, unknown> {
  const { state } = call;
  const account = state.user(installation.account);
  const app = state.apps.get(installation.appId);
  return {
    id: installation.id,
    account: userJson(state, installation.account),
    repository_selection: installation.repositories === undefined ? 'all' : 'selected',
    access_tokens_url: apiUrl(state, `/app/installations/${installation.id}/access_tokens`),
    repositories_url: apiUrl(state, '/installation/repositories'),
    html_url: `${htmlOf(state, account)}/settings/installations/${installation.id}`,
    app_id: installation.appId,
    app_slug: app?.slug ?? '',
    target_id: account.id,
    target_type: account.type,
    permissions: { metadata: 'read', ...installation.permissions },
    events: app?.events ?? [],
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    suspended_by: null,
    suspended_at: installation.suspendedAt,
  };
}
