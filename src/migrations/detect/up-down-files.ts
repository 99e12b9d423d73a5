import type { Detected, MigrationSource } from './framework.ts';
import { databaseNamed, databaseOfPath, folderOf, nameOf } from './path-signals.ts';
import { stepBack } from './step-back.ts';

/** A dotted version only behind a `V`: golang-migrate's own ends with its digits. */
const pair = /^(?:[vV](\d+(?:\.\d+)*)|(\d+))[_.-].*\.(up|down)\.sql$/s;

/**
 * `0001_name.up.sql` with `0001_name.down.sql`: golang-migrate, and sqlx where its marker or its project file stands.
 * Both send the file as one message. `V0001.Name.mysql.up.sql` is run by programs of the project's own.
 */
export function upDownFiles({ path, text, companions }: MigrationSource): Detected | undefined {
  const match = pair.exec(nameOf(path));
  if (!match) return undefined;
  const [, dotted, digits, way] = match;
  const isDown = way === 'down';
  const isSqlx = [...companions].some(
    ([other, content]) => nameOf(other) === 'Cargo.toml' && /\bsqlx\b/.test(content),
  );
  const noTransaction = /^[ \t]*--[ \t]*no-transaction\b/.test(text);
  return {
    framework: isSqlx ? 'sqlx' : dotted === undefined ? 'golang-migrate' : 'sql',
    root: folderOf(path),
    version: dotted ?? digits ?? '',
    direction: isDown ? 'down' : 'up',
    ...databaseOfPath(path),
    sending: isSqlx && !noTransaction ? 'in-transaction' : dotted === undefined ? 'one-message' : 'unknown',
    ...(isDown
      ? { wayBack: 'down-step' as const }
      : stepBack(downFiles(path).flatMap((other) => companions.get(other) ?? [])[0])),
  };
}

/** Of `1_a.mysql.up.sql`: the step back for that database, or the one for all. */
export function downFiles(path: string): readonly string[] {
  const own = path.replace(/\.up\.sql$/i, '.down.sql');
  return [...new Set([own, own.replace(/(\/[^/.]+|^[^/.]+)\.[^/]*\.down\.sql$/, '$1.down.sql')])];
}

/**
 * Diesel: `<migrations>/<timestamp>_name/up.sql` and `down.sql`; one transaction unless `metadata.toml` beside them says
 * `run_in_transaction = false`. Hasura uses the same names under `migrations/<database>/`.
 */
export function diesel({ path, companions }: MigrationSource): Detected | undefined {
  const name = nameOf(path);
  if (name !== 'up.sql' && name !== 'down.sql') return undefined;
  const folder = folderOf(path);
  if (!/^\d/.test(nameOf(folder))) return undefined;
  const outside = /^[ \t]*run_in_transaction[ \t]*=[ \t]*false[ \t\r]*$/m.test(
    companions.get(`${folder}/metadata.toml`) ?? '',
  );
  const isHasura = /(^|\/)hasura\//.test(path);
  const signal = databaseOfPath(path);
  const byConfig = databaseNamed(
    /\bbackend\s*=\s*"(\w+)"/.exec(companions.get('diesel.toml') ?? '')?.[1] ?? '',
  );
  return {
    framework: isHasura ? 'hasura' : 'diesel',
    root: folderOf(folder),
    version: nameOf(folder),
    direction: name === 'down.sql' ? 'down' : 'up',
    ...(signal.dialect === 'unknown' && byConfig ? byConfig : signal),
    sending: outside ? 'one-message' : 'in-transaction',
    ...(name === 'down.sql'
      ? { wayBack: 'down-step' as const }
      : stepBack(companions.get(`${folder}/down.sql`))),
  };
}
