import type { MigrationFile } from '../../core/migration-facts.ts';

/** How each framework runs a statement outside a transaction, in its own words. */
const directives: Readonly<Record<string, string>> = {
  flyway: 'alone in a migration of its own, which Flyway then runs outside a transaction',
  goose: 'in a file with `-- +goose NO TRANSACTION`',
  'sql-migrate': 'in a file with `-- +migrate Up notransaction`',
  dbmate: 'alone under `-- migrate:up transaction:false`',
  prisma: 'alone in a migration of its own',
  'golang-migrate': 'as the only statement of its file',
  diesel: 'alone in a migration with `run_in_transaction = false` in `metadata.toml`',
  sqlx: 'alone in a file that begins with `-- no-transaction`',
  drizzle: 'outside the Drizzle migrator, whose transaction spans all pending files',
  rails: 'in a migration with `disable_ddl_transaction!`',
  django: 'in a migration with `atomic = False`',
  alembic: 'inside `with op.get_context().autocommit_block():`',
  liquibase: 'in a changeset of its own with `runInTransaction:false`',
  supabase: 'alone in a migration, since several statements share one transaction',
};

/** The end of a sentence that proposes a statement PostgreSQL refuses inside a transaction ("…, alone in its file"). */
export function outsideTransaction(file: MigrationFile): string {
  return directives[file.framework] ?? 'outside a transaction';
}

/** How a second step gets a transaction of its own. */
export function nextTransaction(file: MigrationFile): string {
  return file.transaction === 'no-transaction' ? 'afterwards' : 'in a later migration';
}
