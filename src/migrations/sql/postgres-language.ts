import { saferText } from '../locks/safer-text.ts';
import { statementOperations } from '../locks/statement-operations.ts';
import { applyStatement } from './apply-statement.ts';
import { whyOpaque } from './opaque-statement.ts';
import type { ParsePostgres } from './parse-tree.ts';
import { readStatements } from './read-statements.ts';
import type { SqlLanguage } from './sql-language.ts';
import { child, tagOf, textAt } from './tree-access.ts';

/** PostgreSQL, read by its own grammar. */
export function postgresLanguage(parse: ParsePostgres): SqlLanguage {
  return {
    readStatements: (text) => readStatements(text, parse),
    operationsOf: statementOperations,
    apply: applyStatement,
    whyOpaque,
    transactionControl(tree) {
      if (tagOf(tree) !== 'TransactionStmt') return undefined;
      const kind = textAt(child(tree, 'TransactionStmt'), 'kind');
      if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') return 'begin';
      return kind === 'TRANS_STMT_COMMIT' || kind === 'TRANS_STMT_ROLLBACK' ? 'end' : undefined;
    },
    saferText,
  };
}
