import type { GitHubState } from '../state/github-state.ts';
import type { App, User } from '../state/model.ts';
import { nodeId } from './node-id.ts';
import { apiUrl } from './urls.ts';

type Json = Record<string, unknown>;

export function userJson(state: GitHubState, login: string): Json {
  const user = state.user(login);
  const url = apiUrl(state, `/users/${encodeURIComponent(user.login)}`);
  return {
    login: user.login,
    id: user.id,
    node_id: nodeId(user.type, user.id),
    avatar_url: `${state.origin}/avatars/${user.id}`,
    gravatar_id: '',
    url,
    html_url: htmlOf(state, user),
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: user.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

export function htmlOf(state: GitHubState, user: User): string {
  return user.type === 'Bot'
    ? `${state.origin}/apps/${user.login.replace('[bot]', '')}`
    : `${state.origin}/${user.login}`;
}

export function profileJson(state: GitHubState, login: string): Json {
  const user = state.user(login);
  return {
    ...userJson(state, login),
    name: user.name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: [...state.repositories.values()].filter((one) => one.owner === user.login && !one.isPrivate)
      .length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: user.createdAt,
    updated_at: user.createdAt,
  };
}

export function appJson(state: GitHubState, app: App): Json {
  return {
    id: app.id,
    slug: app.slug,
    client_id: `Iv1.${app.id.toString(16).padStart(16, '0')}`,
    node_id: nodeId('Integration', app.id),
    owner: userJson(state, app.owner),
    name: app.name,
    description: '',
    external_url: `${state.origin}/apps/${app.slug}`,
    html_url: `${state.origin}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: { metadata: 'read', ...app.permissions },
    events: app.events,
  };
}
