import type { Detected, MigrationSource } from './framework.ts';
import { folderOf } from './path-signals.ts';
import { pythonDatabase } from './python-database.ts';

export function isAlembicPath(path: string): boolean {
  return /(?:^|\/)(?:versions|migrations|alembic)\/(?:\w+\/)*(?!__init__|env\.py)[\w.-]+\.py$/.test(path);
}

/**
 * Alembic (and Flask-Migrate): a file with `revision` and `down_revision`, which says what it comes after. All that a run
 * has to do shares one transaction, or each file has its own (`transaction_per_migration`); `autocommit_block` leaves it.
 */
export function alembic({ path, text, companions }: MigrationSource): Detected | undefined {
  if (!isAlembicPath(path)) return undefined;
  const revision = /^revision\b[^=\n]*=\s*["']([^"'\n]+)["']/m.exec(text)?.[1];
  const down = /^down_revision\b[^=\n]*=\s*(None|["'][^"'\n]*["']|[([][^)\]]*[)\]])/m.exec(text)?.[1];
  if (revision === undefined || down === undefined) return undefined;
  return {
    framework: 'alembic',
    code: 'python',
    root: rootOf(path),
    version: revision,
    direction: 'up',
    ...pythonDatabase(path, text, companions),
    sending: 'in-transaction',
    wayBack: wayBackOf(text),
    ...(firstOfDowngrade(text)?.startsWith('raise') && { undoRaises: true as const }),
    after: [...down.matchAll(/["']([^"'\n]+)["']/g)].map(([, id]) => id ?? ''),
  };
}

/** By the first line of `downgrade()` that is neither comment nor text; the reader of the program knows better. */
function wayBackOf(text: string): Detected['wayBack'] {
  const first = firstOfDowngrade(text);
  return first === undefined || /^(?:pass|raise)\b/.test(first) ? 'none' : 'down-step';
}

function firstOfDowngrade(text: string): string | undefined {
  const start = /^def[ \t]+downgrade\b[^\n]*$/m.exec(text);
  if (!start) return undefined;
  const from = start.index + start[0].length;
  const first = text
    .slice(from, from + 2_000)
    .split('\n')
    .find((line) => /^\s*[^\s#"']/.test(line));
  // What is not indented stands behind the function.
  return first !== undefined && /^\s/.test(first) ? first.trim() : undefined;
}

/** Files can lie in folders by year below the one that Alembic was told of. */
function rootOf(path: string): string {
  return /^(.*?(?:^|\/)versions)\/\d{4}(?:\/|$)/.exec(path)?.[1] ?? folderOf(path);
}
