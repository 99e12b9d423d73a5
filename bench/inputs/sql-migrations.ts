import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, seededRandom } from './seeded-random.ts';

/** Texts of `count` PostgreSQL migrations as projects have them: some five statements, a table, then changes to it. */
export function sqlMigrations(count: number): ReadonlyMap<string, string> {
  const random = seededRandom(11);
  return new Map(
    Array.from({ length: count }, (_, index) => [
      `${String(index + 1).padStart(4, '0')}_change_${index}.sql`,
      migration(index, random),
    ]),
  );
}

export function writeMigrations(folder: string, count: number): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return [...sqlMigrations(count)].map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
}

function migration(index: number, random: Random): string {
  const older = `orders_${random(Math.max(1, index))}`;
  const changes = [
    `ALTER TABLE ${older} ADD COLUMN note_${index} text NOT NULL DEFAULT '';`,
    `CREATE INDEX ${older}_idx_${index} ON ${older} (status, created_at) WHERE deleted_at IS NULL;`,
    `ALTER TABLE ${older} ADD CONSTRAINT ${older}_check_${index} CHECK (total >= 0);`,
    `UPDATE ${older} SET status = 'open' WHERE status IS NULL AND created_at < now() - interval '30 days';`,
    `ALTER TABLE ${older} ALTER COLUMN total TYPE numeric(14, 2) USING total::numeric(14, 2);`,
    `CREATE OR REPLACE FUNCTION total_${index}(wanted bigint) RETURNS numeric LANGUAGE sql AS $$ SELECT sum(total) FROM ${older} WHERE customer = wanted $$;`,
    `DROP INDEX IF EXISTS ${older}_status;`,
  ];
  const chosen = Array.from({ length: 4 }, () => changes[random(changes.length)] ?? '');
  return `-- Support asked for the list of open orders to load in under a second.
CREATE TABLE orders_${index} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  status varchar(20) NOT NULL DEFAULT 'open',
  total numeric(12, 2) NOT NULL CHECK (total >= 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz
);
${chosen.join('\n')}
`;
}
