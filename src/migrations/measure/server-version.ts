import type { SettingsInForce } from '../../core/settings.ts';

/** The oldest major that is measured: what is safe there is safe on the later ones. */
const oldest = 12;

/** The major version of the server that migrations run on, as configured; without that the strictest supported one. */
export function serverVersion({ settings }: SettingsInForce): number {
  return Math.max(oldest, Math.trunc(settings.postgres ?? oldest));
}
