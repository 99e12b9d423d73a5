import { describe, expect, test } from 'vitest';
import { companionPaths, detectMigration } from '../../../src/migrations/detect/detect-migration.ts';

function detect(path: string, text = 'SELECT 1;', companions: Readonly<Record<string, string>> = {}) {
  const found = detectMigration({ path, text, companions: new Map(Object.entries(companions)) });
  if (!found) return undefined;
  const { framework, version, direction, dialect, sending, wayBack } = found;
  return [framework, version, direction, dialect, sending, wayBack].join(' ');
}

describe('a file is recognised with its version, direction, dialect, transaction and way back', () => {
  test.each([
    ['migrations/001_a.sql', 'sql 001 up unknown unknown unknown'],
    ['db/0142_orders_status.sql', 'sql 0142 up unknown unknown unknown'],
    ['db/migrate/postgres/20240101_a.sql', 'sql 20240101 up postgresql unknown unknown'],
    ['src/main/resources/db/migration/V1.2__a.sql', 'flyway 1.2 up unknown in-transaction none'],
    ['db/migration/V1_3__a.sql', 'flyway 1.3 up unknown in-transaction none'],
    ['db/migration/R__views.sql', 'flyway  up unknown in-transaction none'],
    ['db/migration/U1.2__a.sql', 'flyway 1.2 down unknown in-transaction none'],
    ['migrations/0001_a.up.sql', 'golang-migrate 0001 up unknown one-message none'],
    ['migrations/0001_a.down.sql', 'golang-migrate 0001 down unknown one-message down-step'],
    ['storage/mysql/migrations/0001_a.up.sql', 'golang-migrate 0001 up mysql one-by-one none'],
    ['storage/sqlite/migrations/0001_a.up.sql', 'golang-migrate 0001 up sqlite in-transaction none'],
    ['storage/migrations/V0001.Initial.mysql.up.sql', 'sql 0001 up mysql unknown none'],
    ['storage/migrations/V1.2.postgres.up.sql', 'sql 1.2 up postgresql unknown none'],
    [
      'sql/migrations/20200317_identities.sqlite3.up.sql',
      'golang-migrate 20200317 up sqlite in-transaction none',
    ],
    ['x/migrations/y/migrations/a.sql', 'sql  up unknown unknown unknown'],
    ['supabase/migrations/20240101_a.sql', 'supabase 20240101 up postgresql in-transaction none'],
    ['migrations/2024-01-01-000000_a/up.sql', 'diesel 2024-01-01-000000_a up unknown in-transaction none'],
  ])('%s', (path, expected) => {
    expect(detect(path)).toBe(expected);
  });

  test('a numbered folder is taken for Diesel’s in a Rust project alone', () => {
    const path = 'internal/storage/migrations/11-make-stateless/up.sql';
    expect(detect(path)).toBe('sql 11 up unknown unknown none');
    expect(companionPaths(path)).toContain('internal/storage/Cargo.toml');
    for (const file of ['Cargo.toml', 'diesel.toml', 'internal/storage/Cargo.toml'])
      expect(detect(path, 'SELECT 1;', { [file]: '' }), file).toBe(
        'diesel 11-make-stateless up unknown in-transaction none',
      );
    expect(detect('migrations/2024-01-01-000000-0000_a/up.sql')).toContain('diesel 2024');
    expect(detect('migrations/1_a/up.sql', '-- Your SQL goes here\n')).toContain('diesel 1_a');
    expect(detect('migrations/default/1700000000000_a/up.sql')).toContain('hasura 1700000000000_a');
  });

  test('Prisma takes its dialect from migration_lock.toml', () => {
    const path = 'prisma/migrations/20240101000000_a/migration.sql';
    const lock = { 'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n' };
    expect(detect(path, '', lock)).toBe('prisma 20240101000000_a up postgresql one-by-one none');
    expect(detect(path, '', { 'prisma/migrations/migration_lock.toml': 'provider = "sqlite"' })).toBe(
      'prisma 20240101000000_a up sqlite one-by-one none',
    );
  });

  test.each([
    ['6.19.0', 'one-message'],
    ['^6.19.0', 'one-message'],
    ['~7.3.1', 'one-message'],
    ['7.3.1', 'one-message'],
    ['7.4.0', 'one-by-one'],
    ['^7.1.0', 'one-by-one'],
    ['8.0.0', 'one-by-one'],
    ['catalog:', 'one-by-one'],
  ])('Prisma %s sends a file as it does', (version, sending) => {
    const path = 'apps/web/prisma/migrations/20240101000000_a/migration.sql';
    const found = detect(path, '', {
      'package.json': '{\n  "devDependencies": {\n    "prisma": "7.9.0"\n  }\n}',
      'apps/web/package.json': `{\n  "devDependencies": {\n    "prisma": "${version}"\n  }\n}`,
      'apps/web/prisma/migrations/migration_lock.toml': 'provider = "postgresql"',
    });
    expect(found).toBe(`prisma 20240101000000_a up postgresql ${sending} none`);
    expect(companionPaths(path)).toContain('apps/web/package.json');
  });

  test('pnpm’s catalogue names the version of Prisma', () => {
    const path = 'packages/db/prisma/migrations/20240101000000_a/migration.sql';
    const files = {
      'pnpm-workspace.yaml': 'catalog:\n  prisma: 6.2.1\n',
      'packages/db/package.json': '{\n  "devDependencies": {\n    "prisma": "catalog:"\n  }\n}',
    };
    expect(detect(path, '', files)).toContain('one-message');
  });

  test('goose is known by its markers, in a transaction unless it says otherwise', () => {
    const text = '-- +goose Up\nCREATE TABLE t (a int);\n-- +goose Down\nDROP TABLE t;\n';
    expect(detect('anywhere/001_a.sql', text)).toBe('goose 001 up unknown in-transaction down-step');
    expect(detect('anywhere/001_a.sql', `-- +goose NO TRANSACTION\n${text}`)).toBe(
      'goose 001 up unknown one-by-one down-step',
    );
    expect(detect('anywhere/001_a.sql', '-- +goose Up\nSELECT 1;\n-- +goose Down\n-- nothing\n')).toBe(
      'goose 001 up unknown in-transaction none',
    );
  });

  test.each([
    ['nothing', '', 'none'],
    ['a comment', '-- This file should undo anything in `up.sql`\n/* nothing\n to do */', 'none'],
    ['what the tool asks for', "BEGIN;\nSELECT 1;\nSELECT 'down SQL query';\nCOMMIT;\n", 'none'],
    ['a statement', 'BEGIN; DROP TABLE t; COMMIT;', 'down-step'],
    ['a query that calls something', 'SELECT undo_step();', 'down-step'],
    ['a comment in front', '-- undo\n  -- all\nDROP TABLE t', 'down-step'],
  ])('a step back that holds %s', (_, down, wayBack) => {
    const last = (found: string | undefined) => found?.split(' ').at(-1);
    expect(
      last(detect('migrations/1_a.up.sql', 'SELECT 1;', { 'migrations/1_a.down.sql': down })),
      'golang-migrate',
    ).toBe(wayBack);
    expect(
      last(
        detect('migrations/2024-01-01_a/up.sql', 'SELECT 1;', { 'migrations/2024-01-01_a/down.sql': down }),
      ),
      'Diesel',
    ).toBe(wayBack);
    const sections = [
      ['-- +goose Up', '-- +goose Down'],
      ['-- migrate:up', '-- migrate:down'],
      ['-- +migrate Up', '-- +migrate Down'],
    ];
    for (const [up, back] of sections) {
      expect(last(detect('migrations/1_a.sql', `${up}\nSELECT 1;\n${back}\n${down}\n`)), up).toBe(wayBack);
    }
  });

  test('the step of one database may be undone by the step back of all', () => {
    const path = 'migrations/0001_a.mysql.up.sql';
    const all = { 'migrations/0001_a.down.sql': 'DROP TABLE t;' };
    expect(detect(path, 'SELECT 1;', all)).toBe('golang-migrate 0001 up mysql one-by-one down-step');
    expect(detect(path, 'SELECT 1;', { ...all, 'migrations/0001_a.mysql.down.sql': '' })).toContain(' none');
    expect(companionPaths(path)).toContain('migrations/0001_a.down.sql');
  });

  test('Liquibase is known by its first line, wherever the file stands', () => {
    const head = '--liquibase formatted sql\n--changeset ann:1\nCREATE TABLE t (a int);\n';
    const path = 'src/main/resources/db/changelog/2024/add-t.sql';
    expect(detect(path, head)).toBe('liquibase  up unknown unknown none');
    expect(detect(path, `${head}--rollback DROP TABLE t;\n`)).toBe('liquibase  up unknown unknown down-step');
    expect(detect(path, head.replace('ann:1', 'ann:1 dbms:mysql'))).toBe('liquibase  up mysql unknown none');
    expect(detect(path, 'CREATE TABLE t (a int);')).toBeUndefined();
  });

  test('dbmate without a transaction sends each section as one message', () => {
    expect(
      detect('db/migrations/1_a.sql', '-- migrate:up transaction:false\nSELECT 1;\n-- migrate:down\n'),
    ).toBe('dbmate 1 up unknown one-message none');
  });

  test('Flyway leaves the transaction by its script configuration, or when all statements demand it', () => {
    const path = 'db/migration/V2__a.sql';
    expect(detect(path, 'SELECT 1;', { [`${path}.conf`]: 'executeInTransaction=false\n' })).toContain(
      'one-by-one',
    );
    expect(detect(path, 'CREATE INDEX CONCURRENTLY i ON t (a);\n')).toContain('one-by-one');
    expect(detect(path, 'CREATE INDEX CONCURRENTLY i ON t (a);\nSELECT 1;')).toContain('in-transaction');
  });

  test('Diesel leaves the transaction by metadata.toml and has a way back by down.sql', () => {
    const folder = 'migrations/2024-01-01_a';
    expect(
      detect(`${folder}/up.sql`, '', {
        [`${folder}/metadata.toml`]: 'run_in_transaction = false',
        [`${folder}/down.sql`]: 'DROP TABLE t;',
      }),
    ).toBe('diesel 2024-01-01_a up unknown one-message down-step');
  });

  test('Drizzle is known by its journal or its breakpoints', () => {
    expect(
      detect('drizzle/0001_a.sql', '', { 'drizzle/meta/_journal.json': '{"dialect":"postgresql"}' }),
    ).toBe('drizzle 0001 up postgresql in-transaction none');
    expect(detect('drizzle/0001_a.sql', 'SELECT 1;\n--> statement-breakpoint\nSELECT 2;')).toContain(
      'drizzle 0001',
    );
  });

  test('sqlx is known by its project file or its marker', () => {
    expect(detect('migrations/1_a.sql', '', { 'Cargo.toml': '[dependencies]\nsqlx = "0.8"' })).toContain(
      'sqlx 1 up unknown in-transaction',
    );
    expect(detect('migrations/1_a.sql', '-- no-transaction\nSELECT 1;')).toContain(
      'sqlx 1 up unknown one-message',
    );
  });

  test('words of another database tell the dialect where nothing else does', () => {
    expect(detect('migrations/1_a.sql', 'CREATE TABLE `t` (id int AUTO_INCREMENT) ENGINE=InnoDB;')).toContain(
      ' mysql ',
    );
    expect(detect('migrations/1_a.sql', 'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);')).toContain(
      ' sqlite ',
    );
  });
});

