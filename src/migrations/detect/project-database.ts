import { type DatabaseSignal, databaseNamed, folderOf } from './path-signals.ts';

const names = [
  'drizzle.config.ts',
  'drizzle.config.js',
  'dbconfig.yml',
  'dbconf.yml',
  '.env.example',
  '.env.sample',
];

/** Files of the project that name its database, in the folders above a migration. */
export function projectCompanions(path: string): readonly string[] {
  const folders = [folderOf(path)];
  for (let depth = 0; depth < 3 && folders.at(-1) !== ''; depth += 1)
    folders.push(folderOf(folders.at(-1) ?? ''));
  return [...new Set([...folders, ''])].flatMap((folder) =>
    names.map((name) => (folder === '' ? name : `${folder}/${name}`)),
  );
}

const signs: readonly (readonly [file: RegExp, sign: RegExp])[] = [
  [/(^|\/)drizzle\.config\.[jt]s$/, /\bdialect\s*:\s*['"`](\w+)['"`]/],
  // sql-migrate and goose: one dialect for each environment.
  [/(^|\/)dbconf(?:ig)?\.yml$/, /^[ \t]*(?:dialect|driver)[ \t]*:[ \t]*['"]?(\w+)/m],
  [/(^|\/)\.env\.(?:example|sample)$/, /^[ \t]*(?:export[ \t]+)?DATABASE_URL[ \t]*=[ \t]*['"]?(\w+):/m],
  // sqlx names its databases as features.
  [/(^|\/)Cargo\.toml$/, /^[ \t]*sqlx[ \t]*=[ \t]*\{([^{}]{0,2000})\}/m],
];

/** What the project's own files say of its database; nothing where they disagree. */
export function databaseOfProject(companions: ReadonlyMap<string, string>): DatabaseSignal {
  const found = new Map<string, DatabaseSignal>();
  for (const [path, text] of companions) {
    for (const [file, sign] of signs) {
      const words = file.test(path) ? sign.exec(text)?.[1] : undefined;
      for (const name of words?.match(/\w+/g) ?? []) {
        const signal = databaseNamed(name);
        if (signal) found.set(signal.otherDatabase ?? signal.dialect, signal);
      }
    }
  }
  const [only, second] = [...found.values()];
  return only && !second ? only : { dialect: 'unknown' };
}
