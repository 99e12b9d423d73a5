import { sqliteOperations } from '../../locks/sqlite/sqlite-operations.ts';
import type { SqlLanguage } from '../sql-language.ts';
import { applyDialect } from './apply-dialect.ts';
import { statementIn } from './dialect-statement.ts';
import { sqliteRules } from './lexical-rules.ts';
import { type ParseDialect, readDialectStatements } from './read-dialect-statements.ts';
import { withRebuilds } from './table-rebuilds.ts';
import { withKnownTables } from './with-known-tables.ts';

/** SQLite: definitions by our own reader, changes of rows by the grammar of the dialect. */
export function sqliteLanguage(parse: ParseDialect): SqlLanguage {
  return {
    readStatements(text) {
      const read = readDialectStatements(text, sqliteRules, parse);
      return { ...read, statements: withRebuilds(read.statements) };
    },
    operationsOf: (tree, schema) => sqliteOperations(withKnownTables(statementIn(tree), schema), schema),
    apply: (schema, tree, isOfThisChange) =>
      applyDialect(schema, withKnownTables(statementIn(tree), schema), isOfThisChange),
    whyOpaque: () => undefined,
    transactionControl(tree) {
      const statement = statementIn(tree);
      return statement.type === 'transaction' ? statement.control : undefined;
    },
    saferText: () => undefined,
  };
}
