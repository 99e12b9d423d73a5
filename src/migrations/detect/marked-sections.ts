import type { Detected, MigrationSource } from './framework.ts';
import { databaseNamed, databaseOfPath, folderOf, keepLines, nameOf } from './path-signals.ts';
import { stepBack } from './step-back.ts';

type Sections = Pick<Detected, 'upText' | 'wayBack' | 'undoIsIdle' | 'undoRaises'>;

/** goose: `-- +goose Up` and `-- +goose Down` in one file; `-- +goose NO TRANSACTION` anywhere in it. */
export function goose({ path, text }: MigrationSource): Detected | undefined {
  if (!/^[ \t]*--[ \t]*\+goose[ \t]+up\b/im.test(text)) return undefined;
  const sections = sectionsOf(
    text,
    /^[ \t]*--[ \t]*\+goose[ \t]+up\b/i,
    /^[ \t]*--[ \t]*\+goose[ \t]+down\b/i,
  );
  return {
    framework: 'goose',
    root: folderOf(path),
    version: /^\d+/.exec(nameOf(path))?.[0] ?? '',
    direction: 'up',
    ...databaseOfPath(path),
    sending: /^[ \t]*--[ \t]*\+goose[ \t]+no[ \t]+transaction\b/im.test(text)
      ? 'one-by-one'
      : 'in-transaction',
    ...sections,
  };
}

/** dbmate: `-- migrate:up` and `-- migrate:down`; `transaction:false` on the marker, and then one message a section. */
export function dbmate({ path, text }: MigrationSource): Detected | undefined {
  const marker = /^[ \t]*--[ \t]*migrate:up\b(.*)$/m.exec(text);
  if (!marker) return undefined;
  const sections = sectionsOf(text, /^[ \t]*--[ \t]*migrate:up\b/, /^[ \t]*--[ \t]*migrate:down\b/);
  return {
    framework: 'dbmate',
    root: folderOf(path),
    version: /^\d+/.exec(nameOf(path))?.[0] ?? '',
    direction: 'up',
    ...databaseOfPath(path),
    sending: /\btransaction:false\b/.test(marker[1] ?? '') ? 'one-message' : 'in-transaction',
    ...sections,
  };
}

/** sql-migrate: `-- +migrate Up` and `-- +migrate Down` in one file; `notransaction` on the marker. */
export function sqlMigrate({ path, text }: MigrationSource): Detected | undefined {
  const marker = /^[ \t]*--[ \t]*\+migrate[ \t]+up\b(.*)$/im.exec(text);
  if (!marker) return undefined;
  const sections = sectionsOf(
    text,
    /^[ \t]*--[ \t]*\+migrate[ \t]+up\b/i,
    /^[ \t]*--[ \t]*\+migrate[ \t]+down\b/i,
  );
  return {
    framework: 'sql-migrate',
    root: folderOf(path),
    version: /^\d+/.exec(nameOf(path))?.[0] ?? '',
    direction: 'up',
    ...databaseOfPath(path),
    sending: /\bnotransaction\b/i.test(marker[1] ?? '') ? 'one-by-one' : 'in-transaction',
    ...sections,
  };
}

/** Everything before the first marker belongs to the file's head (its comments); a down section is left out. */
function sectionsOf(text: string, up: RegExp, down: RegExp): Sections {
  let isDown = false;
  let hasDown = false;
  const kept = new Set<number>();
  text.split('\n').forEach((line, index) => {
    if (up.test(line)) isDown = false;
    else if (down.test(line)) {
      isDown = true;
      hasDown = true;
    }
    if (!isDown) kept.add(index + 1);
  });
  const downText = keepLines(text, (line) => !kept.has(line));
  const upText = keepLines(text, (line) => kept.has(line));
  return { upText, ...stepBack(hasDown ? downText : undefined) };
}

/**
 * Liquibase's formatted SQL: each `--changeset` is one transaction, unless it says otherwise, and is undone by its own
 * `--rollback`. Where one ends, its transaction ends too, which is not followed here. A changelog orders the files, and
 * they are added to.
 */
export function liquibase({ path, text }: MigrationSource): Detected | undefined {
  if (!/^[ \t]*--[ \t]*liquibase[ \t]+formatted[ \t]+sql\b/im.test(text.slice(0, 2_000))) return undefined;
  const sets = text.split(/^[ \t]*--[ \t]*changeset[ \t]/im).slice(1);
  const isUndone = sets.length > 0 && sets.every((one) => /^[ \t]*--[ \t]*rollback\b/im.test(one));
  const only = new Set(
    [...text.matchAll(/^[ \t]*--[ \t]*changeset[ \t][^\n]*\bdbms:["']?(\w+)["']?/gim)].map(
      ([, name]) => name,
    ),
  );
  const [database = ''] = only;
  return {
    framework: 'liquibase',
    root: folderOf(path),
    version: '',
    direction: 'up',
    ...((only.size === 1 && databaseNamed(database)) || databaseOfPath(path)),
    sending: 'unknown',
    wayBack: isUndone ? 'down-step' : 'none',
  };
}
