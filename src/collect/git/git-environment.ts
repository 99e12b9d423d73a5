import { join } from 'node:path';
import type { Environment } from './git-process.ts';

/** Where commits can be fetched from. */
export interface Remote {
  readonly url: string;
  readonly token?: string;
}

export interface EnvironmentOptions {
  /** A folder of our own: holds the only "global" git configuration that is read. */
  readonly home: string;
  readonly caller?: NodeJS.ProcessEnv;
}

/** What a git process needs of the caller's environment to start, to write temporary files and to reach a server. */
const needed = [
  'PATH',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'no_proxy',
  'NO_PROXY',
  'all_proxy',
  'ALL_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'SSH_AUTH_SOCK',
];

/** Protocols that start no program of the address's choosing; `ext::` does. */
const protocols = 'https:http:ssh:git:file';

/**
 * The environment of every git process: no system or global configuration, no prompt, no replaced objects, no pathspec
 * magic, no translation. No `GIT_*` variable of the caller gets in.
 */
export function hardenedEnvironment({ home, caller = process.env }: EnvironmentOptions): Environment {
  return {
    ...pick(caller, needed),
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    LC_ALL: 'C',
    LANGUAGE: '',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_ALLOW_PROTOCOL: protocols,
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
  };
}

/**
 * Nothing is fetched on the side. A fetch that meets a missing commit would start another fetch for it, and so on without
 * end where the remote itself is shallow; and lazy fetching asks once per object.
 */
export function eager(environment: Environment): Environment {
  return { ...environment, GIT_NO_LAZY_FETCH: '1' };
}

/** For everything that has no business with a remote: no connection at all, whatever a configuration says. */
export function offline(environment: Environment): Environment {
  return { ...eager(environment), GIT_ALLOW_PROTOCOL: 'none' };
}

/**
 * For commands that may reach the remote. The token travels by environment alone, so that it stands in no file and
 * in no argument, and is bound to the remote's own origin. `trustUserConfig` reads the user's own configuration and
 * variables (credential helpers, proxies, keys), still without any `GIT_*`.
 */
export function networkEnvironment(
  environment: Environment,
  remote: Remote,
  trustUserConfig: boolean,
  caller: NodeJS.ProcessEnv = process.env,
): Environment {
  const base = trustUserConfig ? withUserSettings(environment, caller) : environment;
  return { ...base, ...credentials(remote) };
}

function withUserSettings(environment: Environment, caller: NodeJS.ProcessEnv): Environment {
  const own = Object.keys(caller).filter((name) => !name.toUpperCase().startsWith('GIT_'));
  // Without these three git looks for the user's files in its own places and takes the user's own ssh command.
  const {
    GIT_CONFIG_NOSYSTEM: _system,
    GIT_CONFIG_GLOBAL: _global,
    GIT_SSH_COMMAND: _ssh,
    ...hardened
  } = environment;
  const { HOME: _home, XDG_CONFIG_HOME: _config, ...rest } = hardened;
  return { ...rest, ...pick(caller, own), LC_ALL: 'C', LANGUAGE: '', SSH_ASKPASS_REQUIRE: 'never' };
}

function credentials({ url, token }: Remote): Environment {
  const origin = token ? httpOrigin(url) : undefined;
  if (!origin || !token) return {};
  return {
    GIT_CONFIG_COUNT: '2',
    // The header is a list: the empty value drops what other configuration put there, two headers are refused with 400.
    GIT_CONFIG_KEY_0: `http.${origin}/.extraheader`,
    GIT_CONFIG_VALUE_0: '',
    GIT_CONFIG_KEY_1: `http.${origin}/.extraheader`,
    GIT_CONFIG_VALUE_1: `AUTHORIZATION: basic ${basicCredentials(token)}`,
  };
}

export function basicCredentials(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64');
}

function httpOrigin(url: string): string | undefined {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  return new URL(url).origin;
}

function pick(from: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = from[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
