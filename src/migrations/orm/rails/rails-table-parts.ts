import { type CodeCall, type CodeValue, isFalse, isNone, textOf, textsOf } from '../code/code-value.ts';
import { quoted } from '../sql-text.ts';
import { columnText, timestampColumns } from './rails-columns.ts';
import type { RailsContext } from './rails-context.ts';
import { indexStatement } from './rails-indexes.ts';
import { pluralOf } from './rails-names.ts';
import { foreignKeyClause, referenceColumns, referenceStatements } from './rails-references.ts';
import { columnMethods, foreignKeyOf, type Options } from './rails-types.ts';

interface PartTold {
  readonly columns: readonly string[];
  readonly constraints: readonly string[];
  readonly after: readonly string[];
}

/** What one line of a `create_table` block adds. */
export function tablePart(
  table: string,
  part: CodeCall,
  context: RailsContext,
): PartTold | { readonly why: string } {
  const { text } = context;
  const method = part.name.slice(part.name.lastIndexOf('.') + 1);
  const names = part.args.flatMap((value) => textOf(value) ?? []);
  const nothing: PartTold = { columns: [], constraints: [], after: [] };
  if (part.hasMore)
    return { why: `\`${method}\` with arguments that are only known when the migration runs` };
  if (method === 'timestamps') return { ...nothing, columns: timestampColumns(part.options, context) };
  if (method === 'references' || method === 'belongs_to') {
    if (names.length === 0 || names.length < part.args.length)
      return { why: 'a reference whose name is only known when the migration runs' };
    const foreign = foreignKeyOf(part.options);
    return {
      columns: names.flatMap((name) => referenceColumns(name, part.options, context)),
      constraints: foreign
        ? names.flatMap(
            (name) =>
              foreignKeyClause(
                table,
                textOf(foreign.get('to_table')) ?? pluralOf(name),
                new Map<string, CodeValue>([['column', { kind: 'text', text: `${name}_id` }], ...foreign]),
                context,
              ) ?? [],
          )
        : [],
      after: names.flatMap((name) => referenceStatements(table, name, part.options, context, true)),
    };
  }
  if (method === 'index') {
    const columns = textsOf(part.args[0]);
    const told = columns
      ? indexStatement(table, columns, part.options, context)
      : { why: 'an index whose columns are only known when the migration runs' };
    return 'why' in told ? told : { ...nothing, after: told };
  }
  if (method === 'foreign_key') {
    const clause =
      names[0] === undefined ? undefined : foreignKeyClause(table, names[0], part.options, context);
    return clause === undefined
      ? { why: 'a foreign key that is only known when the migration runs' }
      : { ...nothing, constraints: [clause] };
  }
  if (method === 'check_constraint') {
    if (names[0] === undefined) return { why: 'a check that is only known when the migration runs' };
    const name = textOf(part.options.get('name'));
    return {
      ...nothing,
      constraints: [`${name === undefined ? '' : `CONSTRAINT ${text.name(name)} `}CHECK (${names[0]})`],
    };
  }
  if (method === 'unique_constraint') {
    const columns = textsOf(part.args[0]);
    return columns
      ? { ...nothing, constraints: [`UNIQUE (${text.names(columns)})`] }
      : { why: 'a constraint that is only known when the migration runs' };
  }
  if (method === 'exclusion_constraint') {
    const using = textOf(part.options.get('using'));
    return names[0] === undefined
      ? { why: 'an exclusion that is only known when the migration runs' }
      : { ...nothing, constraints: [`EXCLUDE${using === undefined ? '' : ` USING ${using}`} (${names[0]})`] };
  }
  if (method === 'column') {
    const [name, type] = names;
    if (name === undefined || type === undefined)
      return { why: 'a column that is only known when the migration runs' };
    return withIndex(table, [name], type, part.options, context);
  }
  if (columnMethods.has(method)) {
    if (names.length === 0 || names.length < part.args.length)
      return { why: 'a column whose name is only known when the migration runs' };
    return withIndex(table, names, method, part.options, context);
  }
  return { why: `\`${method}\` in a table's block, which Rails itself does not know` };
}

export function withIndex(
  table: string,
  names: readonly string[],
  type: string,
  options: Options,
  context: RailsContext,
): PartTold {
  const index = options.get('index');
  const wanted = index !== undefined && !isFalse(index) && !isNone(index);
  const indexOptions = index?.kind === 'map' ? index.entries : new Map<string, CodeValue>();
  const comment = textOf(options.get('comment'));
  return {
    columns: names.map((name) => columnText(name, type, options, context)),
    constraints: [],
    after: [
      ...(wanted
        ? names.flatMap((name) => {
            const told = indexStatement(table, [name], indexOptions, context);
            return 'why' in told ? [] : told;
          })
        : []),
      ...(comment === undefined || context.text.isMysql
        ? []
        : names.map(
            (name) =>
              `COMMENT ON COLUMN ${context.text.name(table)}.${context.text.name(name)} IS ${quoted(comment)}`,
          )),
    ],
  };
}
