import type { FindingDraft } from '../../core/finding.ts';
import type { Operation } from '../../core/migration-facts.ts';
import { defineRule } from '../../core/rule.ts';
import { dangerOf } from '../measure/danger-of.ts';
import { type NewStatement, statementVerdict } from '../measure/new-steps.ts';
import { serverVersion } from '../measure/server-version.ts';
import {
  aboutOperation,
  confidenceIn,
  identityOfOperation,
  quoted,
  whoWaits,
} from '../measure/statement-finding.ts';

export const tableRewrite = defineRule({
  id: 'migrations/table-rewrite',
  since: '0.1.0',
  level: 'warning',
  question: 'Does a statement copy a whole table while everybody waits for it?',
  docs: {
    triggered:
      'A new statement that rewrites a table which this pull request does not create: most type changes, a computed default, serial, identity and stored generated columns, SET UNLOGGED, CLUSTER, VACUUM FULL.',
    why: 'Every row is written anew and every index is built again under an ACCESS EXCLUSIVE lock; nobody reads or writes the table until it is done.',
    fix: 'Add a new column, fill it in batches, switch the code over, then drop the old one. A computed default: add the column without it, set the default, fill existing rows in batches.',
    quietWhen:
      'The table is created in the same pull request, or the change is known to touch the catalogue only (a wider varchar, varchar to text). A type change whose old type is not known is reported with low confidence.',
  },
  sources: [
    {
      title: 'PostgreSQL: ALTER TABLE, Notes',
      url: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
      supports: 'Which type changes and defaults rewrite the table.',
    },
  ],
  thresholds: {},
  needs: ['migrations'],
  identity: identityOfOperation,
  evaluate({ migrations, settings }) {
    const version = serverVersion(settings);
    return statementVerdict(
      migrations,
      (statement) => draftOf(statement, version),
      'none rewrites a table in use',
    );
  },
});

function draftOf({ file, operations }: NewStatement, version: number): FindingDraft | undefined {
  const rewrites = operations.filter((one) => dangerOf(one) === 'table-rewrite');
  const operation = rewrites.find(({ rewrite }) => rewrite === true) ?? rewrites[0];
  if (!operation) return undefined;
  const isSure = operation.rewrite === true;
  const table = quoted([operation.table]);
  const what = wordsOf(operation);
  return {
    ...aboutOperation(file, operation),
    confidence: isSure ? confidenceIn(file) : 'low',
    observation: isSure
      ? `${what} rewrites ${table} under an ${operation.lock} lock.`
      : `${what} rewrites ${table} under an ${operation.lock} lock, unless the old type is one PostgreSQL can keep as it is; the old type is not known here.`,
    impact: `${whoWaits(operation)} wait for the length of the rewrite; it grows with the table.`,
    action: actionOf(operation, isSure, version),
  };
}

function wordsOf(operation: Operation): string {
  const column = operation.column ? ` ${quoted([operation.column])}` : '';
  if (operation.kind === 'change-type') return `The type change of${column}`;
  if (operation.kind === 'add-column' || operation.kind === 'add-required-column') return `Adding${column}`;
  return `\`${operation.kind.toUpperCase().replaceAll('-', ' ')}\``;
}

function actionOf(operation: Operation, isSure: boolean, version: number): string {
  if (operation.kind === 'change-type') {
    return isSure
      ? 'Would a new column, filled in batches and swapped in by a later release, do?'
      : 'Which type does the column have today?';
  }
  if (/\bgenerated\s+always\s+as\s*\([\s\S]*\bstored\b/i.test(operation.sql)) {
    return version >= 18
      ? 'Would a `VIRTUAL` column, computed when it is read, do?'
      : 'Would a plain column, set by a trigger and filled in batches, do?';
  }
  if (operation.kind.startsWith('add-')) {
    return 'Would adding the column empty, setting its default separately and filling existing rows in batches do?';
  }
  return 'Can this run in a maintenance window, outside the deployment?';
}
