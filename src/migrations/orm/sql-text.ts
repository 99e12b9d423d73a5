import type { Dialect } from '../../core/migration-facts.ts';
import type { CodeValue } from './code/code-value.ts';

/** Writes names and values as one database wants them. */
export interface SqlText {
  readonly dialect: Dialect;
  readonly isMysql: boolean;
  readonly isPostgres: boolean;
  /** A name between its quotes; dots part schema and table. */
  name(name: string): string;
  names(names: readonly string[]): string;
  /** A constant. What is not known is some constant too: `'…'`. */
  value(value: CodeValue | undefined): string;
}

export function sqlText(dialect: Dialect): SqlText {
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  const quote = isMysql ? '`' : '"';
  const name = (whole: string) =>
    whole
      .split('.')
      .map((part) => `${quote}${part.replaceAll(quote, quote + quote).replaceAll('\0', '')}${quote}`)
      .join('.');
  return {
    dialect,
    isMysql,
    isPostgres: dialect === 'postgresql' || dialect === 'unknown',
    name,
    names: (names) => names.map(name).join(', '),
    value(value) {
      switch (value?.kind) {
        case undefined:
        case 'none':
          return 'NULL';
        case 'boolean':
          return isMysql ? (value.is ? '1' : '0') : value.is ? 'TRUE' : 'FALSE';
        case 'number':
          return /^-?[\d.]+(?:[eE][+-]?\d+)?$/.test(value.text) ? value.text : quoted(value.text);
        case 'text':
          return quoted(value.text);
        case 'lambda':
          return value.gives?.kind === 'text' ? value.gives.text : `'…'`;
        case 'list':
        case 'map':
          return `'{}'`;
        default:
          return `'…'`;
      }
    },
  };
}

/** Between single quotes; a backslash is one of the text's own in standard SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll('\0', '')}'`;
}
