import type { Dialect } from '../../core/migration-facts.ts';
import type { Settings } from '../../core/settings.ts';

/** What the settings say of the servers that migrations run on. */
export interface ConfiguredServers {
  /** The one database that is named; absent where none or several are. */
  readonly database?: Dialect;
  /** 80035 for 8.0.35, 101100 for 10.11. */
  readonly versions: { readonly mysql?: number; readonly mariadb?: number };
}

export const noServers: ConfiguredServers = { versions: {} };

export function configuredServers({ postgres, mysql, mariadb }: Settings): ConfiguredServers {
  const named: readonly Dialect[] = [
    ...(postgres === undefined ? [] : ['postgresql' as const]),
    ...(mysql === undefined ? [] : ['mysql' as const]),
    ...(mariadb === undefined ? [] : ['mariadb' as const]),
  ];
  const [only, second] = named;
  return {
    ...(only !== undefined && second === undefined ? { database: only } : {}),
    versions: {
      ...(mysql === undefined ? {} : { mysql: versionNumber(mysql) }),
      ...(mariadb === undefined ? {} : { mariadb: versionNumber(mariadb) }),
    },
  };
}

function versionNumber(text: string): number {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
  return major * 10_000 + minor * 100 + patch;
}
