import type { MigrationEntry } from '../core/health-facts.ts';
import type { Outcome } from '../core/outcome.ts';

/** What the outcome of the rule on undocumented migrations says of one change, in the ledger's words. */
export function reasonOfOutcome(outcome: Outcome | undefined): MigrationEntry['reason'] {
  switch (outcome?.kind) {
    case 'pass':
      return 'written';
    case 'findings':
      return 'missing';
    case 'not-applicable':
      return 'not-needed';
    default:
      return 'not-judged';
  }
}