describe('no migration is', () => {
  test.each([
    'src/test/resources/db/migration/V1__a.sql',
    'test/fixtures/migrations/001_a.sql',
    'migrations/archived/001_a.sql',
    'node_modules/x/migrations/001_a.sql',
    'db/schema.sql',
    'migrations/seed.sql',
    'queries/users.sql',
    'migrations/README.md',
    'migrations.sql',
    'my-migrations-notes/list.sql',
  ])('%s', (path) => {
    expect(detect(path)).toBeUndefined();
  });
});

test('the files beside a migration that say how it runs are named', () => {
  expect(companionPaths('prisma/migrations/1_a/migration.sql')).toContain(
    'prisma/migrations/migration_lock.toml',
  );
  expect(companionPaths('db/V1__a.sql')).toContain('db/V1__a.sql.conf');
  expect(companionPaths('m/1_a/up.sql')).toEqual(
    expect.arrayContaining(['m/1_a/down.sql', 'm/1_a/metadata.toml', 'diesel.toml']),
  );
  expect(companionPaths('m/1_a.up.sql')).toContain('m/1_a.down.sql');
});

describe('the words of a text name the database, its comments do not', () => {
  test.each([
    ['CREATE TABLE `a` (id int);', 'mysql'],
    ['/* the column `a` on table `b` goes */\nDROP TABLE b;', 'unknown'],
    ['-- ENGINE=InnoDB was here\nDROP TABLE b;', 'unknown'],
    ['-- a note\nCREATE TABLE b (id int) ENGINE=InnoDB;', 'mysql'],
    [`${'/*'.repeat(90_000)} on \`b\``, 'unknown'],
  ])('%#: %s', (text, dialect) => {
    expect(detectMigration({ path: 'migrations/001_a.sql', text, companions: new Map() })?.dialect).toBe(
      dialect,
    );
  });
});

