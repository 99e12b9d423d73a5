import type { InnodbServer } from '../../locks/mysql/innodb-effect.ts';
import { innodbOperations } from '../../locks/mysql/innodb-operations.ts';
import { insideServer } from '../opaque-statement.ts';
import type { SqlLanguage } from '../sql-language.ts';
import { applyDialect } from './apply-dialect.ts';
import { type DialectStatement, statementIn } from './dialect-statement.ts';
import { mariadbRules, mysqlRules } from './lexical-rules.ts';
import { type ParseDialect, readDialectStatements } from './read-dialect-statements.ts';
import { withKnownTables } from './with-known-tables.ts';

/** MySQL or MariaDB with InnoDB tables: definitions by our own reader, changes of rows by the grammar of the dialect. */
export function mysqlLanguage(parse: ParseDialect, server: InnodbServer): SqlLanguage {
  const rules = server.kind === 'mariadb' ? mariadbRules : mysqlRules;
  return {
    readStatements: (text) => readDialectStatements(text, rules, parse),
    operationsOf: (tree, schema) =>
      innodbOperations(withKnownTables(statementIn(tree), schema), schema, server),
    apply: (schema, tree, isOfThisChange) =>
      applyDialect(schema, withKnownTables(statementIn(tree), schema), isOfThisChange),
    whyOpaque: (tree) => (statementIn(tree).type === 'opaque' ? insideServer : undefined),
    transactionControl: (tree) => controlOf(statementIn(tree)),
    saferText: () => undefined,
  };
}

/** Source: MySQL manual, Statements That Cause an Implicit Commit. */
function controlOf(statement: DialectStatement): ReturnType<SqlLanguage['transactionControl']> {
  switch (statement.type) {
    case 'transaction':
      return statement.control;
    case 'change':
    case 'opaque':
    case 'foreign-key-checks':
      return undefined;
    case 'other':
      return statement.commits ? 'commits' : undefined;
    case 'create-table':
    case 'drop-table':
      return statement.isTemporary ? undefined : 'commits';
    default:
      return 'commits';
  }
}
