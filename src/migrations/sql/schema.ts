import type { ColumnType, Volatility } from './column-type.ts';

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
    { readonly kind: 'enum' | 'composite' | 'domain'; readonly hasCheck: boolean; readonly base?: ColumnType }
  >;
  readonly functions: Map<string, Volatility>;
  isTimeZoneUtc: boolean;
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

/** A session's own tables are gone when the file has run, and hide no real table of the same name from later files. */
export function dropTemporary(schema: KnownSchema): void {
  for (const [name, table] of schema.tables) if (table.isTemporary) schema.tables.delete(name);
}
