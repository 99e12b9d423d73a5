import type { FindingDraft } from '../../core/finding.ts';
import type { Operation } from '../../core/migration-facts.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { dangerOf } from '../measure/danger-of.ts';
import { heldLocks } from '../measure/held-locks.ts';
import { type NewStatement, statementVerdict } from '../measure/new-steps.ts';
import { aboutOperation, confidenceIn, identityOfOperation, quoted } from '../measure/statement-finding.ts';

export const backfillInOneStatement = defineRule({
  id: 'migrations/backfill-in-one-statement',
  since: '0.1.0',
  level: 'warning',
  question: 'Does one UPDATE touch a whole table that is in use?',
  docs: {
    triggered:
      'A new UPDATE whose rows no constant picks (no WHERE, a join, `IS NULL`) on a table that this pull request does not create.',
    why: 'Every row it touches stays locked until the transaction commits, each leaves a dead copy behind that vacuum cannot remove meanwhile, and a replica replays it in one piece.',
    fix: 'Fill in batches of some thousand rows by primary key, each in a transaction of its own, outside the schema change.',
    quietWhen:
      'The table is created in the same pull request, or a constant in the WHERE picks the rows. An unfiltered UPDATE that overwrites columns which were there before is migrations/destructive-change, and one that prolongs the lock of an earlier statement migrations/locks-several-tables.',
  },
  sources: [
    {
      title: 'PostgreSQL: Explicit Locking, Row-Level Locks',
      url: 'https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-ROWS',
      supports: 'An UPDATE locks each row it touches against other writers until the transaction ends.',
    },
    {
      title: 'PostgreSQL: Routine Vacuuming',
      url: 'https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY',
      supports: 'An UPDATE leaves the old version of each row behind, which vacuum removes later.',
    },
  ],
  thresholds: {},
  needs: ['migrations'],
  identity: identityOfOperation,
  evaluate({ migrations }) {
    const named = new Set(heldLocks(migrations).map(({ work }) => work));
    return statementVerdict(
      migrations,
      (statement) => draftOf(statement, named),
      'none fills a table in use in one go',
    );
  },
});

function draftOf(
  { file, operations }: NewStatement,
  named: ReadonlySet<Operation>,
): FindingDraft | undefined {
  const operation = operations.find(
    (one) => dangerOf(one) === 'backfill-in-one-statement' && !named.has(one),
  );
  if (!operation) return undefined;
  const columns = (operation.column ?? '').split(', ').filter((name) => name !== '');
  const until = operation.inTransaction === true ? 'the transaction commits' : 'it is done';
  return {
    ...aboutOperation(file, operation),
    confidence: operation.rows === 'all' ? confidenceIn(file) : 'medium',
    observation:
      operation.rows === 'all'
        ? `One \`UPDATE\` sets ${quoted(columns)} in every row of ${quoteName(operation.table)}.`
        : `One \`UPDATE\` sets ${quoted(columns)} of ${quoteName(operation.table)} in one go: no constant limits the rows it picks.`,
    impact: `Writers of those rows wait until ${until}, and the old versions of all rows stay until then; both grow with the table.`,
    action: 'Would batches by primary key, outside the schema change, do?',
  };
}
