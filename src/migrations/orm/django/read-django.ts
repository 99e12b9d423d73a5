import type { NotAnalysed, SourceComment } from '../../../core/migration-facts.ts';
import { fieldOf, namedIn, type Program, sourceOf } from '../code/code-node.ts';
import { type CodeCall, type CodeValue, isFalse, isNone, lastName } from '../code/code-value.ts';
import { pythonComments, pythonScope } from '../code/python-program.ts';
import { syntaxFaults } from '../code/syntax-faults.ts';
import type { OrmInput, OrmRead, SourceStatement } from '../orm-reader.ts';
import { sqlText } from '../sql-text.ts';
import { type DjangoContext, modelsOf } from './django-fields.ts';
import { djangoOperation } from './django-operations.ts';
import { migrationAttributes, putTogether } from './migration-attributes.ts';

/**
 * A Django migration: its list of operations, carried out on the models as its app's earlier migrations have left them.
 * Source: Django 5.2, "Migration operations" and the schema editors of PostgreSQL and MySQL.
 */
export function readDjango(input: OrmInput): OrmRead {
  const program: Program = { source: input.source, root: input.tree };
  const comments: readonly SourceComment[] = pythonComments(program);
  const scope = pythonScope(program);
  const migration = namedIn(input.tree).find(
    (node) =>
      node.type === 'class_definition' && sourceOf(program, fieldOf(node, 'name') ?? node) === 'Migration',
  );
  const faults = syntaxFaults(input.tree);
  if (!migration) {
    const why = 'no class in it is a migration of Django';
    return {
      statements: [],
      comments,
      notAnalysed: [...faults, { lines: input.tree.lines, why }],
      wayBack: 'unknown',
    };
  }
  const { values, left } = migrationAttributes(program, migration, scope);
  const walk: Walk = {
    program,
    context: { text: sqlText(input.dialect), schema: input.schema, app: input.app ?? '' },
    statements: [],
    later: [],
    left: [...faults, ...left],
    isReversible: true,
  };
  const operations = values.get('operations');
  if (operations?.kind === 'list') runAll(walk, operations.items, migration, true);
  else if (operations) walk.left.push({ lines: migration.lines, why: putTogether });
  return {
    statements: [...walk.statements, ...walk.later],
    comments,
    notAnalysed: walk.left,
    wayBack: walk.isReversible ? 'down-step' : 'none',
    sending: isFalse(values.get('atomic')) ? 'one-by-one' : 'in-transaction',
  };
}

interface Walk {
  readonly program: Program;
  readonly context: DjangoContext;
  readonly statements: SourceStatement[];
  /** Keys and indexes wait until all operations are done. */
  readonly later: SourceStatement[];
  readonly left: NotAnalysed[];
  isReversible: boolean;
}

/** `isSent`: the operations reach the database; otherwise they change the models alone. */
function runAll(
  walk: Walk,
  items: readonly CodeValue[],
  around: { readonly lines: NotAnalysed['lines'] },
  isSent: boolean,
): void {
  for (const item of items) {
    if (item.kind === 'call') runOperation(walk, item, isSent);
    else
      walk.left.push({
        lines: around.lines,
        why: 'an operation that is put together when the migration runs',
      });
  }
}

function runOperation(walk: Walk, call: CodeCall, isSent: boolean): void {
  const name = lastName(call.name);
  if (name === 'RunSQL') runSql(walk, call, isSent);
  else if (name === 'RunPython') runPython(walk, call);
  else if (name === 'SeparateDatabaseAndState') runSeparately(walk, call, isSent);
  else runSchemaOperation(walk, call, name, isSent);
}

function runSchemaOperation(walk: Walk, call: CodeCall, name: string, isSent: boolean): void {
  const told = djangoOperation(call, walk.context);
  if (!told) {
    walk.left.push({
      lines: call.lines,
      why: `\`${name.slice(0, 60)}\`, an operation that Django itself does not know`,
    });
    return;
  }
  if (!isSent) return;
  if (told.left !== undefined) walk.left.push({ lines: call.lines, why: told.left });
  for (const sql of told.now) walk.statements.push({ ...sql, lines: call.lines });
  for (const sql of told.later) walk.later.push({ sql, lines: call.lines });
}

function runSql(walk: Walk, call: CodeCall, isSent: boolean): void {
  const given = call.options.get('sql') ?? call.args[0];
  const reverse = call.options.get('reverse_sql') ?? call.args[1];
  const state = call.options.get('state_operations') ?? call.args[2];
  if (isNone(reverse)) walk.isReversible = false;
  const texts = given?.kind === 'list' ? given.items : [given];
  for (const item of isSent ? texts : []) {
    const value = item?.kind === 'list' ? item.items[0] : item;
    if (value?.kind === 'text') {
      if (value.text.trim() === '') continue;
      const { firstLine } = value;
      walk.statements.push({
        sql: withoutPlaceholders(value.text),
        lines: call.lines,
        ...(firstLine === undefined ? {} : { firstLine }),
      });
    } else if (!(value?.kind === 'opaque' && /RunSQL\.noop$/.test(value.source))) {
      walk.left.push({ lines: call.lines, why: 'SQL that is put together when the migration runs' });
    }
  }
  if (state?.kind === 'list') runAll(walk, state.items, call, false);
}

/** A percent sign is written twice for the driver. */
function withoutPlaceholders(sql: string): string {
  return sql.replaceAll('%%', '%');
}

function runPython(walk: Walk, call: CodeCall): void {
  const code = call.options.get('code') ?? call.args[0];
  const reverse = call.options.get('reverse_code') ?? call.args[1];
  if (isNone(reverse)) walk.isReversible = false;
  if (code?.kind === 'opaque' && /\bnoop$/.test(code.source)) return;
  const name = code?.kind === 'opaque' && /^[\w.]{1,60}$/.test(code.source) ? ` (\`${code.source}\`)` : '';
  walk.left.push({ lines: call.lines, why: `\`RunPython\`${name}: code that reads or changes rows` });
}

function runSeparately(walk: Walk, call: CodeCall, isSent: boolean): void {
  const database = call.options.get('database_operations') ?? call.args[0];
  const state = call.options.get('state_operations') ?? call.args[1];
  const { schema } = walk.context;
  if (database?.kind === 'list' && isSent) {
    const kept = structuredClone(modelsOf(walk.context));
    runAll(walk, database.items, call, true);
    // What the database is told, the models do not hear.
    schema.models = kept;
  } else if (database && database.kind !== 'none' && isSent)
    walk.left.push({ lines: call.lines, why: putTogether });
  if (state?.kind === 'list') runAll(walk, state.items, call, false);
}
