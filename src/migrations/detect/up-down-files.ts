import type { Detected, MigrationSource } from './framework.ts';
import {
  type DatabaseSignal,
  databaseNamed,
  databaseOfPath,
  databaseOfText,
  folderOf,
  nameOf,
} from './path-signals.ts';
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
    ...databaseOfPair({ path, text, companions }),
    sending: isSqlx && !noTransaction ? 'in-transaction' : dotted === undefined ? 'one-message' : 'unknown',
    ...(isDown
      ? { wayBack: 'down-step' as const }
      : stepBack(downFiles(path).flatMap((other) => companions.get(other) ?? [])[0])),
  };
}

/** `1_a.up.sql` beside `1_a.postgres.up.sql` is for the databases that have no file of their own. */
function databaseOfPair({ path, text, companions }: MigrationSource): DatabaseSignal {
  const byPath = databaseOfPath(path);
  if (byPath.dialect !== 'unknown' || byPath.otherDatabase !== undefined) return byPath;
  if (!postgresFiles(path).some((other) => companions.has(other))) return byPath;
  const byText = databaseOfText(text);
  return byText.dialect === 'unknown' && byText.otherDatabase === undefined
    ? { dialect: 'unknown', otherDatabase: 'another database than PostgreSQL' }
    : byText;
}

/** Of `1_a.up.sql`: the steps of PostgreSQL alone. */
export function postgresFiles(path: string): readonly string[] {
  const start = path.replace(/\.(?:up|down)\.sql$/i, '');
  const way = path.slice(start.length);
  return ['postgres', 'postgresql', 'pg', 'psql'].map((name) => `${start}.${name}${way}`);
}

/** Of `1_a.mysql.up.sql`: the step back for that database, or the one for all. */
export function downFiles(path: string): readonly string[] {
  const own = path.replace(/\.up\.sql$/i, '.down.sql');
  return [...new Set([own, own.replace(/(\/[^/.]+|^[^/.]+)\.[^/]*\.down\.sql$/, '$1.down.sql')])];
}

/** As Diesel's command names folders; by hand they are often numbered, as those of other runners are. */
const dieselFolder = /^(?:\d{4}-\d\d-\d\d-\d{6}(?:-\d{4})?|\d{14})_/;
const hasuraFolder = /^\d{13}_/;
const dieselWords = /Your SQL goes here|undo anything in `up\.sql`|created by Diesel/;

/**
 * Diesel: `<migrations>/<timestamp>_name/up.sql` and `down.sql`; one transaction unless `metadata.toml` beside them says
 * `run_in_transaction = false`. Hasura uses the same names under `migrations/<database>/`. Elsewhere than in a Rust
 * project a number in front of the folder's name tells nothing of who runs it.
 */
export function diesel({ path, text, companions }: MigrationSource): Detected | undefined {
  const name = nameOf(path);
  if (name !== 'up.sql' && name !== 'down.sql') return undefined;
  const folder = folderOf(path);
  const number = /^\d+(?:[.-]\d+)*/.exec(nameOf(folder))?.[0];
  if (number === undefined) return undefined;
  const outside = /^[ \t]*run_in_transaction[ \t]*=[ \t]*false[ \t\r]*$/m.test(
    companions.get(`${folder}/metadata.toml`) ?? '',
  );
  const isHasura = /(^|\/)hasura\//.test(path) || hasuraFolder.test(nameOf(folder));
  const isDiesel =
    dieselFolder.test(nameOf(folder)) ||
    dieselWords.test(text) ||
    [...companions.keys()].some((other) => /^(?:Cargo|diesel|metadata)\.toml$/.test(nameOf(other)));
  const isKnown = isHasura || isDiesel;
  const signal = databaseOfPath(path);
  const byConfig = databaseNamed(
    /\bbackend\s*=\s*"(\w+)"/.exec(companions.get('diesel.toml') ?? '')?.[1] ?? '',
  );
  return {
    framework: isHasura ? 'hasura' : isDiesel ? 'diesel' : 'sql',
    root: folderOf(folder),
    version: isKnown ? nameOf(folder) : number,
    direction: name === 'down.sql' ? 'down' : 'up',
    ...(signal.dialect === 'unknown' && byConfig ? byConfig : signal),
    sending: !isKnown ? 'unknown' : outside ? 'one-message' : 'in-transaction',
    ...(name === 'down.sql'
      ? { wayBack: 'down-step' as const }
      : stepBack(companions.get(`${folder}/down.sql`))),
  };
}
