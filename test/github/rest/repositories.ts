import { type Call, loginOf, param, type Route, repositoryFor } from '../http/route.ts';
import { requirePermission } from '../http/viewer.ts';
import { fullRepositoryJson } from '../represent/repository.ts';
import { profileJson, userJson } from '../represent/user.ts';
import { roleOf } from '../state/association.ts';
import { Refusal } from '../state/model.ts';

export const repositoryRoutes: readonly Route[] = [
  {
    // GitHub serves it, and its own answers link to it, but its description leaves it out.
    operation: 'GET /repositories/{id}',
    handle: (call) => {
      const found = [...call.state.repositories.values()].find((one) => one.id === Number(param(call, 'id')));
      if (found === undefined) throw new Refusal(404, 'Not Found');
      requirePermission(call.viewer, found, ['metadata'], 'read');
      return { status: 200, body: fullRepositoryJson(call.state, found) };
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}',
    handle: (call) => ({
      status: 200,
      body: fullRepositoryJson(call.state, repositoryFor(call, 'metadata', 'read')),
    }),
  },
  {
    operation: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
    handle: (call) => {
      const repository = repositoryFor(call, 'metadata', 'read');
      if (call.viewer.token === undefined) throw new Refusal(401, 'Requires authentication');
      const user = call.state.users.get(param(call, 'username').toLowerCase());
      if (user === undefined) throw new Refusal(404, 'Not Found');
      const role = roleOf(repository, user.login);
      // The legacy field folds maintain into write and triage into read.
      const permission = role === 'maintain' ? 'write' : role === 'triage' ? 'read' : role;
      const flags = ['pull', 'triage', 'push', 'maintain', 'admin'];
      const reach = { none: 0, read: 1, triage: 2, write: 3, maintain: 4, admin: 5 }[role];
      const permissions = Object.fromEntries(flags.map((flag, index) => [flag, index < reach]));
      return {
        status: 200,
        body: {
          permission,
          role_name: role,
          user: { ...userJson(call.state, user.login), permissions, role_name: role },
        },
      };
    },
  },
  {
    operation: 'GET /user',
    handle: (call) => {
      const login = loginOf(call);
      if (call.viewer.token?.kind !== 'user')
        throw new Refusal(403, 'Resource not accessible by integration');
      return { status: 200, body: profileJson(call.state, login) };
    },
  },
  {
    operation: 'GET /users/{username}',
    handle: (call) => {
      const user = call.state.users.get(param(call, 'username').toLowerCase());
      if (user === undefined) throw new Refusal(404, 'Not Found');
      return { status: 200, body: profileJson(call.state, user.login) };
    },
  },
  { operation: 'GET /rate_limit', handle: rateLimit },
];

function rateLimit(call: Call): { status: number; body: unknown } {
  const limit = call.viewer.token?.kind === 'actions' ? 1000 : call.viewer.token === undefined ? 60 : 5000;
  const window = { limit, used: 0, remaining: limit, reset: Math.floor(Date.now() / 1000) + 3600 };
  return {
    status: 200,
    body: { resources: { core: window, search: window, graphql: window }, rate: window },
  };
}
