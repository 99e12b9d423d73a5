/** Where a repository lives on GitHub or a GitHub Enterprise Server. */
export interface GitHubPlace {
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}

const part = '[A-Za-z0-9_.-]{1,100}';
const path = new RegExp(`^/?(${part})/(${part}?)(?:\\.git)?/?$`);

/** "owner/name" as it is typed, or undefined for anything else. */
export function parseRepositoryName(
  text: string,
): { readonly owner: string; readonly name: string } | undefined {
  const [, owner, name] = new RegExp(`^(${part})/(${part})$`).exec(text) ?? [];
  return owner && name && !/^\.+$/.test(name) ? { owner, name } : undefined;
}

/** The host, owner and name that a remote's address gives (https, ssh, `git@host:owner/name`), or undefined. */
export function gitHubPlace(address: string): GitHubPlace | undefined {
  const [, scpHost, scpPath] = /^(?:[^@/\s]+@)?([\w.-]+):(?!\/\/)([^\s]+)$/.exec(address) ?? [];
  const url =
    URL.canParse(address) && /^(?:https?|ssh|git):$/.test(new URL(address).protocol)
      ? new URL(address)
      : undefined;
  const host = url?.hostname ?? scpHost;
  const [, owner, name] = path.exec(url?.pathname ?? scpPath ?? '') ?? [];
  return host && owner && name ? { host: host.toLowerCase(), owner, name } : undefined;
}
