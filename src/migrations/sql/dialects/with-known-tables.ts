import type { KnownSchema } from '../schema.ts';
import type { ConstraintDefinition, DialectStatement } from './dialect-statement.ts';

/**
 * The same statement with each table that is known spelled as it is known: `collections` is the `Collections` of an earlier
 * statement. SQLite never tells them apart; MySQL and MariaDB do on some servers (`lower_case_table_names`), and there a
 * migration that names a table which is not there would fail. What CREATE TABLE makes keeps its name.
 */
export function withKnownTables(statement: DialectStatement, schema: KnownSchema): DialectStatement {
  const known = (name: string) => knownTable(schema, name);
  switch (statement.type) {
    case 'alter-table': {
      const clauses = statement.clauses.map((clause) =>
        clause.kind === 'add-constraint'
          ? { ...clause, constraint: referring(clause.constraint, known) }
          : clause,
      );
      return { ...statement, table: known(statement.table), clauses };
    }
    case 'create-table':
      return {
        ...statement,
        constraints: statement.constraints.map((constraint) => referring(constraint, known)),
        ...(statement.like !== undefined && { like: known(statement.like) }),
      };
    case 'drop-index':
      return statement.table === undefined ? statement : { ...statement, table: known(statement.table) };
    case 'create-index':
    case 'truncate':
    case 'create-trigger':
      return { ...statement, table: known(statement.table) };
    case 'change': {
      const { copies } = statement;
      return {
        ...statement,
        table: known(statement.table),
        ...(copies && { copies: { ...copies, from: known(copies.from) } }),
      };
    }
    case 'drop-table':
    case 'maintain':
      return { ...statement, tables: statement.tables.map(known) };
    case 'rename-table':
      return {
        ...statement,
        pairs: statement.pairs.map(({ from, to }) => ({ from: known(from), to })),
      };
    case 'lock-tables':
      return {
        ...statement,
        tables: statement.tables.map(({ table, mode }) => ({ table: known(table), mode })),
      };
    default:
      return statement;
  }
}

function referring(constraint: ConstraintDefinition, known: (name: string) => string): ConstraintDefinition {
  const { references } = constraint;
  return references === undefined ? constraint : { ...constraint, references: known(references) };
}

function knownTable({ tables, spellings }: KnownSchema, name: string): string {
  if (tables.has(name)) return name;
  const other = spellings?.get(name.toLowerCase());
  return other !== undefined && tables.has(other) ? other : name;
}
