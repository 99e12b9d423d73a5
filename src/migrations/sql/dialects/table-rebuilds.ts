import type { Statement } from '../read-statements.ts';
import { asTree, type DialectStatement, statementIn } from './dialect-statement.ts';

interface Step {
  readonly at: number;
  readonly statement: DialectStatement;
}

/**
 * SQLite changes a column by making its table anew: CREATE a second one, INSERT … SELECT, DROP the first, RENAME. Such
 * steps are marked with the table that they rebuild, in either order of names (the new one renamed, or the old one first).
 * Source: https://www.sqlite.org/lang_altertable.html, Making Other Kinds Of Table Schema Changes.
 */
export function withRebuilds(statements: readonly Statement[]): readonly Statement[] {
  const steps = statements.map(({ tree }, at): Step => ({ at, statement: statementIn(tree) }));
  const marked = new Map<number, DialectStatement>();
  for (const { at, statement: copy } of steps) {
    if (copy.type !== 'change' || copy.kind !== 'insert-select') continue;
    const source = copy.copies?.from;
    if (source === undefined) continue;
    const group = newRenamed(steps, at, copy.table, source) ?? oldRenamed(steps, at, copy.table, source);
    for (const [place, statement] of group ?? []) marked.set(place, statement);
  }
  if (marked.size === 0) return statements;
  return statements.map((statement, at) => {
    const replaced = marked.get(at);
    return replaced ? { ...statement, tree: asTree(replaced) } : statement;
  });
}

type Marked = readonly (readonly [number, DialectStatement])[];

/** CREATE new; copy; DROP old; RENAME new TO old. */
function newRenamed(steps: readonly Step[], at: number, made: string, old: string): Marked | undefined {
  const create = steps.slice(0, at).findLast(({ statement }) => creates(statement, made));
  const drop = steps.slice(at).find(({ statement }) => drops(statement, old));
  const rename = steps
    .slice(drop?.at ?? steps.length)
    .find(({ statement }) => renameOf(statement, made) === old);
  const copy = steps[at];
  if (!create || !drop || !rename || !copy) return undefined;
  const marked = [...leftovers(steps, create.at, made), create, copy, drop];
  return [...markedAs(old, marked), [rename.at, renameInRebuild(rename.statement)]];
}

/** RENAME old TO kept; CREATE old; copy; DROP kept. */
function oldRenamed(steps: readonly Step[], at: number, made: string, kept: string): Marked | undefined {
  const create = steps.slice(0, at).findLast(({ statement }) => creates(statement, made));
  const rename = steps
    .slice(0, create?.at ?? 0)
    .findLast(({ statement }) => renameOf(statement, made) === kept);
  const drop = steps.slice(at).find(({ statement }) => drops(statement, kept));
  const copy = steps[at];
  if (!create || !drop || !rename || !copy) return undefined;
  const marked = [...leftovers(steps, rename.at, kept), create, copy, drop];
  return [...markedAs(made, marked), [rename.at, renameInRebuild(rename.statement)]];
}

/** What an attempt before may have left under the second name: DROP TABLE IF EXISTS. */
function leftovers(steps: readonly Step[], before: number, name: string): readonly Step[] {
  return steps
    .slice(0, before)
    .filter(
      ({ statement }) => drops(statement, name) && 'isRepeatable' in statement && statement.isRepeatable,
    );
}

function creates(statement: DialectStatement, table: string): boolean {
  return statement.type === 'create-table' && statement.table === table;
}

function drops(statement: DialectStatement, table: string): boolean {
  return statement.type === 'drop-table' && statement.tables.length === 1 && statement.tables[0] === table;
}

/** What a table is renamed to by a statement that does nothing else. */
function renameOf(statement: DialectStatement, from: string): string | undefined {
  if (statement.type !== 'alter-table' || statement.table !== from || statement.clauses.length !== 1)
    return undefined;
  const [clause] = statement.clauses;
  return clause?.kind === 'rename-table' ? clause.to : undefined;
}

function markedAs(table: string, steps: readonly Step[]): Marked {
  return steps.map(
    ({ at, statement }) => [at, { ...statement, rebuildOf: table } as DialectStatement] as const,
  );
}

/** It still renames what is known, and is no operation of its own. */
function renameInRebuild(statement: DialectStatement): DialectStatement {
  if (statement.type !== 'alter-table') return statement;
  const [clause] = statement.clauses;
  const to = clause?.kind === 'rename-table' ? clause.to : '';
  return { type: 'rename-table', pairs: [{ from: statement.table, to }], words: statement.words };
}
