import type { Operation } from '../../../core/migration-facts.ts';
import type { TreeNode } from '../parse-tree.ts';

/** A column as a statement defines it. Names as written. */
export type ColumnDefinition = {
  readonly name: string;
  /** First word of its type in lower case (`varchar`, `bigint`); empty where SQLite is given none. */
  readonly type: string;
  /** The rest of it, in lower case: length, values, sign ("(50)", "(10,2) unsigned"). */
  readonly typeRest: string;
  readonly charset?: string;
  readonly isNotNull: boolean;
  /** `constant` for a literal, NULL included; `now` for the time of the statement; `expression` for what is computed. */
  readonly defaultTo?: { readonly kind: 'null' | 'constant' | 'now' | 'expression'; readonly text: string };
  readonly isAutoIncrement: boolean;
  readonly generated?: 'virtual' | 'stored';
  readonly isPrimary: boolean;
  readonly isUnique: boolean;
  readonly hasCheck: boolean;
  readonly references?: string;
  readonly comment?: string;
  /** `first`, or the column it stands behind. */
  readonly position?: string;
};

export type IndexKind = 'plain' | 'unique' | 'fulltext' | 'spatial' | 'vector';

export type ConstraintDefinition = {
  readonly kind: 'primary-key' | 'unique' | 'foreign-key' | 'check';
  readonly name?: string;
  readonly columns: readonly string[];
  readonly references?: string;
  /** A check that is written down and not looked at. */
  readonly isNotEnforced?: true;
};

/** One clause of ALTER TABLE. */
export type AlterClause =
  | { readonly kind: 'add-column'; readonly column: ColumnDefinition; readonly isRepeatable: boolean }
  | { readonly kind: 'drop-column'; readonly column: string; readonly isRepeatable: boolean }
  | { readonly kind: 'modify-column'; readonly from: string; readonly column: ColumnDefinition }
  | { readonly kind: 'rename-column'; readonly from: string; readonly to: string }
  | { readonly kind: 'set-default' | 'drop-default'; readonly column: string }
  | { readonly kind: 'set-not-null' | 'drop-not-null'; readonly column: string }
  | {
      readonly kind: 'add-index';
      readonly index: IndexKind;
      readonly name?: string;
      readonly columns: readonly string[];
      readonly isRepeatable: boolean;
    }
  | { readonly kind: 'drop-index'; readonly name: string; readonly isRepeatable: boolean }
  | { readonly kind: 'rename-index'; readonly from: string; readonly to: string }
  | { readonly kind: 'alter-index'; readonly name: string }
  | {
      readonly kind: 'add-constraint';
      readonly constraint: ConstraintDefinition;
      readonly isRepeatable: boolean;
    }
  | { readonly kind: 'alter-constraint'; readonly name: string; readonly isEnforced: boolean }
  | { readonly kind: 'drop-primary-key' }
  | {
      readonly kind: 'drop-foreign-key' | 'drop-check';
      readonly name: string;
      readonly isRepeatable: boolean;
    }
  | { readonly kind: 'drop-constraint'; readonly name: string; readonly isRepeatable: boolean }
  | { readonly kind: 'rename-table'; readonly to: string }
  | { readonly kind: 'convert-charset'; readonly charset: string }
  | { readonly kind: 'table-option'; readonly option: string; readonly value: string }
  | { readonly kind: 'partition'; readonly action: string; readonly name?: string };

/** One statement of MySQL, MariaDB or SQLite. `words` holds all of it, so that two statements differ where these do. */
export type DialectStatement = { readonly words: string } & (
  | {
      readonly type: 'alter-table';
      readonly table: string;
      readonly clauses: readonly AlterClause[];
      /** As the statement asks for them, in upper case. */
      readonly algorithm?: string;
      readonly lock?: string;
    }
  | {
      readonly type: 'create-table';
      readonly table: string;
      readonly isTemporary: boolean;
      readonly isRepeatable: boolean;
      /** OR REPLACE: a table of that name is dropped first. */
      readonly replaces: boolean;
      readonly columns: readonly ColumnDefinition[];
      readonly constraints: readonly ConstraintDefinition[];
      readonly indexes: readonly {
        readonly kind: IndexKind;
        readonly name?: string;
        readonly columns: readonly string[];
      }[];
      readonly like?: string;
      readonly fromSelect: boolean;
      readonly charset?: string;
      readonly isPartitioned: boolean;
      /** The table whose successor this one is (`withRebuilds`). */
      readonly rebuildOf?: string;
    }
  | {
      readonly type: 'create-index';
      readonly table: string;
      readonly name: string;
      readonly index: IndexKind;
      readonly columns: readonly string[];
      readonly isRepeatable: boolean;
      readonly algorithm?: string;
      readonly lock?: string;
    }
  | {
      readonly type: 'drop-index';
      readonly name: string;
      /** SQLite names none. */
      readonly table?: string;
      readonly isRepeatable: boolean;
      readonly algorithm?: string;
      readonly lock?: string;
    }
  | {
      readonly type: 'drop-table';
      readonly tables: readonly string[];
      readonly isTemporary: boolean;
      readonly isRepeatable: boolean;
      readonly rebuildOf?: string;
    }
  | {
      readonly type: 'rename-table';
      readonly pairs: readonly { readonly from: string; readonly to: string }[];
    }
  | { readonly type: 'truncate'; readonly table: string }
  | {
      readonly type: 'maintain';
      readonly verb: 'optimize' | 'analyze' | 'vacuum' | 'reindex';
      readonly tables: readonly string[];
    }
  | {
      readonly type: 'create-view' | 'drop-view';
      readonly views: readonly string[];
      readonly isRepeatable: boolean;
    }
  | {
      readonly type: 'create-trigger';
      readonly name: string;
      readonly table: string;
      readonly isRepeatable: boolean;
    }
  | { readonly type: 'drop-trigger'; readonly name: string; readonly isRepeatable: boolean }
  | { readonly type: 'drop-database'; readonly name: string; readonly isRepeatable: boolean }
  | {
      readonly type: 'lock-tables';
      readonly tables: readonly { readonly table: string; readonly mode: 'read' | 'write' }[];
    }
  | { readonly type: 'foreign-key-checks'; readonly isOn: boolean }
  | { readonly type: 'transaction'; readonly control: 'begin' | 'end' }
  | {
      readonly type: 'change';
      readonly kind: 'insert' | 'insert-select' | 'update' | 'delete';
      readonly table: string;
      readonly columns: readonly string[];
      readonly rows?: NonNullable<Operation['rows']>;
      /** Columns that are copied, and the table they come from, where it is one table and nothing is computed. */
      readonly copies?: { readonly from: string; readonly columns: readonly string[] };
      readonly rebuildOf?: string;
    }
  | { readonly type: 'opaque' }
  /** Nothing that rows or locks of tables notice; `commits` where MySQL ends the open transaction before it. */
  | { readonly type: 'other'; readonly commits: boolean }
);

/** Languages keep their own trees behind the type that all share. */
export function asTree(statement: DialectStatement): TreeNode {
  return statement;
}

export function statementIn(tree: TreeNode): DialectStatement {
  // Only what `asTree` gave comes back.
  return tree as unknown as DialectStatement;
}
