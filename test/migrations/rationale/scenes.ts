import type { MigrationFile, Operation } from '../../../src/core/migration-facts.ts';

export function operation(
  kind: string,
  table: string,
  sql: string,
  more: Partial<Operation> = {},
): Operation {
  const plain: Operation = {
    kind,
    table,
    lock: 'ACCESS EXCLUSIVE',
    rewrite: false,
    scan: false,
    blocks: 'nothing',
    destroysData: false,
    concurrently: false,
    onTableOfThisChange: false,
    inTransaction: false,
    statement: 0,
    sql,
    lines: { start: 5, end: 5 },
  };
  return { ...plain, ...more };
}

export function migration(
  operations: readonly Operation[],
  more: Partial<MigrationFile> = {},
): MigrationFile {
  return {
    path: 'db/migrations/0142_change.sql',
    status: 'added',
    framework: 'plain SQL',
    dialect: 'postgresql',
    version: '0142',
    direction: 'up',
    transaction: 'unknown',
    operations,
    comments: [],
    notAnalysed: [],
    wayBack: 'none',
    ...more,
  };
}

const index: Partial<Operation> = { name: 'orders_status_idx', lock: 'SHARE', scan: true, blocks: 'writes' };

const scenes = {
  'new-table': [
    operation(
      'create-table',
      'subscription_pauses',
      'CREATE TABLE subscription_pauses (id bigint PRIMARY KEY, subscription_id bigint, paused_at timestamptz)',
      { onTableOfThisChange: true },
    ),
  ],
  'add-column': [
    operation('add-column', 'subscriptions', 'ALTER TABLE subscriptions ADD COLUMN paused_at timestamptz', {
      column: 'paused_at',
    }),
  ],
  index: [operation('create-index', 'orders', 'CREATE INDEX orders_status_idx ON orders (status)', index)],
  'index-in-large-change': [
    operation('create-index', 'orders', 'CREATE INDEX orders_status_idx ON orders (status)', index),
  ],
  'concurrent-index': [
    operation('create-index', 'orders', 'CREATE INDEX CONCURRENTLY orders_status_idx ON orders (status)', {
      ...index,
      lock: 'SHARE UPDATE EXCLUSIVE',
      blocks: 'nothing',
      concurrently: true,
    }),
  ],
  'drop-column': [
    operation('drop-column', 'users', 'ALTER TABLE users DROP COLUMN legacy_id', {
      column: 'legacy_id',
      destroysData: true,
    }),
  ],
  'type-change': [
    operation('change-type', 'payments', 'ALTER TABLE payments ALTER COLUMN amount TYPE bigint', {
      column: 'amount',
      rewrite: true,
      scan: true,
      blocks: 'reads',
    }),
  ],
  'not-null': [
    operation('set-not-null', 'orders', 'ALTER TABLE orders ALTER COLUMN customer_id SET NOT NULL', {
      column: 'customer_id',
      scan: true,
      blocks: 'reads',
    }),
  ],
  'drop-index': [
    operation('drop-index', 'events', 'DROP INDEX events_created_at_idx', { name: 'events_created_at_idx' }),
  ],
  'rename-column': [
    operation('rename-column', 'invoices', 'ALTER TABLE invoices RENAME COLUMN total TO total_cents', {
      column: 'total',
      name: 'total_cents',
    }),
  ],
  backfill: [
    operation('update', 'accounts', "UPDATE accounts SET locale = 'en' WHERE locale IS NULL", {
      column: 'locale',
      lock: 'ROW EXCLUSIVE',
    }),
  ],
  'foreign-key': [
    operation(
      'add-foreign-key',
      'shipments',
      'ALTER TABLE shipments ADD CONSTRAINT shipments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id)',
      { name: 'shipments_order_id_fkey', lock: 'SHARE ROW EXCLUSIVE', scan: true, blocks: 'writes' },
    ),
  ],
  unique: [
    operation('create-index', 'members', 'CREATE UNIQUE INDEX members_email_key ON members (email)', {
      name: 'members_email_key',
      lock: 'SHARE',
      scan: true,
      blocks: 'writes',
    }),
  ],
  'drop-table': [operation('drop-table', 'import_jobs', 'DROP TABLE import_jobs', { destroysData: true })],
} as const satisfies Record<string, readonly Operation[]>;

export type SceneName = keyof typeof scenes;

/** The migration of a scene, one file of one statement. */
export function scene(name: SceneName): MigrationFile {
  return migration(scenes[name]);
}
