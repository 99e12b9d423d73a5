import { nodeId } from '../represent/node-id.ts';
import { htmlOf } from '../represent/user.ts';
import type { GitHubState } from '../state/github-state.ts';
import type { GraphqlObject } from './context.ts';

/** A user, bot or organization. GraphQL names a bot without `[bot]`, REST with it. */
export function actorNode(state: GitHubState, login: string): GraphqlObject {
  const user = state.user(login);
  const shown = user.type === 'Bot' ? user.login.replace(/\[bot\]$/, '') : user.login;
  const url = htmlOf(state, user);
  return {
    __typename: user.type,
    id: nodeId(user.type, user.id),
    databaseId: user.id,
    login: shown,
    url,
    resourcePath: new URL(url).pathname,
    avatarUrl: `${state.origin}/avatars/${user.id}`,
    createdAt: user.createdAt,
    updatedAt: user.createdAt,
    ...(user.type === 'Bot' ? {} : { name: user.name, email: '' }),
  };
}

/** The viewer of an app's token is a user called `name[bot]`. */
export function viewerNode(state: GitHubState, login: string): GraphqlObject {
  return { ...actorNode(state, login), __typename: 'User', login, name: null, email: '', isViewer: true };
}
