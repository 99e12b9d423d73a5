import type { KnownModel } from '../orm/django/known-model.ts';
import type { ColumnType, Volatility } from './column-type.ts';
import type { ColumnDefinition } from './dialects/dialect-statement.ts';

export interface KnownConstraint {
  readonly kind: string;
  readonly isValid: boolean;
  readonly references?: string;
  /** Columns of the key, or those that a check looks at. */
  readonly columns: readonly string[];
  /** The column of a check that says no more than `column IS NOT NULL`. */
  readonly notNullColumn?: string;
}

export interface KnownTable {
  /** Made by the change that is being read: nobody waits for it yet. */
  readonly isOfThisChange: boolean;
  readonly isTemporary: boolean;
  /** Its CREATE TABLE was read, so what is absent below is absent. */
  readonly isComplete: boolean;
  readonly columns: Map<string, ColumnType>;
  /** Added by the change that is being read. */
  readonly newColumns: Set<string>;
  readonly notNull: Set<string>;
  readonly constraints: Map<string, KnownConstraint>;
  isPartitioned: boolean;
  defaultPartition?: string;
  /** Columns of MySQL, MariaDB and SQLite as they were defined, by name in lower case. */
  definitions?: Map<string, ColumnDefinition>;
  /** Of columns that name none; MySQL and MariaDB. */
  charset?: string;
}

/** What is known of the schema before a statement runs. Whatever is absent is unknown, not missing. */
export interface KnownSchema {
  readonly tables: Map<string, KnownTable>;
  /** Index → its table. */
  readonly indexes: Map<string, string>;
  readonly indexColumns: Map<string, readonly string[]>;
  /** Domain or type of the project → what it is. */
  readonly types: Map<
    string,
    {
      readonly kind: 'enum' | 'composite' | 'domain';
      readonly hasCheck: boolean;
      readonly base?: ColumnType;
      readonly isOfThisChange?: true;
    }
  >;
  readonly functions: Map<string, Volatility>;
  isTimeZoneUtc: boolean;
  /** Django's models by `app.name`, lower case; absent where no migration of Django was read. */
  models?: Map<string, KnownModel>;
  /** Tables of MySQL, MariaDB and SQLite by name in lower case, the latest spelling each; some may be gone. */
  spellings?: Map<string, string>;
  /** MySQL and MariaDB: `SET foreign_key_checks=0` is in force, until the file ends. */
  ignoresForeignKeys?: boolean;
}

/** A table of which nothing is known; `given` says what is. */
export function unknownTable(given: Partial<KnownTable> = {}): KnownTable {
  return {
    isOfThisChange: false,
    isTemporary: false,
    isComplete: false,
    columns: new Map(),
    newColumns: new Set(),
    notNull: new Set(),
    constraints: new Map(),
    isPartitioned: false,
    ...given,
  };
}

export function emptySchema(): KnownSchema {
  return {
    tables: new Map(),
    indexes: new Map(),
    indexColumns: new Map(),
    types: new Map(),
    functions: new Map(),
    isTimeZoneUtc: false,
  };
}

/** A session's own tables and settings are gone when the file has run; they say nothing about later files. */
export function dropTemporary(schema: KnownSchema): void {
  schema.ignoresForeignKeys = false;
  for (const [name, table] of schema.tables) if (table.isTemporary) schema.tables.delete(name);
}
