import type { GitHubServer } from '../http/github-server.ts';
import { repositoryJson } from '../represent/repository.ts';
import { appJson, userJson } from '../represent/user.ts';
import { installationJson, reaches } from '../rest/apps.ts';
import type { Delivery } from '../state/model.ts';

export interface NewDelivery {
  readonly appId: number;
  readonly event: string;
  readonly action?: string;
  readonly installationId?: number;
  /** Put over what is made from the state. */
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** A delivery that no change of the state causes: installation, ping, anything with a payload of the caller's. */
export function deliver(server: GitHubServer, wanted: NewDelivery): Delivery {
  const { state } = server;
  const app = state.apps.get(wanted.appId);
  if (app === undefined) throw new Error(`There is no app ${wanted.appId}.`);
  const installation = state.installations.get(wanted.installationId ?? 0);
  const reached =
    installation === undefined
      ? []
      : [...state.repositories.values()].filter((one) => reaches(installation, one));
  const listed = reached.map((one) => {
    const { id, node_id, name, full_name, private: isPrivate } = repositoryJson(state, one);
    return { id, node_id, name, full_name, private: isPrivate };
  });
  const about =
    wanted.event === 'ping'
      ? {
          zen: 'Keep it logically awesome.',
          hook_id: app.id,
          hook: { type: 'App', id: app.id, app_id: app.id, app: appJson(state, app) },
        }
      : installation === undefined
        ? {}
        : {
            installation: installationJson({ state }, installation),
            repositories: listed,
            sender: userJson(state, installation.account),
          };
  return server.webhooks.tell(app, {
    event: wanted.event,
    ...(wanted.action === undefined ? {} : { action: wanted.action }),
    installationId: installation?.id ?? null,
    repositoryId: null,
    payload: {
      ...(wanted.action === undefined ? {} : { action: wanted.action }),
      ...about,
      ...wanted.payload,
    },
  });
}
