import type { MigrationFile, NotAnalysed, Operation } from '../core/migration-facts.ts';
import type { Sending } from './detect/framework.ts';
import { blocksOf, copiedOnline } from './locks/effect.ts';
import { dangerOf } from './measure/danger-of.ts';
import type { SourceSql } from './orm/source-sql.ts';
import { sourceWalk } from './orm/source-walk.ts';
import { hasPlaceholders } from './sql/fill-placeholders.ts';
import type { ReadSql, Statement } from './sql/read-statements.ts';
import { isNamedObject } from './sql/renamed-object.ts';
import { dropTemporary, type KnownSchema } from './sql/schema.ts';
import type { SqlLanguage } from './sql/sql-language.ts';
import { transactionWalk } from './transaction-walk.ts';

export interface OperationsInput {
  readonly text: string;
  readonly previousText?: string;
  readonly sending: Sending;
  /** As `Detected.copiesOnline`. */
  readonly copiesOnline?: true;
  readonly dialectIsKnown: boolean;
  /** Known before the file; carries what the file does afterwards. */
  readonly schema: KnownSchema;
  /** The schema knows already what statements that stood there before have done. */
  readonly schemaHasOld: boolean;
  readonly language: SqlLanguage;
  /** Its framework carries it out once: where it was before, what is put into it now never runs. */
  readonly runsOnce?: boolean;
  /** The SQL of a program, read already; its statements have the program's lines. */
  readonly program?: { readonly sql: SourceSql; readonly previous?: SourceSql };
}

export type ReadOperations = Pick<MigrationFile, 'operations' | 'comments' | 'notAnalysed'> & {
  readonly statementCount: number;
};

const sqlLimit = 300;
/** Beyond these a file is generated data; what is left out is said in one sentence. Chosen by us. */
const operationLimit = 10_000;
const partLimit = 50;
const directive =
  /^--\s*(\+(?:goose|migrate)\b|migrate:(up|down)\b|no-transaction\b|atlas:txmode\b|liquibase\s+formatted\b|changeset\s+\S+:)|^-->\s*statement-breakpoint/i;

/** The operations of one file's text, in its order, each with the lock it takes on the schema as it is by then. */
export function readOperations(input: OperationsInput): ReadOperations {
  const { text, schema, language, program } = input;
  const sql: ReadSql = program?.sql ?? language.readStatements(text);
  const walk = walkOf(input, sql);
  const isOld = oldStatements(input);
  const operations: Operation[] = [];
  /** Tables that statements of the file make which stood there before. */
  const ownTables = new Set<string>();
  // A look at the whole text: once, however many statements ask.
  const mayBeReplaced = !program && !hasPlaceholders(text);
  const notAnalysed: NotAnalysed[] = sql.notAnalysed.map(({ lines, why }) => ({
    lines,
    // What a program leaves open has nothing to do with the database.
    why:
      input.dialectIsKnown || (program && !/^syntax error/.test(why))
        ? why
        : `${why} (read as PostgreSQL: nothing here names the database)`,
  }));
  sql.statements.forEach((statement, index) => {
    const inTransaction = walk.enter(statement);
    const old = isOld(statement.text);
    const told = language.operationsOf(statement.tree, schema);
    const isCopied = input.copiesOnline && /^alter\s+table\b/i.test(statement.text);
    const drafts = isCopied ? told.map((draft) => ({ ...draft, effect: copiedOnline })) : told;
    const why = language.whyOpaque(statement.tree);
    if (why !== undefined) notAnalysed.push({ lines: sql.lines.linesOf(statement), why });
    const isNew = ({ table }: { readonly table: string }) =>
      schema.tables.get(table)?.isOfThisChange === true || ownTables.has(table);
    const newBefore = drafts.map(isNew);
    const alsoLocks = drafts.map((draft) =>
      draft.alsoLocks?.map((one) => (isNew(one) ? { ...one, onTableOfThisChange: true as const } : one)),
    );
    const isOnNewType = drafts.map(
      ({ kind, name = '' }) =>
        /^rename-(?:enum-value|type)$/.test(kind) && schema.types.get(name)?.isOfThisChange === true,
    );
    const isPartitioned = drafts.map(({ table }) => schema.tables.get(table)?.isPartitioned);
    const onNewColumns = drafts.map(({ table, column }) => {
      const added = schema.tables.get(table)?.newColumns;
      return added !== undefined && column?.split(', ').every((name) => added.has(name)) === true;
    });
    if (!old || !input.schemaHasOld) language.apply(schema, statement.tree, !old);
    if (old && input.runsOnce) {
      for (const { kind, table } of drafts) if (kind === 'create-table') ownTables.add(table);
    }
    const made: Operation[] = [];
    drafts.forEach((draft, at) => {
      // A thousand rows put in one by one are one thing to say.
      const last = made.at(-1) ?? operations.at(-1);
      if (
        draft.kind === 'insert' &&
        last?.kind === 'insert' &&
        last.table === draft.table &&
        last.isOld === (old || undefined)
      )
        return;
      const creates = draft.kind.startsWith('create-') && isNew(draft);
      made.push({
        kind: draft.kind,
        statement: index,
        ...(old ? { isOld: true } : {}),
        table: draft.table,
        ...(draft.column === undefined ? {} : { column: draft.column }),
        ...(draft.name === undefined ? {} : { name: draft.name }),
        ...draft.effect,
        blocks: blocksOf(draft.effect.lock),
        // Overwriting what this change added itself loses nothing.
        destroysData: draft.destroysData === true && !(onNewColumns[at] === true && draft.kind !== 'delete'),
        concurrently: draft.concurrently === true,
        ...(alsoLocks[at] ? { alsoLocks: alsoLocks[at] } : {}),
        onTableOfThisChange: newBefore[at] === true || isOnNewType[at] === true || creates,
        inTransaction,
        ...(inTransaction === true ? { transaction: walk.transaction() } : {}),
        ...(isPartitioned[at] === true ? { onPartitionedTable: true as const } : {}),
        ...(draft.rows === undefined ? {} : { rows: draft.rows }),
        ...(onNewColumns[at] === true ? { onColumnOfThisChange: true as const } : {}),
        ...(draft.unlessTimeZoneIsUtc ? { unlessTimeZoneIsUtc: true as const } : {}),
        ...(draft.isRepeatable ? { isRepeatable: true as const } : {}),
        ...(draft.isUnique ? { isUnique: true as const } : {}),
        sql: statement.text.length > sqlLimit ? `${statement.text.slice(0, sqlLimit - 1)}…` : statement.text,
        lines: sql.lines.linesOf(statement),
      });
    });
    // Asked for only where somebody has to hear of the statement: the answer takes a second look at it.
    const isDangerous = made.some((operation) => dangerOf(operation) !== undefined);
    const safer =
      isDangerous && !old && mayBeReplaced && !isPartitioned.includes(true)
        ? language.saferText(statement, text, (replacement) =>
            mayStand(replacement, inTransaction === false, input),
          )
        : undefined;
    operations.push(...(safer === undefined ? made : made.map((operation) => ({ ...operation, safer }))));
  });
  dropTemporary(schema);
  const lasting = operations.filter((operation) => !isMadeAgain(operation, schema));
  const cut = lasting[operationLimit];
  if (cut) {
    const lines = { start: cut.lines.start, end: lasting.at(-1)?.lines.end ?? cut.lines.end };
    notAnalysed.push({
      lines,
      why: `${lasting.length} operations in one file; the first ${operationLimit} were looked at`,
    });
  }
  return {
    operations: lasting.slice(0, operationLimit),
    comments: sql.comments.filter((comment) => !directive.test(comment.text)),
    notAnalysed: shortened(newParts(notAnalysed, input)),
    statementCount: sql.statementCount,
  };
}

