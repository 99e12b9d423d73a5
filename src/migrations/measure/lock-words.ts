import type { Dialect, Operation } from '../../core/migration-facts.ts';

/** "an ACCESS EXCLUSIVE lock", "a SHARED lock". */
export function lockWords(lock: Operation['lock']): string {
  return `${/^[AE]/.test(lock) ? 'an' : 'a'} ${lock} lock`;
}

/** MySQL or MariaDB, by name; undefined for databases whose tables are not InnoDB's. */
export function innodbName(dialect: Dialect): 'MySQL' | 'MariaDB' | undefined {
  if (dialect === 'mysql') return 'MySQL';
  return dialect === 'mariadb' ? 'MariaDB' : undefined;
}
