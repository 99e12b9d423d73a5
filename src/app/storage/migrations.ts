import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Every step the schema took, in order; a step that has shipped is never edited. Numbers come back as `number`. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-deliveries-and-installations': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('delivery')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('event', 'text', (column) => column.notNull())
        .addColumn('action', 'text')
        .addColumn('installation_id', 'bigint')
        .addColumn('repository_id', 'bigint')
        .addColumn('received_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
        .execute();
      await db.schema.createIndex('delivery_by_time').on('delivery').column('received_at').execute();
      await db.schema
        .createIndex('delivery_by_installation')
        .on('delivery')
        .column('installation_id')
        .execute();
      await db.schema
        .createTable('installation')
        .addColumn('id', 'bigint', (column) => column.primaryKey())
        .addColumn('is_suspended', 'boolean', (column) => column.notNull())
        .addColumn('asked_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
        .execute();
      await db.schema
        .createTable('repository')
        .addColumn('id', 'bigint', (column) => column.primaryKey())
        .addColumn('installation_id', 'bigint', (column) =>
          column.notNull().references('installation.id').onDelete('cascade'),
        )
        .execute();
      await db.schema
        .createIndex('repository_by_installation')
        .on('repository')
        .column('installation_id')
        .execute();
    },
  },
  '0002-health-records': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('health_record')
        .addColumn('id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
        .addColumn('installation_id', 'bigint', (column) =>
          column.notNull().references('installation.id').onDelete('cascade'),
        )
        .addColumn('repository_id', 'bigint', (column) => column.notNull())
        .addColumn('previous', 'bigint', (column) => column.notNull())
        .addColumn('message', 'text', (column) => column.notNull())
        .addUniqueConstraint('health_record_follows_one', ['installation_id', 'repository_id', 'previous'])
        .execute();
    },
  },
  '0003-chains': {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('chain_entry')
        .addColumn('id', 'bigint', (column) => column.primaryKey().generatedByDefaultAsIdentity())
        .addColumn('installation_id', 'bigint', (column) =>
          column.notNull().references('installation.id').onDelete('cascade'),
        )
        .addColumn('repository_id', 'bigint', (column) => column.notNull())
        .addColumn('chain', 'text', (column) => column.notNull())
        .addColumn('previous', 'bigint', (column) => column.notNull())
        .addColumn('written_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
        .addColumn('message', 'text', (column) => column.notNull())
        .addColumn('files', 'bytea')
        .addUniqueConstraint('chain_entry_follows_one', [
          'installation_id',
          'repository_id',
          'chain',
          'previous',
        ])
        .execute();
      // Their numbers stay: each names the one before it.
      await sql`INSERT INTO review_vitals.chain_entry (id, installation_id, repository_id, chain, previous, message)
        SELECT id, installation_id, repository_id, 'health', previous, message FROM review_vitals.health_record`.execute(
        db,
      );
      await sql`SELECT setval(pg_get_serial_sequence('review_vitals.chain_entry', 'id'), coalesce(max(id), 0) + 1, false)
        FROM review_vitals.chain_entry`.execute(db);
      await db.schema.dropTable('health_record').execute();
    },
  },
};
