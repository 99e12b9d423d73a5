import { type CodeCall, type CodeValue, isTrue, textOf } from '../code/code-value.ts';
import { railsStatements } from './rails-commands.ts';
import type { RailsContext, Told } from './rails-context.ts';
import { referenceColumns, referenceStatements } from './rails-references.ts';
import { withIndex } from './rails-table-parts.ts';
import { columnMethods } from './rails-types.ts';
import type { ReadBlock, TableStatements } from './table-block.ts';

/** Methods of a `change_table` block and the calls outside of one that they stand for. */
const asCommand: Readonly<Record<string, string>> = {
  index: 'add_index', remove_index: 'remove_index', rename_index: 'rename_index', remove: 'remove_columns',
  rename: 'rename_column', change: 'change_column', change_default: 'change_column_default', change_null: 'change_column_null',
  remove_references: 'remove_reference', remove_belongs_to: 'remove_reference', foreign_key: 'add_foreign_key',
  remove_foreign_key: 'remove_foreign_key', check_constraint: 'add_check_constraint', remove_check_constraint: 'remove_check_constraint',
  timestamps: 'add_timestamps', remove_timestamps: 'remove_timestamps', column: 'add_column',
  unique_constraint: 'add_unique_constraint', exclusion_constraint: 'add_exclusion_constraint',
}; // biome-ignore format: a table reads better in few lines

/** The statements of a `change_table` block; `bulk: true` puts the clauses of one table together where the server takes that. */
export function changeTable(
  call: CodeCall,
  context: RailsContext,
  read: ReadBlock,
): TableStatements | { readonly why: string } {
  const table = call.args[0];
  const name = textOf(table);
  if (table === undefined || name === undefined || !call.block)
    return { why: 'a table whose name is only known when the migration runs' };
  const statements: { sql: string; lines: CodeCall['lines'] }[] = [];
  const left: { why: string; lines: CodeCall['lines'] }[] = [];
  for (const part of read(call.block)) {
    if ('why' in part) left.push(part);
    else if ('sent' in part) statements.push(...part.sent.map((sql) => ({ sql, lines: part.lines })));
    else {
      const told = changePart(name, table, part, context);
      if ('why' in told) left.push({ why: told.why, lines: part.lines });
      else statements.push(...told.map((sql) => ({ sql, lines: part.lines })));
    }
  }
  if (!isTrue(call.options.get('bulk'))) return { statements, left };
  const start = `ALTER TABLE ${context.text.name(name)} `;
  const clauses = statements.filter(
    ({ sql }) => sql.startsWith(start) && !/ RENAME (?:COLUMN|TO|INDEX) /.test(sql),
  );
  if (clauses.length < 2) return { statements, left };
  const others = statements.filter((one) => !clauses.includes(one));
  return {
    statements: [{ sql: start + clauses.map(({ sql }) => sql.slice(start.length)).join(', ') }, ...others],
    left,
  };
}

function changePart(name: string, table: CodeValue, part: CodeCall, context: RailsContext): Told {
  const method = part.name.slice(part.name.lastIndexOf('.') + 1);
  const command = asCommand[method];
  const unknown = { why: `\`${method}\` in a table's block, which Rails itself does not know` };
  if (command !== undefined)
    return railsStatements(command, { ...part, args: [table, ...part.args] }, context) ?? unknown;
  if (part.hasMore)
    return { why: `\`${method}\` with arguments that are only known when the migration runs` };
  const names = part.args.flatMap((value) => textOf(value) ?? []);
  const { text } = context;
  if (names.length < part.args.length || names.length === 0) {
    return columnMethods.has(method) || /^(?:references|belongs_to)$/.test(method)
      ? { why: 'a column whose name is only known when the migration runs' }
      : unknown;
  }
  if (method === 'references' || method === 'belongs_to') {
    return names.flatMap((own) => [
      `ALTER TABLE ${text.name(name)} ${referenceColumns(own, part.options, context)
        .map((column) => `ADD COLUMN ${column}`)
        .join(', ')}`,
      ...referenceStatements(name, own, part.options, context, false),
    ]);
  }
  if (!columnMethods.has(method)) return unknown;
  const made = withIndex(name, names, method, part.options, context);
  return [
    `ALTER TABLE ${text.name(name)} ${made.columns.map((column) => `ADD COLUMN ${column}`).join(', ')}`,
    ...made.after,
  ];
}
