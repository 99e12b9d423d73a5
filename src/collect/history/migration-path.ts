import { detectMigration } from '../../migrations/detect/detect-migration.ts';

/**
 * Where frameworks that write migrations in a programming language keep them, as their documentation has it: Rails,
 * Laravel, Django, Alembic and Flask-Migrate, Ecto, Knex with TypeORM, Sequelize and MikroORM, Entity Framework.
 */
const inCode: readonly RegExp[] = [
  /(?:^|\/)db\/(?:[a-z_]+_)?migrate\/\d{14}_\w+(?:\.\w+)?\.rb$/,
  /(?:^|\/)database\/migrations\/\d{4}_\d\d_\d\d_\d{6}_\w+\.php$/,
  /(?:^|\/)migrations\/\d{4}_\w+\.py$/,
  /(?:^|\/)(?:alembic|migrations|revisions)\/(?:\w+\/)*versions\/(?:\d{4}\/)?[\w.-]+\.py$/,
  /(?:^|\/)(?:repo|[a-z_]*repo)?\/?migrations\/\d{14}_\w+\.exs$/,
  /(?:^|\/)migrations?\/(?:V|Migration)?\d{13,14}[-_]?[\w.-]*\.(?:ts|js|mjs|cjs)$/,
  /(?:^|\/)Migrations\/\d{14}_\w+(?<!\.Designer)\.cs$/,
];

const outsideUse = /(?:^|\/)(?:tests?|__tests__|specs?|testdata|fixtures|node_modules|vendor|third_party)\//i;

/** Whether a file of this name is a migration that goes forward. Told by the path alone, so that nothing has to be read. */
export function isForwardMigration(path: string): boolean {
  const sql = detectMigration({ path, text: '', companions: new Map() });
  if (sql) return sql.direction === 'up';
  return !outsideUse.test(path) && inCode.some((pattern) => pattern.test(path));
}
