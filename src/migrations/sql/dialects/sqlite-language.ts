import { sqliteOperations } from '../../locks/sqlite/sqlite-operations.ts';
import type { SqlLanguage } from '../sql-language.ts';
import { applyDialect } from './apply-dialect.ts';
import { statementIn } from './dialect-statement.ts';
import { sqliteRules } from './lexical-rules.ts';
import { type ParseDialect, readDialectStatements } from './read-dialect-statements.ts';
import { withRebuilds } from './table-rebuilds.ts';

/** SQLite: definitions by our own reader, changes of rows by the grammar of the dialect. */
export function sqliteLanguage(parse: ParseDialect): SqlLanguage {
  return {
    readStatements(text) {
      const read = readDialectStatements(text, sqliteRules, parse);
      return { ...read, statements: withRebuilds(read.statements) };
    },
    operationsOf: (tree, schema) => sqliteOperations(statementIn(tree), schema),
    apply: (schema, tree, isOfThisChange) => applyDialect(schema, statementIn(tree), isOfThisChange),
    whyOpaque: () => undefined,
    transactionControl(tree) {
      const statement = statementIn(tree);
      return statement.type === 'transaction' ? statement.control : undefined;
    },
    saferText: () => undefined,
  };
}
