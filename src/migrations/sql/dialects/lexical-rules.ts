/** How a database splits a text into words. */
export interface LexicalRules {
  /** `#` begins a comment. */
  readonly hashComments: boolean;
  /** `--` begins a comment only before space or the end of the line: `5--1` is 6. */
  readonly dashNeedsSpace: boolean;
  /** A backslash escapes the next character of a text. */
  readonly backslashEscapes: boolean;
  /** What stands in double quotes. */
  readonly doubleQuotes: 'text' | 'name';
  /** `[name]` is a name. */
  readonly brackets: boolean;
  /** Comments that run: `/*! … *\/`, and `/*M! … *\/` on MariaDB. */
  readonly versionComments: 'none' | 'mysql' | 'mariadb';
  /** `DELIMITER //` lines, which the clients of the database obey. */
  readonly delimiterLines: boolean;
}

export const mysqlRules: LexicalRules = {
  hashComments: true,
  dashNeedsSpace: true,
  backslashEscapes: true,
  doubleQuotes: 'text',
  brackets: false,
  versionComments: 'mysql',
  delimiterLines: true,
};

export const mariadbRules: LexicalRules = { ...mysqlRules, versionComments: 'mariadb' };

export const sqliteRules: LexicalRules = {
  hashComments: false,
  dashNeedsSpace: false,
  backslashEscapes: false,
  doubleQuotes: 'name',
  brackets: true,
  versionComments: 'none',
  delimiterLines: false,
};
