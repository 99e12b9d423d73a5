import type { MigrationFile } from '../src/core/migration-facts.ts';
import { frameworks, readFramework } from '../test/migrations/frameworks/read-framework.ts';

interface Known {
  readonly title: string;
  readonly files: string;
  readonly order: string;
  readonly transaction: string;
  readonly wayBack: string;
}

/** What the readers take from each framework; a framework of the corpus without a line here stops the script. */
const known: Readonly<Record<string, Known>> = {
  alembic: {
    title: 'Alembic, Flask-Migrate',
    files: '`versions/*.py` with `revision` and `down_revision`',
    order: '`down_revision`; two heads are found',
    transaction: 'one; `autocommit_block()` leaves it',
    wayBack: '`downgrade()` that does something',
  },
  dbmate: {
    title: 'dbmate',
    files: '`-- migrate:up`',
    order: 'number in front',
    transaction: 'one, unless `transaction:false`',
    wayBack: '`-- migrate:down`',
  },
  diesel: {
    title: 'Diesel',
    files: '`<date>_name/up.sql`',
    order: 'name of the folder',
    transaction: 'one, unless `metadata.toml` says otherwise',
    wayBack: '`down.sql`',
  },
  django: {
    title: 'Django',
    files: '`<app>/migrations/*.py` with a class `Migration`',
    order: '`dependencies` within the app; two heads are found',
    transaction: 'one, unless `atomic = False`',
    wayBack: 'every operation but `RunSQL` and `RunPython` without their other half',
  },
  drizzle: {
    title: 'Drizzle',
    files: 'SQL beside `meta/_journal.json`, or with `--> statement-breakpoint`',
    order: 'number in front',
    transaction: 'one for all pending files',
    wayBack: 'none',
  },
  flyway: {
    title: 'Flyway',
    files: '`V1__name.sql`, `R__name.sql`, `U1__name.sql`',
    order: 'dotted version',
    transaction: 'one, unless `<name>.sql.conf` says otherwise or all of it runs concurrently',
    wayBack: '`U…__….sql`',
  },
  'golang-migrate': {
    title: 'golang-migrate',
    files: '`0001_name.up.sql`',
    order: 'number in front',
    transaction: 'several statements are one',
    wayBack: '`0001_name.down.sql`',
  },
  goose: {
    title: 'goose',
    files: '`-- +goose Up`',
    order: 'number in front',
    transaction: 'one, unless `-- +goose NO TRANSACTION`',
    wayBack: '`-- +goose Down`',
  },
  prisma: {
    title: 'Prisma',
    files: '`prisma/migrations/<time>_name/migration.sql`',
    order: 'name of the folder',
    transaction: 'none; before 7.4 several statements are one',
    wayBack: 'none',
  },
  rails: {
    title: 'Rails',
    files: '`db/migrate/<time>_name.rb`, `db/<name>_migrate/`, `db/post_migrate/`',
    order: 'time in front',
    transaction: 'one, unless `disable_ddl_transaction!`',
    wayBack: '`down`, or a `change` of commands that Rails can turn around',
  },
  sqlx: {
    title: 'sqlx',
    files: '`migrations/<time>_name.sql` of a project with sqlx',
    order: 'number in front',
    transaction: 'one, unless `-- no-transaction`',
    wayBack: '`.down.sql`',
  },
  supabase: {
    title: 'Supabase',
    files: '`supabase/migrations/<time>_name.sql`',
    order: 'number in front',
    transaction: 'one',
    wayBack: 'none',
  },
};

/** `docs/migrations-support.md`: what is read, with the numbers of the corpus in `test/migrations/frameworks/`. */
export async function supportPage(): Promise<string> {
  const rows = await Promise.all(frameworks.map(async (name) => rowOf(name, await readFramework(name))));
  return `# Migrations that are read

Written by \`npm run generate\` from the files in [\`test/migrations/frameworks/\`](../test/migrations/frameworks/). A framework stands here with ten files or more, of which every statement is understood or named as not analysed; \`expected.txt\` beside them has each operation. For Rails, Django and Alembic, \`sent.json\` has the SQL that the framework itself sent for these files, and a test compares what both do.

| Framework | Files | Order | Transaction | Way back | Files in the corpus | Operations | Parts not analysed |
| :-- | :-- | :-- | :-- | :-- | --: | --: | --: |
${rows.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)).join('\n')}

Other SQL files in a folder of migrations are read too, and Liquibase's formatted SQL wherever it stands; how their tool runs them is not known then.

Not read: changelogs of Liquibase in XML, YAML and JSON, migrations written in other languages than Ruby and Python, and the scripts that bring an extension of PostgreSQL to its next version (\`name--1.0--1.1.sql\`). Those run wherever somebody has the extension, and are edited until it is released, so that what is asked of a migration here does not fit them.

## Written in Ruby and Python

A migration of Rails, Django or Alembic is not run. Its calls are turned into the SQL that the framework would send, and that is read like any other. Lists, constants, the file's own methods, loops over items that stand in it and raw SQL are followed. A condition is taken to hold, since it mostly keeps a step from running twice.

Not analysed, and said so with its lines: rows that are changed through classes of the application (\`RunPython\`, \`find_each\`, \`update_all\`), SQL and names that are put together when the migration runs, loops over rows, methods of other libraries.

The schema before a change comes from \`db/structure.sql\` or \`db/schema.rb\` where they stand, else from the folder's own migrations, carried out in their order. A column whose earlier type was not found stays unknown.
`;
}

function rowOf(name: string, files: readonly MigrationFile[]): string {
  const framework = known[name];
  if (!framework)
    throw new Error(
      `test/migrations/frameworks/${name} has no line in scripts/support-table.ts: add what is read of it.`,
    );
  const { title, files: where, order, transaction, wayBack } = framework;
  const operations = files.reduce((sum, file) => sum + file.operations.length, 0);
  const left = files.reduce((sum, file) => sum + file.notAnalysed.length, 0);
  return `| ${title} | ${where} | ${order} | ${transaction} | ${wayBack} | ${files.length} | ${operations} | ${left} |`;
}
