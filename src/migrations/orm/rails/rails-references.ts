import type { KnownSchema } from '../../sql/schema.ts';
import { type CodeCall, isFalse, isNone, isTrue, mapOf, textOf, textsOf } from '../code/code-value.ts';
import type { SqlText } from '../sql-text.ts';
import { columnText } from './rails-columns.ts';
import { onColumn, onTable, type RailsContext, type Told, unknownName } from './rails-context.ts';
import { indexStatement } from './rails-indexes.ts';
import { pluralOf, singularOf } from './rails-names.ts';
import { foreignKeyOf, type Options } from './rails-types.ts';

/** The columns of a reference, as a table's block and `add_reference` make them. */
export function referenceColumns(name: string, options: Options, context: RailsContext): readonly string[] {
  const type = textOf(options.get('type')) ?? (context.version >= 5.1 ? 'bigint' : 'integer');
  const kept = new Map([...options].filter(([key]) => /^(?:null|default|limit|collation)$/.test(key)));
  const poly = options.get('polymorphic');
  const own = columnText(`${name}_id`, type, kept, context);
  if (isNone(poly) || isFalse(poly)) return [own];
  const typeOptions = new Map([...kept].filter(([key]) => key === 'null'));
  for (const [key, value] of mapOf(poly)) typeOptions.set(key, value);
  return [columnText(`${name}_type`, 'string', typeOptions, context), own];
}

/** The index of a reference, and its key constraint; `isNew`: the table is made by the same call. */
export function referenceStatements(
  table: string,
  name: string,
  options: Options,
  context: RailsContext,
  isNew: boolean,
): readonly string[] {
  const poly = options.get('polymorphic');
  const isPolymorphic = !isNone(poly) && !isFalse(poly);
  const columns = isPolymorphic ? [`${name}_type`, `${name}_id`] : [`${name}_id`];
  const index = options.get('index');
  // Rails 4.2 made no index of its own accord.
  const wanted = index === undefined ? context.version >= 5 : !isFalse(index) && !isNone(index);
  const indexOptions = new Map(mapOf(index));
  if (isPolymorphic && !indexOptions.has('name') && context.version >= 6.1)
    indexOptions.set('name', { kind: 'text', text: `index_${table}_on_${name}` });
  const made = wanted ? indexStatement(table, columns, indexOptions, context) : [];
  const foreign = foreignKeyOf(options);
  const key =
    foreign && !isNew
      ? foreignKeyStatement(
          table,
          textOf(foreign.get('to_table')) ?? pluralOf(name),
          new Map([['column', { kind: 'text', text: `${name}_id` }], ...foreign]),
          context,
        )
      : [];
  return [...('why' in made ? [] : made), ...('why' in key ? [] : key)];
}

export function addReference(call: CodeCall, context: RailsContext): Told {
  const { text } = context;
  const exists = isTrue(call.options.get('if_not_exists')) ? 'IF NOT EXISTS ' : '';
  return onColumn(call, (table, name) => [
    `ALTER TABLE ${text.name(table)} ${referenceColumns(name, call.options, context)
      .map((column) => `ADD COLUMN ${exists}${column}`)
      .join(', ')}`,
    ...referenceStatements(table, name, call.options, context, false),
  ]);
}

export function removeReference(call: CodeCall, context: RailsContext): Told {
  const { text, schema } = context;
  return onColumn(call, (table, name) => {
    const poly = call.options.get('polymorphic');
    const foreign = foreignKeyOf(call.options);
    return [
      ...(foreign
        ? dropConstraint(
            table,
            knownForeignKey(schema, table, `${name}_id`) ?? foreignKeyName(table, `${name}_id`),
            text,
          )
        : []),
      ...(!isNone(poly) && !isFalse(poly)
        ? [`ALTER TABLE ${text.name(table)} DROP COLUMN ${text.name(`${name}_type`)}`]
        : []),
      `ALTER TABLE ${text.name(table)} DROP COLUMN ${text.name(`${name}_id`)}`,
    ];
  });
}

/** Rails puts a hash in the place of what the key is about. */
function foreignKeyName(table: string, column: string): string {
  return `fk_rails_${table.replaceAll('.', '_')}_${column}`;
}

