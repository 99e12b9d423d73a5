import type { Tristate } from '../core/migration-facts.ts';
import type { Sending } from './detect/framework.ts';
import type { TreeNode } from './sql/parse-tree.ts';
import type { SqlLanguage } from './sql/sql-language.ts';

/** Follows BEGIN and COMMIT through a file and tells for each statement whether it runs inside a transaction. */
export interface TransactionWalk {
  enter(tree: TreeNode): Tristate;
  /** Which transaction of the file the statement entered last belongs to, counted from 0. */
  transaction(): number;
}

/**
 * `statements` counts all of the file, unreadable ones included: sent as one message, several of them are one implicit
 * transaction although nobody wrote BEGIN.
 */
export function transactionWalk(
  sending: Sending,
  statements: number,
  { transactionControl }: SqlLanguage,
): TransactionWalk {
  let isExplicit = false;
  let outside: Tristate = outsideExplicit(sending, statements);
  let ended = 0;
  return {
    transaction: () => ended,
    enter(tree) {
      const control = transactionControl(tree);
      if (control === 'begin') isExplicit = true;
      if (control === 'commits') {
        if (isExplicit || outside === true) ended += 1;
        isExplicit = false;
        return false;
      }
      if (control === 'end') {
        isExplicit = false;
        ended += 1;
        // COMMIT ends the runner's own transaction too; the statement after it stands alone, unless it is one of several
        // in a message.
        if (sending === 'in-transaction') outside = false;
      }
      return isExplicit ? true : outside;
    },
  };
}

function outsideExplicit(sending: Sending, statements: number): Tristate {
  switch (sending) {
    case 'in-transaction':
      return true;
    case 'one-message':
      return statements > 1;
    case 'one-by-one':
      return false;
    case 'unknown':
      return 'unknown';
  }
}
