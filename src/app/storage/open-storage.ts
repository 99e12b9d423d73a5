import type { Log } from '../log.ts';
import type { AppSettings } from '../settings.ts';
import { openEmbedded } from './open-embedded.ts';
import { openPostgres } from './open-postgres.ts';
import type { Storage } from './storage.ts';

/** PostgreSQL where `DATABASE_URL` names one, else the embedded database. */
export function openStorage(settings: AppSettings, log: Log): Promise<Storage> {
  return settings.databaseUrl === undefined
    ? openEmbedded(settings.dataFolder, log)
    : openPostgres(settings.databaseUrl, log);
}
