import type { FindingDraft } from '../../core/finding.ts';
import { findings, pass } from '../../core/outcome.ts';
import { defineRule } from '../../core/rule.ts';
import { type HeldLock, heldLocks } from '../measure/held-locks.ts';
import { lockWords } from '../measure/lock-words.ts';
import { newStatements, notReadVerdict } from '../measure/new-steps.ts';
import { aboutOperation, quoted } from '../measure/statement-finding.ts';
import { statementWords } from '../measure/statement-words.ts';

export const locksSeveralTables = defineRule({
  id: 'migrations/locks-several-tables',
  since: '0.1.0',
  level: 'warning',
  question: 'Is a lock held while the same transaction works through another table or fills rows?',
  docs: {
    triggered:
      'A new statement locks a table in use for what would be an instant, and a later one of the same transaction scans or rewrites another table, or updates, deletes or copies rows without a filter.',
    why: 'A lock is kept until the transaction ends. What takes milliseconds on its own stops everybody for as long as the slowest statement behind it; and two tables locked one after the other are how deadlocks begin.',
    fix: 'One table in a transaction, and data in another one: split the file.',
    quietWhen:
      'The locked table is created in the same pull request, each statement runs in a transaction of its own, or it is not known how the file runs.',
  },
  sources: [
    {
      title: 'PostgreSQL: Explicit Locking, Table-Level Locks',
      url: 'https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES',
      supports: 'Once acquired, a lock is normally held until the end of the transaction.',
    },
  ],
  thresholds: {},
  needs: ['migrations'],
  identity: ({ about }) => [about.table ?? '', about.operation ?? '', about.through ?? ''],
  evaluate({ migrations }) {
    const notRead = notReadVerdict(migrations);
    if (notRead) return notRead;
    const held = heldLocks(migrations);
    if (held.length > 0) return findings(held.map(draftOf));
    const statements = newStatements(migrations).length;
    return pass(
      `${statements} ${statements === 1 ? 'statement' : 'statements'}, none holds a table while another one is worked through`,
    );
  },
});

function draftOf({ file, taken, tables, work, workFile }: HeldLock): FindingDraft {
  const { about, ...rest } = aboutOperation(file, taken);
  const onWork = work.table === '' ? '' : ` on ${quoted([work.table])}`;
  return {
    ...rest,
    about: { ...about, through: work.table },
    otherPlaces: [{ path: workFile.path, line: work.lines.start }],
    observation: `${statementWords(taken)} takes ${lockWords(lockOn(taken, tables))} on ${quoted(tables)}, and the same transaction goes on with ${statementWords(work)}${onWork}.`,
    impact: `${taken.blocks === 'reads' ? 'Reads and writes of' : 'Writes to'} ${quoted(tables)} wait until both are done, where the first alone takes an instant.`,
    action: `Would the ${statementWords(work)}, in a transaction of its own, do?`,
    measurements: [{ name: 'tables held', value: tables.length, unit: 'tables' }],
  };
}

/** The lock on the first table of the list, which may be one that is locked along. */
function lockOn(taken: HeldLock['taken'], tables: readonly string[]): HeldLock['taken']['lock'] {
  return taken.alsoLocks?.find(({ table }) => table === tables[0])?.lock ?? taken.lock;
}
