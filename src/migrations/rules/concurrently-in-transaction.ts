import type { FindingDraft } from '../../core/finding.ts';
import type { Operation } from '../../core/migration-facts.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { dangerOf } from '../measure/danger-of.ts';
import { type NewStatement, statementVerdict } from '../measure/new-steps.ts';
import { outsideTransaction } from '../measure/outside-transaction.ts';
import { aboutOperation, identityOfOperation } from '../measure/statement-finding.ts';
import { frameworkName, statementWords } from '../measure/statement-words.ts';

export const concurrentlyInTransaction = defineRule({
  id: 'migrations/concurrently-in-transaction',
  since: '0.1.0',
  level: 'warning',
  question: 'Does a statement that PostgreSQL refuses inside a transaction stand in one?',
  docs: {
    triggered:
      'A new CONCURRENTLY inside a transaction: one that the framework opens, one that the file opens with BEGIN, or the one that several statements sent together form.',
    why: 'PostgreSQL answers "cannot run inside a transaction block", and the deployment stops at this file.',
    fix: 'Put it alone into a file that the framework runs without a transaction.',
    quietWhen:
      'It is not known whether the file runs in a transaction, or the statement is REFRESH MATERIALIZED VIEW CONCURRENTLY, which may.',
  },
  sources: [
    {
      title: 'PostgreSQL: CREATE INDEX, Building Indexes Concurrently',
      url: 'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
      supports: 'CREATE INDEX CONCURRENTLY cannot be performed within a transaction block.',
    },
    {
      title: 'PostgreSQL: Message Flow, Multiple Statements in a Simple Query',
      url: 'https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT',
      supports: 'Several statements in one message run as one transaction although nobody wrote BEGIN.',
    },
  ],
  thresholds: {},
  needs: ['migrations'],
  identity: identityOfOperation,
  evaluate({ migrations }) {
    return statementVerdict(migrations, draftOf, 'none is refused for standing in a transaction');
  },
});

function draftOf({ file, operations }: NewStatement): FindingDraft | undefined {
  const operation = operations.find((one) => dangerOf(one) === 'concurrently-in-transaction');
  if (!operation) return undefined;
  const cause =
    file.transaction === 'one-transaction'
      ? `${frameworkName(file.framework)} runs this file as one`
      : 'the file opens one itself';
  return {
    ...aboutOperation(file, operation),
    observation: `${statementWords(operation)}${objectOf(operation)} runs inside a transaction: ${cause}.`,
    impact: 'PostgreSQL refuses it there, so the deployment stops at this migration.',
    action: `Could it run ${outsideTransaction(file)}?`,
  };
}

function objectOf({ name, table }: Operation): string {
  const object = name ?? table;
  return object === '' ? '' : ` ${quoteName(object)}`;
}
