/** A class of the application that stands for a table, as its framework's migrations have built it up. */
export interface KnownModel {
  table: string;
  /** The framework makes and drops its table. */
  readonly isManaged: boolean;
  readonly fields: Map<string, KnownField>;
  /** Constraints and indexes by name. */
  readonly named: Map<string, NamedKind>;
  /** Groups of fields that are unique together, and those that are indexed together. */
  uniqueTogether: readonly (readonly string[])[];
  indexTogether: readonly (readonly string[])[];
}

export type NamedKind = 'check' | 'unique' | 'unique index' | 'exclusion' | 'index';

export interface KnownField {
  /** The class of the field ("CharField"). */
  readonly kind: string;
  /** Absent for a field without a column of its own (many to many). */
  readonly column?: string;
  readonly type: string;
  readonly isNullable: boolean;
  readonly isUnique: boolean;
  readonly isIndexed: boolean;
  readonly isKey: boolean;
  /** What its check says, where it has one (`"c" >= 0`). */
  readonly check?: string;
  readonly references?: { readonly table: string; readonly column: string };
  /** The table that joins two models. */
  readonly joinTable?: string;
  /** What rows get that have no value, as a constant of SQL. */
  readonly fallback?: string;
}
