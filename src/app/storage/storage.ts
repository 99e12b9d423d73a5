import { type Dialect, Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { ConstructorOptions } from 'pg-boss';
import { migrations } from './migrations.ts';
import { schemaName, type Tables } from './tables.ts';

/** A database that is open, with our tables in their newest form. */
export interface Storage {
  readonly kind: 'PostgreSQL' | 'embedded';
  /** Queries run in our schema. */
  readonly db: Kysely<Tables>;
  /** How the queue reaches the same database. */
  readonly queueConnection: Pick<ConstructorOptions, 'db' | 'connectionString' | 'backend' | 'max'>;
  /** No other process works on it: what is still active at start-up was left by one that ended. */
  readonly isAlone: boolean;
  /** What the server would do by itself and this one does not; absent where nothing is needed. */
  maintain?(): Promise<void>;
  /** Ends the connections; the queue has to be stopped before. */
  close(): Promise<void>;
}

/** Kysely over a dialect, with our schema chosen and the migrations run. Processes that start together take turns. */
export async function migrated(dialect: Dialect): Promise<Kysely<Tables>> {
  const whole = new Kysely<Tables>({ dialect });
  try {
    const migrator = new Migrator({
      db: whole.withSchema(schemaName),
      provider: { getMigrations: async () => ({ ...migrations }) },
      migrationTableSchema: schemaName,
    });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error;
  } catch (error) {
    await whole.destroy().catch(() => undefined);
    throw error;
  }
  return whole.withSchema(schemaName);
}
