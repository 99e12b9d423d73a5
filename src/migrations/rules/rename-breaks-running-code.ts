import type { FindingDraft } from '../../core/finding.ts';
import type { MigrationFacts, Operation } from '../../core/migration-facts.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { dangerOf } from '../measure/danger-of.ts';
import { type NewStatement, statementVerdict } from '../measure/new-steps.ts';
import { aboutOperation, identityOfOperation } from '../measure/statement-finding.ts';
import { usesOf } from '../measure/uses-of.ts';

export const renameBreaksRunningCode = defineRule({
  id: 'migrations/rename-breaks-running-code',
  since: '0.1.0',
  level: 'warning',
  question: 'Does a name that running code asks for disappear in one step?',
  docs: {
    triggered:
      'A new RENAME TO, RENAME COLUMN or SET SCHEMA on a table or column that this pull request does not create.',
    why: 'A rename takes effect at once. Until the last instance of the old version is gone, its queries name something that does not exist.',
    fix: 'A column: add the new one, write both, switch the readers, drop the old one in a later release. A table: leave a view with the old name behind until the next release.',
    quietWhen:
      'The table or column is created in the same pull request, or the same file gives the old name to something else (a view, or the table swapped in). Where the old name is still used at the head, migrations/dropped-but-still-used speaks.',
  },
  sources: [
    {
      title: 'PostgreSQL: ALTER TABLE, RENAME',
      url: 'https://www.postgresql.org/docs/current/sql-altertable.html',
      supports:
        'RENAME changes the name at once; there is no effect on the stored data, and no second name stays.',
    },
    {
      title: 'Martin Fowler: Parallel Change',
      url: 'https://martinfowler.com/bliki/ParallelChange.html',
      supports: 'Expand, migrate, contract: how an incompatible change is spread over releases.',
    },
  ],
  thresholds: {},
  needs: ['migrations'],
  identity: identityOfOperation,
  evaluate({ migrations }) {
    return statementVerdict(
      migrations,
      (statement) => draftOf(statement, migrations),
      'none takes a name away from running code',
    );
  },
});

function draftOf({ file, operations }: NewStatement, migrations: MigrationFacts): FindingDraft | undefined {
  const operation = operations.find(
    (one) =>
      dangerOf(one) === 'rename-breaks-running-code' &&
      !standsAgain(one, file.operations) &&
      usesOf(migrations, one)?.at !== 'head',
  );
  if (!operation) return undefined;
  const old = quoteName(operation.column ?? operation.table);
  return {
    ...aboutOperation(file, operation),
    observation: observationOf(operation),
    impact: `Until the last instance of the running version is gone, its queries ask for ${old} and fail.`,
    action: actionOf(operation),
  };
}

/** A later statement of the file gives the old name to a view or to another table. */
function standsAgain({ kind, table, statement }: Operation, all: readonly Operation[]): boolean {
  if (kind === 'rename-column') return false;
  return all.some(
    (later) =>
      (later.kind === 'create-view' && later.table === table && later.statement > statement) ||
      // MySQL swaps tables in one RENAME TABLE.
      (later.kind === 'rename-table' && later.name === table && later.statement >= statement),
  );
}

function observationOf({ kind, table, column, name }: Operation): string {
  const to = quoteName(name ?? '');
  switch (kind) {
    case 'rename-column':
      return `\`RENAME COLUMN\` turns ${quoteName(column ?? '')} of ${quoteName(table)} into ${to} at once.`;
    case 'rename-table':
      return `\`RENAME TO\` turns the table ${quoteName(table)} into ${to} at once.`;
    default:
      return `\`SET SCHEMA\` moves ${quoteName(table)} to ${to} at once.`;
  }
}

function actionOf({ kind, table, name }: Operation): string {
  switch (kind) {
    case 'rename-column':
      return 'Would a new column, written beside the old one until the next release, do?';
    case 'rename-table':
      return `Would a view named ${quoteName(table)}, left behind until the next release, do?`;
    default:
      return `Is ${quoteName(name ?? '')} on the search path of every version that runs?`;
  }
}
