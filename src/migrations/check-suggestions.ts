import type { LineRange } from '../core/change.ts';
import { evaluate } from '../core/evaluate.ts';
import type { Facts } from '../core/facts.ts';
import type { Finding } from '../core/finding.ts';
import type { MigrationFile, Operation } from '../core/migration-facts.ts';
import { unavailable } from '../core/part.ts';
import { noSettings } from '../core/settings.ts';
import { dangerOf } from './measure/danger-of.ts';
import { backfillInOneStatement } from './rules/backfill-in-one-statement.ts';
import { blockingIndex } from './rules/blocking-index.ts';
import { concurrentlyInTransaction } from './rules/concurrently-in-transaction.ts';
import { destructiveChange } from './rules/destructive-change.ts';
import { fullScanUnderLock } from './rules/full-scan-under-lock.ts';
import { halfFailedMigration } from './rules/half-failed-migration.ts';
import { locksSeveralTables } from './rules/locks-several-tables.ts';
import { renameBreaksRunningCode } from './rules/rename-breaks-running-code.ts';
import { tableRewrite } from './rules/table-rewrite.ts';

/** New text for these lines of one file. */
export interface Edit {
  readonly path: string;
  readonly lines: LineRange;
  readonly text: string;
}

/** Those that judge what statements do and where they run. */
const statementRules = [
  backfillInOneStatement,
  blockingIndex,
  concurrentlyInTransaction,
  destructiveChange,
  fullScanUnderLock,
  halfFailedMigration,
  locksSeveralTables,
  renameBreaksRunningCode,
  tableRewrite,
];

/** As many as a pull request gets review comments. */
const mostChecked = 5;
/** Each check reads all files again; a change with more is no place for a one-click edit. Chosen by us. */
const mostFiles = 30;
/** Reading more than this again costs a second and more; so much is generated, and no place for such an edit either. */
const mostOperations = 500;

/**
 * The files with only those safer texts that hold: with one of them applied and the whole change read and judged again
 * (its framework's transactions, what later statements and files build on), its statement has no finding and no other
 * statement has a new one. `readWith` reads the change with an edit.
 */
export function withCheckedSuggestions(
  files: readonly MigrationFile[],
  readWith: (edit: Edit) => readonly MigrationFile[],
): readonly MigrationFile[] {
  if (!files.some(({ operations }) => operations.some(({ safer }) => safer !== undefined))) return files;
  const candidates = files.flatMap((file) => candidatesOf(file));
  const operations = files.reduce((sum, file) => sum + file.operations.length, 0);
  const isTooMuch = files.length > mostFiles || operations > mostOperations;
  const checked = isTooMuch ? [] : candidates.slice(0, mostChecked);
  const before = checked.length === 0 ? [] : findingsIn(files);
  const holding = new Set(
    checked
      .filter(({ edit }) => holds(edit, readWith(edit), files, before))
      .map(({ edit, statement }) => `${edit.path}\0${statement}`),
  );
  return files.map((file) => ({
    ...file,
    operations: file.operations.map((operation) =>
      holding.has(`${file.path}\0${operation.statement}`) ? operation : withoutSafer(operation),
    ),
  }));
}

interface Candidate {
  readonly statement: number;
  readonly edit: Edit;
}

/** One for each statement that somebody has to hear about. */
function candidatesOf(file: MigrationFile): readonly Candidate[] {
  const { path, direction, operations } = file;
  if (direction === 'down') return [];
  const byStatement = new Map<number, Candidate>();
  for (const operation of operations) {
    const { statement, lines, safer } = operation;
    if (safer === undefined || dangerOf(operation) === undefined || mayBeRefused(file, safer)) continue;
    byStatement.set(statement, { statement, edit: { path, lines, text: safer } });
  }
  return [...byStatement.values()];
}

/**
 * Prisma before 7.4 sends a file in one message, in which several statements are one transaction; newer ones send them one
 * by one. Which one runs is not always known. https://github.com/prisma/prisma-engines/pull/5847
 */
function mayBeRefused({ framework, operations }: MigrationFile, safer: string): boolean {
  return (
    framework === 'prisma' &&
    /\bconcurrently\b/i.test(safer) &&
    operations.some(({ statement }) => statement !== operations[0]?.statement)
  );
}

function holds(
  { path, lines, text }: Edit,
  edited: readonly MigrationFile[],
  files: readonly MigrationFile[],
  before: readonly Finding[],
): boolean {
  const known = new Set(before.map(({ fingerprint }) => fingerprint));
  const end = lines.start + text.trimEnd().split('\n').length - 1;
  const isNew = ({ fingerprint, place }: Finding) =>
    !known.has(fingerprint) ||
    (place?.path === path && place.line !== undefined && place.line >= lines.start && place.line <= end);
  return notAnalysedIn(edited) <= notAnalysedIn(files) && !findingsIn(edited).some(isNew);
}

function notAnalysedIn(files: readonly MigrationFile[]): number {
  return files.reduce((sum, { notAnalysed }) => sum + notAnalysed.length, 0);
}

function findingsIn(files: readonly MigrationFile[]): readonly Finding[] {
  return evaluate(factsOf(files), statementRules).flatMap(({ outcome }) =>
    outcome.kind === 'findings' ? outcome.findings : [],
  );
}

function factsOf(files: readonly MigrationFile[]): Facts {
  const notLookedAt = unavailable('only statements are judged here');
  return {
    schemaVersion: 1,
    now: '',
    seed: 1,
    repository: { name: '' },
    asked: {},
    settings: noSettings,
    pullRequest: notLookedAt,
    change: notLookedAt,
    coverage: notLookedAt,
    review: notLookedAt,
    migrations: { files, decisionRecords: [] },
    earlierResults: [],
    replies: [],
    remarks: [],
  };
}

function withoutSafer({ safer: _, ...operation }: Operation): Operation {
  return operation;
}
