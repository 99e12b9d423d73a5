import { evaluate } from '../../../src/core/evaluate.ts';
import type { Facts } from '../../../src/core/facts.ts';
import type { Finding } from '../../../src/core/finding.ts';
import type { MigrationFacts } from '../../../src/core/migration-facts.ts';
import type { Outcome } from '../../../src/core/outcome.ts';
import type { Part } from '../../../src/core/part.ts';
import type { Rule } from '../../../src/core/rule.ts';
import { backfillInOneStatement } from '../../../src/migrations/rules/backfill-in-one-statement.ts';
import { blockingIndex } from '../../../src/migrations/rules/blocking-index.ts';
import { concurrentlyInTransaction } from '../../../src/migrations/rules/concurrently-in-transaction.ts';
import { destructiveChange } from '../../../src/migrations/rules/destructive-change.ts';
import { fullScanUnderLock } from '../../../src/migrations/rules/full-scan-under-lock.ts';
import { locksSeveralTables } from '../../../src/migrations/rules/locks-several-tables.ts';
import { renameBreaksRunningCode } from '../../../src/migrations/rules/rename-breaks-running-code.ts';
import { tableRewrite } from '../../../src/migrations/rules/table-rewrite.ts';
import { facts } from '../../support/facts.ts';
import { readSql } from '../read-sql.ts';

export const dangerRules: readonly Rule[] = [
  backfillInOneStatement,
  blockingIndex,
  concurrentlyInTransaction,
  destructiveChange,
  fullScanUnderLock,
  locksSeveralTables,
  renameBreaksRunningCode,
  tableRewrite,
];

/** What one rule says of migrations, given as files or as the facts themselves. */
export function outcomeOf(
  rule: Rule,
  migrations: Part<MigrationFacts>,
  others: Partial<Facts> = {},
): Outcome {
  const [result] = evaluate(facts({ migrations, ...others }), [rule]);
  if (!result) throw new Error('no result');
  return result.outcome;
}

export function outcomeOn(rule: Rule, ...args: Parameters<typeof readSql>): Outcome {
  return outcomeOf(rule, { files: readSql(...args), decisionRecords: [] });
}

/** All findings of the rules about single statements, in the order of the rules' names. */
export function findingsOn(...args: Parameters<typeof readSql>): readonly Finding[] {
  return dangerRules.flatMap((rule) => {
    const outcome = outcomeOn(rule, ...args);
    return outcome.kind === 'findings' ? outcome.findings : [];
  });
}

/** "rule table operation" of every finding. */
export function dangersOn(...args: Parameters<typeof readSql>): readonly string[] {
  return findingsOn(...args).map(
    ({ rule, about }) => `${rule.slice('migrations/'.length)} ${about.table} ${about.operation}`,
  );
}

export function textOf(finding: Finding | undefined): string {
  return [finding?.observation, finding?.impact, finding?.action].join('\n');
}
