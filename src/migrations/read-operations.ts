import type { MigrationFile, NotAnalysed, Operation, Tristate } from '../core/migration-facts.ts';
import type { Sending } from './detect/framework.ts';
import { blocksOf } from './locks/effect.ts';
import type { OperationDraft } from './locks/operation-draft.ts';
import { saferText } from './locks/safer-text.ts';
import { statementOperations } from './locks/statement-operations.ts';
import type { ParsePostgres } from './sql/parse-tree.ts';
import { readStatements } from './sql/read-statements.ts';
import { applyStatement, isOpaque, type KnownSchema } from './sql/schema.ts';
import { transactionWalk } from './transaction-walk.ts';

export interface OperationsInput {
  readonly text: string;
  readonly previousText?: string;
  readonly sending: Sending;
  readonly dialectIsKnown: boolean;
  /** Known before the file; carries what the file does afterwards. */
  readonly schema: KnownSchema;
  readonly parse: ParsePostgres;
}

export type ReadOperations = Pick<MigrationFile, 'operations' | 'comments' | 'notAnalysed'> & {
  readonly statementCount: number;
};

const sqlLimit = 300;
const directive =
  /^--\s*(\+goose\b|migrate:(up|down)\b|no-transaction\b|atlas:txmode\b)|^-->\s*statement-breakpoint/i;

/** The operations of one file's text, in its order, each with the lock it takes on the schema as it is by then. */
export function readOperations(input: OperationsInput): ReadOperations {
  const { text, schema, parse, sending } = input;
  const sql = readStatements(text, parse);
  const walk = transactionWalk(sending, sql.statementCount);
  const isOld = oldStatements(input);
  const operations: Operation[] = [];
  const notAnalysed: NotAnalysed[] = sql.notAnalysed.map(({ lines, why }) => ({
    lines,
    why: input.dialectIsKnown ? why : `${why} (read as PostgreSQL: nothing here names the database)`,
  }));
  sql.statements.forEach((statement, index) => {
    const inTransaction = walk.enter(statement.tree);
    const old = isOld(statement.text);
    const drafts = statementOperations(statement.tree, schema);
    if (isOpaque(statement.tree)) {
      notAnalysed.push({
        lines: sql.lines.linesOf(statement),
        why: 'code that runs inside the server (DO, CALL or a function)',
      });
    }
    const isNew = (draft: OperationDraft) => schema.tables.get(draft.table)?.isOfThisChange === true;
    const newBefore = drafts.map(isNew);
    applyStatement(schema, statement.tree, !old);
    const safer = saferText(statement, sql.lines, text, (replacement) =>
      runsFreely(replacement, inTransaction, input),
    );
    drafts.forEach((draft, at) => {
      const creates = draft.kind === 'create-table' && isNew(draft);
      operations.push({
        kind: draft.kind,
        statement: index,
        ...(old ? { isOld: true } : {}),
        table: draft.table,
        ...(draft.column === undefined ? {} : { column: draft.column }),
        ...(draft.name === undefined ? {} : { name: draft.name }),
        ...draft.effect,
        blocks: blocksOf(draft.effect.lock),
        destroysData: draft.destroysData === true,
        concurrently: draft.concurrently === true,
        ...(draft.alsoLocks ? { alsoLocks: draft.alsoLocks } : {}),
        onTableOfThisChange: newBefore[at] === true || creates,
        inTransaction,
        sql: statement.text.length > sqlLimit ? `${statement.text.slice(0, sqlLimit - 1)}…` : statement.text,
        lines: sql.lines.linesOf(statement),
        ...(safer === undefined ? {} : { safer }),
      });
    });
  });
  dropTemporary(schema);
  return {
    operations,
    comments: sql.comments.filter((comment) => !directive.test(comment.text)),
    notAnalysed: notAnalysed.toSorted((a, b) => a.lines.start - b.lines.start),
    statementCount: sql.statementCount,
  };
}

/** Statements of the previous text, each as often as it stood there, whatever its spacing. */
function oldStatements({ previousText, parse }: OperationsInput): (text: string) => boolean {
  if (previousText === undefined) return () => false;
  const left = new Map<string, number>();
  for (const { text } of readStatements(previousText, parse).statements) {
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

/** Whether the replacement parses, does one thing, and blocks nobody where the statement stands. */
function runsFreely(replacement: string, inTransaction: Tristate, input: OperationsInput): boolean {
  if (inTransaction !== false) return false;
  const { statements, notAnalysed } = readStatements(replacement, input.parse);
  const [only] = statements;
  if (!only || statements.length !== 1 || notAnalysed.length > 0) return false;
  return statementOperations(only.tree, input.schema).every(
    ({ effect }) => blocksOf(effect.lock) === 'nothing',
  );
}

/** A session's own tables are gone when the file has run, and hide no real table of the same name from later files. */
function dropTemporary(schema: KnownSchema): void {
  for (const [name, table] of schema.tables) if (table.isTemporary) schema.tables.delete(name);
}
