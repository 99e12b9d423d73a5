import { createPublicKey, verify } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Level, PermissionName } from '../scenario.ts';
import { roleOf } from '../state/association.ts';
import type { GitHubState } from '../state/github-state.ts';
import { type App, Refusal, type Repository, type Token } from '../state/model.ts';

/** Who is asking: nobody, somebody with a token, or an app with its JWT. */
export interface Viewer {
  readonly token?: Token;
  readonly login?: string;
  readonly app?: App;
}

/** Reads the Authorization header; two of them are a bad request, as GitHub's front end answers. */
export function viewerOf(state: GitHubState, request: IncomingMessage): Viewer {
  const headers = request.rawHeaders.filter(
    (name, index) => index % 2 === 0 && name.toLowerCase() === 'authorization',
  );
  if (headers.length > 1) throw new Refusal(400, 'Bad Request: more than one Authorization header');
  const header = request.headers.authorization;
  if (header === undefined) return {};
  const [scheme = '', credentials = ''] = header.split(' ', 2);
  const value = scheme.toLowerCase() === 'basic' ? passwordOf(credentials) : credentials;
  const token = state.tokens.get(value);
  if (token !== undefined) {
    if (token.expiresAt !== undefined && Date.parse(token.expiresAt) <= Date.now())
      throw new Refusal(401, 'Bad credentials');
    return { token, login: token.login };
  }
  const app = scheme.toLowerCase() === 'bearer' ? appOfJwt(state, value) : undefined;
  if (app === undefined) throw new Refusal(401, 'Bad credentials');
  return { app };
}

function passwordOf(basic: string): string {
  const text = Buffer.from(basic, 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
}

function claimsOf(body: string): { readonly iss?: unknown; readonly exp?: unknown } {
  try {
    return (JSON.parse(Buffer.from(body, 'base64url').toString()) ?? {}) as { iss?: unknown; exp?: unknown };
  } catch {
    throw new Refusal(401, 'A JSON web token could not be decoded');
  }
}

function appOfJwt(state: GitHubState, jwt: string): App | undefined {
  const [head = '', body = '', signature = ''] = jwt.split('.');
  if (signature === '') return undefined;
  const claims = claimsOf(body);
  const app = state.apps.get(Number(claims.iss));
  if (app?.publicKey === undefined) return undefined;
  const valid = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    createPublicKey(app.publicKey),
    Buffer.from(signature, 'base64url'),
  );
  if (!valid) throw new Refusal(401, 'A JSON web token could not be decoded');
  const now = Date.now() / 1000;
  if (typeof claims.exp !== 'number' || claims.exp < now) {
    throw new Refusal(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (claims.exp > now + 660)
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  return app;
}

const rank: Readonly<Record<Level, number>> = { none: 0, read: 1, write: 2 };

function covers(token: Token, repository: Repository): boolean {
  return (
    token.repositories === undefined ||
    token.repositories.some((name) => name.toLowerCase() === repository.fullName.toLowerCase())
  );
}

/** Whether the viewer knows that the repository exists. */
export function maySee(viewer: Viewer, repository: Repository): boolean {
  if (!repository.isPrivate) return true;
  const { token } = viewer;
  if (token === undefined) return false;
  if (token.kind === 'user') return roleOf(repository, token.login) !== 'none';
  return covers(token, repository);
}

/**
 * Whether the viewer may do this. Public repositories are readable whatever the token's permissions are, as on GitHub;
 * a person may write contents with a writing role and join any public conversation.
 */
export function may(
  viewer: Viewer,
  repository: Repository,
  permission: PermissionName,
  level: 'read' | 'write',
): boolean {
  const { token } = viewer;
  if (level === 'read' && !repository.isPrivate) return true;
  if (token === undefined) return false;
  if (token.kind === 'user') {
    const role = roleOf(repository, token.login);
    if (role === 'none') return false;
    const talks = permission === 'issues' || permission === 'pull_requests';
    return level === 'read' || talks || role === 'admin' || role === 'maintain' || role === 'write';
  }
  if (permission === 'metadata' && level === 'read') return covers(token, repository);
  return covers(token, repository) && rank[token.permissions[permission] ?? 'none'] >= rank[level];
}

/** 404 where the viewer may not even know of the repository, else 403 (401 for nobody) unless one permission is held. */
export function requirePermission(
  viewer: Viewer,
  repository: Repository,
  permissions: readonly PermissionName[],
  level: 'read' | 'write',
): void {
  if (!maySee(viewer, repository)) throw new Refusal(404, 'Not Found');
  if (permissions.some((permission) => may(viewer, repository, permission, level))) return;
  if (viewer.token === undefined) throw new Refusal(401, 'Requires authentication');
  throw new Refusal(
    403,
    viewer.token.kind === 'user'
      ? 'Must have admin rights to Repository.'
      : 'Resource not accessible by integration',
  );
}

/** Whether the viewer may comment where a conversation is locked. Apps may not. */
export function mayWriteLocked(viewer: Viewer, repository: Repository): boolean {
  return viewer.token?.kind === 'user' && may(viewer, repository, 'contents', 'write');
}
