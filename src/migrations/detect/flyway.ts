import type { Detected, MigrationSource } from './framework.ts';
import { databaseOfPath, folderOf, nameOf } from './path-signals.ts';

const versioned = /^([VU])(\d+(?:[._]\d+)*)__.+\.sql$/s;
const repeatable = /^R__.+\.sql$/s;

/**
 * `V1.2__name.sql` (up), `U1.2__name.sql` (its undo), `R__name.sql`. One transaction a file, unless `<name>.sql.conf`
 * says `executeInTransaction=false`, or the file holds only statements that PostgreSQL refuses inside a transaction:
 * Flyway sees that itself. https://documentation.red-gate.com/flyway (script configuration; mixed)
 */
export function flyway({ path, text, companions }: MigrationSource): Detected | undefined {
  const name = nameOf(path);
  const match = versioned.exec(name);
  if (!match && !repeatable.test(name)) return undefined;
  const version = match?.[2]?.replaceAll('_', '.') ?? '';
  const conf = companions.get(`${path}.conf`) ?? '';
  const isOutside =
    /^[ \t]*executeInTransaction[ \t]*=[ \t]*false[ \t\r]*$/m.test(conf) || isAllConcurrently(text);
  const undo = [...companions.keys()].some((other) => nameOf(other).startsWith(`U${match?.[2] ?? '?'}__`));
  return {
    framework: 'flyway',
    root: folderOf(path),
    version,
    direction: match?.[1] === 'U' ? 'down' : 'up',
    ...databaseOfPath(path),
    sending: isOutside ? 'one-by-one' : 'in-transaction',
    wayBack: undo ? 'down-step' : 'none',
  };
}

function isAllConcurrently(text: string): boolean {
  const statements = text
    .replace(/--.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
  return (
    statements.length > 0 &&
    statements.every((statement) => /^(create|drop|reindex)\b.*\bconcurrently\b/is.test(statement))
  );
}