function knownForeignKey(
  schema: KnownSchema,
  table: string,
  column: string | undefined,
  to?: string,
): string | undefined {
  for (const [name, constraint] of schema.tables.get(table)?.constraints ?? []) {
    if (constraint.kind !== 'CONSTR_FOREIGN') continue;
    if (column === undefined ? constraint.references === to : constraint.columns.includes(column))
      return name;
  }
  return undefined;
}

const actions: Readonly<Record<string, string>> = {
  cascade: 'CASCADE',
  nullify: 'SET NULL',
  restrict: 'RESTRICT',
};

/** ALTER TABLE … ADD CONSTRAINT … FOREIGN KEY as Rails writes it. */
export function foreignKeyStatement(
  table: string,
  to: string,
  options: Options,
  context: RailsContext,
): Told {
  const { text } = context;
  const clause = foreignKeyClause(table, to, options, context);
  return clause === undefined ? unknownName : [`ALTER TABLE ${text.name(table)} ADD ${clause}`];
}

/** `CONSTRAINT … FOREIGN KEY …`. */
export function foreignKeyClause(
  table: string,
  to: string,
  options: Options,
  { text }: RailsContext,
): string | undefined {
  const columns = options.has('column')
    ? textsOf(options.get('column'))
    : [`${singularOf(to.split('.').at(-1) ?? to)}_id`];
  const keys = options.has('primary_key') ? textsOf(options.get('primary_key')) : ['id'];
  if (!columns || !keys) return undefined;
  const name = textOf(options.get('name')) ?? foreignKeyName(table, columns.join('_'));
  const action = (event: string, option: string) => {
    const own = actions[textOf(options.get(option)) ?? ''];
    return own === undefined ? '' : ` ON ${event} ${own}`;
  };
  const deferrable = options.get('deferrable');
  const late = textOf(deferrable);
  return (
    `CONSTRAINT ${text.name(name)} FOREIGN KEY (${text.names(columns)}) REFERENCES ${text.name(to)} (${text.names(keys)})` +
    `${action('DELETE', 'on_delete')}${action('UPDATE', 'on_update')}` +
    `${late !== undefined ? ` DEFERRABLE INITIALLY ${late.toUpperCase()}` : isTrue(deferrable) ? ' DEFERRABLE' : ''}` +
    `${isFalse(options.get('validate')) && text.isPostgres ? ' NOT VALID' : ''}`
  );
}

export function addForeignKey(call: CodeCall, context: RailsContext): Told {
  return onColumn(call, (table, to) => foreignKeyStatement(table, to, call.options, context));
}

function dropConstraint(table: string, name: string, text: SqlText): readonly string[] {
  return [
    `ALTER TABLE ${text.name(table)} DROP ${text.isMysql ? 'FOREIGN KEY' : 'CONSTRAINT'} ${text.name(name)}`,
  ];
}

export function removeForeignKey(call: CodeCall, context: RailsContext): Told {
  return onForeignKey(call, context, (table, name) => dropConstraint(table, name, context.text));
}

export function validateForeignKey(call: CodeCall, context: RailsContext): Told {
  const { text } = context;
  return onForeignKey(call, context, (table, name) => [
    `ALTER TABLE ${text.name(table)} VALIDATE CONSTRAINT ${text.name(name)}`,
  ]);
}

/** A key that is there already, by its name, its column or the table it refers to. */
function onForeignKey(
  call: CodeCall,
  { schema }: RailsContext,
  statementsOf: (table: string, name: string) => readonly string[],
): Told {
  return onTable(textOf(call.args[0]), (table) => {
    const to = textOf(call.args[1]) ?? textOf(call.options.get('to_table'));
    const column =
      textOf(call.options.get('column')) ?? (to === undefined ? undefined : `${singularOf(to)}_id`);
    const name =
      textOf(call.options.get('name')) ??
      knownForeignKey(schema, table, column, to) ??
      (column === undefined ? undefined : foreignKeyName(table, column));
    return name === undefined ? unknownName : statementsOf(table, name);
  });
}