/**
 * The file has put another type or function in the place of the one that it renames, as a new enum is for an old one, or
 * has made it itself.
 */
function isMadeAgain(operation: Operation, { types, functions }: KnownSchema): boolean {
  const { kind, name = '', onTableOfThisChange } = operation;
  if (isNamedObject(kind) && onTableOfThisChange) return true;
  return (kind === 'rename-type' && types.has(name)) || (kind === 'rename-function' && functions.has(name));
}

function walkOf({ sending, language, program }: OperationsInput, sql: ReadSql) {
  const walk = transactionWalk(sending, sql.statementCount, language);
  if (program) return sourceWalk(walk, sending, program.sql);
  return { enter: ({ tree }: Statement) => walk.enter(tree), transaction: walk.transaction };
}

/** Parts of an edited file whose every line stood there before are as little of this change as old statements. */
function newParts(
  parts: readonly NotAnalysed[],
  { text, previousText }: OperationsInput,
): readonly NotAnalysed[] {
  if (previousText === undefined || parts.length === 0) return parts;
  const before = new Set(previousText.split('\n').map((line) => line.trim()));
  const lines = text.split('\n');
  return parts.filter(
    ({ lines: { start, end } }) => !lines.slice(start - 1, end).every((line) => before.has(line.trim())),
  );
}

function shortened(parts: readonly NotAnalysed[]): readonly NotAnalysed[] {
  const sorted = parts.toSorted((a, b) => a.lines.start - b.lines.start);
  const rest = sorted.slice(partLimit);
  const first = rest[0];
  if (!first) return sorted;
  const end = rest.reduce((last, { lines }) => Math.max(last, lines.end), first.lines.end);
  return [
    ...sorted.slice(0, partLimit),
    { lines: { start: first.lines.start, end }, why: `${rest.length} more parts like these` },
  ];
}

/** Statements of the previous text, each as often as it stood there, whatever its spacing. */
function oldStatements({ previousText, language, program }: OperationsInput): (text: string) => boolean {
  if (previousText === undefined) return () => false;
  const left = new Map<string, number>();
  for (const { text } of (program?.previous ?? language.readStatements(previousText)).statements) {
    left.set(normal(text), (left.get(normal(text)) ?? 0) + 1);
  }
  return (text) => {
    const count = left.get(normal(text)) ?? 0;
    if (count > 0) left.set(normal(text), count - 1);
    return count > 0;
  };
}

function normal(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Whether the replacement parses, is one statement, and is not refused where it would run. */
function mayStand(replacement: string, isOutsideTransaction: boolean, input: OperationsInput): boolean {
  const { statements, notAnalysed } = input.language.readStatements(replacement);
  const [only] = statements;
  if (!only || statements.length !== 1 || notAnalysed.length > 0) return false;
  return input.language
    .operationsOf(only.tree, input.schema)
    .every(({ concurrently }) => concurrently !== true || isOutsideTransaction);
}