describe('a step back that raises', () => {
  const raise = "DO $$ BEGIN RAISE EXCEPTION 'no way back'; END $$;\n";
  test.each([
    ['goose', 'db/migrations/1_a.sql', `-- +goose Up\nSELECT 1;\n-- +goose Down\n${raise}`, {}],
    ['dbmate', 'db/migrations/1_a.sql', `-- migrate:up\nSELECT 1;\n-- migrate:down\n${raise}`, {}],
    ['golang-migrate', 'db/migrations/1_a.up.sql', 'SELECT 1;', { 'db/migrations/1_a.down.sql': raise }],
    ['diesel', 'migrations/1_a/up.sql', 'SELECT 1;', { 'diesel.toml': '', 'migrations/1_a/down.sql': raise }],
    [
      'rails',
      'db/migrate/20240101000000_a.rb',
      'class A < ActiveRecord::Migration[7.1]\n  def up\n  end\n\n  def down\n    raise ActiveRecord::IrreversibleMigration\n  end\nend\n',
      {},
    ],
    [
      'alembic',
      'migrations/versions/a1_a.py',
      'revision = "a1"\ndown_revision = None\n\ndef upgrade():\n    pass\n\ndef downgrade():\n    raise NotImplementedError()\n',
      {},
    ],
  ])('is told of %s', (framework, path, text, beside) => {
    const companions = new Map(Object.entries(beside));
    expect(detectMigration({ path, text, companions })).toMatchObject({ framework, undoRaises: true });
  });

  test('a comment about it is none, and the way up may raise', () => {
    const text = `-- +goose Up\n${raise}\n-- +goose Down\n-- RAISE EXCEPTION was here\nSELECT 1;\n`;
    expect(
      detectMigration({ path: 'db/migrations/1_a.sql', text, companions: new Map() }),
    ).not.toHaveProperty('undoRaises');
  });
});
