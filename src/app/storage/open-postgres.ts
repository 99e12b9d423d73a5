import { setTimeout as pause } from 'node:timers/promises';
import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { type Log, reasonOf } from '../log.ts';
import { migrated, type Storage } from './storage.ts';

/** A database that starts beside us may need this long; then the process gives up and says so. */
const patienceSeconds = 60;
/** `bigint`: our ids are GitHub's, far below 2^53. */
const int8 = 20;

/** PostgreSQL by its address. Throws one sentence without the address's password when it cannot be reached. */
export async function openPostgres(databaseUrl: string, log: Log): Promise<Storage> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 5,
    application_name: 'review-vitals',
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser: (oid, format) => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)) },
  });
  // An idle connection that breaks is replaced by the next query; unheard, the event would end the process.
  pool.on('error', (error) => log.warn('a database connection broke', { reason: reasonOf(error) }));
  await reach(pool, log);
  const db = await migrated(new PostgresDialect({ pool }));
  return {
    kind: 'PostgreSQL',
    db,
    queueConnection: { connectionString: databaseUrl, backend: 'postgres', max: 6 },
    isAlone: false,
    close: () => db.destroy(),
  };
}

async function reach(pool: pg.Pool, log: Log): Promise<void> {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (;;) {
    try {
      await pool.query('select 1');
      return;
    } catch (error) {
      const reason = reasonOf(error);
      if (Date.now() > deadline || !isPassing(error)) {
        await pool.end().catch(() => undefined);
        throw new Error(
          `The database of DATABASE_URL could not be reached (${reason}). Is it running, and is the address right?`,
        );
      }
      log.warn('the database does not answer yet', { reason });
      await pause(1000);
    }
  }
}

/** Refused connections and "the database system is starting up" pass; a wrong password or name does not. */
function isPassing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return !/^(?:28|3D|42)/.test(code);
}
