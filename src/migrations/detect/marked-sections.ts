import type { Detected, MigrationSource } from './framework.ts';
import { databaseOfPath, folderOf, keepLines, nameOf } from './path-signals.ts';
import { raises } from './raises.ts';

interface Sections {
  readonly upText: string;
  readonly hasDown: boolean;
  readonly undoRaises: boolean;
}

/** goose: `-- +goose Up` and `-- +goose Down` in one file; `-- +goose NO TRANSACTION` anywhere in it. */
export function goose({ path, text }: MigrationSource): Detected | undefined {
  if (!/^[ \t]*--[ \t]*\+goose[ \t]+up\b/im.test(text)) return undefined;
  const { upText, hasDown, undoRaises } = sectionsOf(
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
    wayBack: hasDown ? 'down-step' : 'none',
    ...(undoRaises ? { undoRaises } : {}),
    upText,
  };
}

/** dbmate: `-- migrate:up` and `-- migrate:down`; `transaction:false` on the marker, and then one message a section. */
export function dbmate({ path, text }: MigrationSource): Detected | undefined {
  const marker = /^[ \t]*--[ \t]*migrate:up\b(.*)$/m.exec(text);
  if (!marker) return undefined;
  const { upText, hasDown, undoRaises } = sectionsOf(
    text,
    /^[ \t]*--[ \t]*migrate:up\b/,
    /^[ \t]*--[ \t]*migrate:down\b/,
  );
  return {
    framework: 'dbmate',
    root: folderOf(path),
    version: /^\d+/.exec(nameOf(path))?.[0] ?? '',
    direction: 'up',
    ...databaseOfPath(path),
    sending: /\btransaction:false\b/.test(marker[1] ?? '') ? 'one-message' : 'in-transaction',
    wayBack: hasDown ? 'down-step' : 'none',
    ...(undoRaises ? { undoRaises } : {}),
    upText,
  };
}

/** sql-migrate: `-- +migrate Up` and `-- +migrate Down` in one file; `notransaction` on the marker. */
export function sqlMigrate({ path, text }: MigrationSource): Detected | undefined {
  const marker = /^[ \t]*--[ \t]*\+migrate[ \t]+up\b(.*)$/im.exec(text);
  if (!marker) return undefined;
  const { upText, hasDown, undoRaises } = sectionsOf(
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
    wayBack: hasDown ? 'down-step' : 'none',
    ...(undoRaises ? { undoRaises } : {}),
    upText,
  };
}

/** Everything before the first marker belongs to the file's head (its comments); a down section is left out. */
function sectionsOf(text: string, up: RegExp, down: RegExp): Sections {
  let isDown = false;
  let hasDown = false;
  const kept = new Set<number>();
  text.split('\n').forEach((line, index) => {
    if (up.test(line)) isDown = false;
    else if (down.test(line)) isDown = true;
    else if (isDown && /^\s*[^\s-]/.test(line)) hasDown = true;
    if (!isDown) kept.add(index + 1);
  });
  const downText = keepLines(text, (line) => !kept.has(line));
  return { upText: keepLines(text, (line) => kept.has(line)), hasDown, undoRaises: raises(downText) };
}
