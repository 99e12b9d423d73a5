import type { Tristate } from '../../core/migration-facts.ts';
import type { Sending } from '../detect/framework.ts';
import type { Statement } from '../sql/read-statements.ts';
import type { TransactionWalk } from '../transaction-walk.ts';
import type { SourceSql } from './source-sql.ts';

/**
 * Follows the transactions of a program: a block that commits first runs outside of them, and a text of several
 * statements that is sent without one is a transaction of its own.
 */
export function sourceWalk(
  inner: TransactionWalk,
  sending: Sending,
  { senderOf }: SourceSql,
): { enter(statement: Statement): Tristate; transaction(): number } {
  let ended = 0;
  let wasOutside = false;
  let lastPiece: unknown;
  return {
    transaction: () => inner.transaction() + ended,
    enter(statement) {
      const within = inner.enter(statement.tree);
      const { isOutside, count, piece } = senderOf(statement);
      if (isOutside !== wasOutside) ended += 1;
      wasOutside = isOutside;
      if (!isOutside && sending !== 'one-by-one') return within;
      if (!isOutside && within === true) return true;
      if (piece !== lastPiece) ended += 1;
      lastPiece = piece;
      return count > 1;
    },
  };
}
