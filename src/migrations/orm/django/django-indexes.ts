import { type CodeCall, type CodeValue, lastName, textOf, textsOf } from '../code/code-value.ts';
import { quoted } from '../sql-text.ts';
import { type DjangoContext, modelKey, modelsOf, tableOf } from './django-fields.ts';
import { columnsOf } from './django-together.ts';
import { argument, left, type OperationTold, told, unknown } from './django-told.ts';
import type { KnownModel, NamedKind } from './known-model.ts';

export function addIndex(call: CodeCall, context: DjangoContext, isConcurrent: boolean): OperationTold {
  const name = textOf(argument(call, 'model_name', 0));
  const index = argument(call, 'index', 1);
  if (name === undefined || index?.kind !== 'call') return left(unknown);
  const sql = namedStatement(index, modelOrEmpty(name, context), context, {
    isConcurrent,
    isNotValid: false,
  });
  return sql === undefined
    ? left(`\`${lastName(index.name)}\`, a kind of index that Django does not know`)
    : told([sql]);
}

function modelOrEmpty(name: string, context: DjangoContext): KnownModel {
  return (
    modelsOf(context).get(modelKey(name, context.app)) ?? {
      table: tableOf(name, context),
      isManaged: true,
      fields: new Map(),
      named: new Map(),
      uniqueTogether: [],
      indexTogether: [],
    }
  );
}

export function removeIndex(call: CodeCall, { text }: DjangoContext, isConcurrent: boolean): OperationTold {
  const name = textOf(argument(call, 'name', 1));
  return name === undefined
    ? left(unknown)
    : told([`DROP INDEX ${isConcurrent ? 'CONCURRENTLY ' : ''}IF EXISTS ${text.name(name)}`]);
}

export function renameIndex(call: CodeCall, context: DjangoContext): OperationTold {
  const { text } = context;
  const model = textOf(argument(call, 'model_name', 0));
  const to = textOf(argument(call, 'new_name', 1));
  const fields = textsOf(call.options.get('old_fields'));
  const table = model === undefined ? '' : tableOf(model, context);
  const from =
    textOf(argument(call, 'old_name', 2)) ?? (fields ? `${table}_${fields.join('_')}_idx` : undefined);
  if (from === undefined || to === undefined || model === undefined) return left(unknown);
  return told([
    text.isMysql
      ? `ALTER TABLE ${text.name(table)} RENAME INDEX ${text.name(from)} TO ${text.name(to)}`
      : `ALTER INDEX ${text.name(from)} RENAME TO ${text.name(to)}`,
  ]);
}

export function addConstraint(call: CodeCall, context: DjangoContext, isNotValid: boolean): OperationTold {
  const name = textOf(argument(call, 'model_name', 0));
  const constraint = argument(call, 'constraint', 1);
  if (name === undefined || constraint?.kind !== 'call') return left(unknown);
  const sql = namedStatement(constraint, modelOrEmpty(name, context), context, {
    isConcurrent: false,
    isNotValid,
  });
  return sql === undefined
    ? left(`\`${lastName(constraint.name)}\`, a kind of constraint that Django does not know`)
    : told([sql]);
}

export function removeConstraint(call: CodeCall, context: DjangoContext): OperationTold {
  const { text } = context;
  const [model, name] = [textOf(argument(call, 'model_name', 0)), textOf(argument(call, 'name', 1))];
  if (model === undefined || name === undefined) return left(unknown);
  const isIndex = modelsOf(context).get(modelKey(model, context.app))?.named.get(name) === 'unique index';
  return told([
    isIndex
      ? `DROP INDEX IF EXISTS ${text.name(name)}`
      : `ALTER TABLE ${text.name(tableOf(model, context))} DROP CONSTRAINT ${text.name(name)}`,
  ]);
}

const methods: Readonly<Record<string, string>> = {
  GinIndex: 'gin', GistIndex: 'gist', BrinIndex: 'brin', HashIndex: 'hash', SpGistIndex: 'spgist', BTreeIndex: 'btree', BloomIndex: 'bloom',
  OpClass: '', HnswIndex: 'hnsw', IvfflatIndex: 'ivfflat', Index: '',
}; // biome-ignore format: a table reads better in few lines

/** The statement that makes an index or a constraint with a name; a condition is an expression of Django: `'…'`. */
export function namedStatement(
  call: CodeCall,
  model: KnownModel,
  context: DjangoContext,
  { isConcurrent, isNotValid }: { readonly isConcurrent: boolean; readonly isNotValid: boolean },
): string | undefined {
  const { text } = context;
  const kind = lastName(call.name);
  const given = textsOf(call.options.get('fields'));
  const keys = given
    ? given.map((field) => {
        const plain = field.replace(/^-/, '');
        return `${text.name(model.fields.get(plain)?.column ?? plain)}${field.startsWith('-') ? ' DESC' : ''}`;
      })
    : call.args.map((expression) => expressionText(expression, model, context));
  const name =
    textOf(call.options.get('name')) ?? `${model.table}_${(given ?? []).join('_').replaceAll('-', '')}_idx`;
  const table = text.name(model.table);
  const where = call.options.get('condition');
  const isPartial = where !== undefined && where.kind !== 'none';
  const include = textsOf(call.options.get('include'));
  const remember = (as: NamedKind) => model.named.set(name, as);
  if (kind === 'CheckConstraint') {
    remember('check');
    return `ALTER TABLE ${table} ADD CONSTRAINT ${text.name(name)} CHECK ('…')${isNotValid ? ' NOT VALID' : ''}`;
  }
  if (kind === 'ExclusionConstraint') {
    remember('exclusion');
    return `ALTER TABLE ${table} ADD CONSTRAINT ${text.name(name)} EXCLUDE USING ${textOf(call.options.get('index_type')) ?? 'gist'} (('…') WITH =)`;
  }
  if (kind === 'UniqueConstraint') {
    const isIndex = isPartial || !given || include !== undefined || call.options.has('opclasses');
    remember(isIndex ? 'unique index' : 'unique');
    const late = call.options.get('deferrable');
    const deferred =
      late === undefined || late.kind === 'none'
        ? ''
        : ` DEFERRABLE INITIALLY ${/IMMEDIATE/.test(late.kind === 'opaque' ? late.source : '') ? 'IMMEDIATE' : 'DEFERRED'}`;
    if (!isIndex)
      return `ALTER TABLE ${table} ADD CONSTRAINT ${text.name(name)} UNIQUE (${keys.join(', ')})${deferred}`;
    return `CREATE UNIQUE INDEX ${text.name(name)} ON ${table} (${keys.join(', ')})${includeText(include, model, context)}${isPartial ? " WHERE '…'" : ''}`;
  }
  const method = methods[kind];
  if (method === undefined || keys.length === 0) return undefined;
  remember('index');
  const operators = textsOf(call.options.get('opclasses'));
  const columns = keys.map((key, at) => (operators?.[at] === undefined ? key : `${key} ${operators[at]}`));
  return (
    `CREATE INDEX ${isConcurrent ? 'CONCURRENTLY ' : ''}${text.name(name)} ON ${table}${method === '' || text.isMysql ? '' : ` USING ${method}`} ` +
    `(${columns.join(', ')})${includeText(include, model, context)}${isPartial && !text.isMysql ? " WHERE '…'" : ''}`
  );
}

function includeText(
  include: readonly string[] | undefined,
  model: KnownModel,
  context: DjangoContext,
): string {
  return include === undefined || include.length === 0
    ? ''
    : ` INCLUDE (${columnsOf(model, include, context)})`;
}

function expressionText(value: CodeValue, model: KnownModel, { text }: DjangoContext): string {
  if (value.kind === 'text') return text.name(model.fields.get(value.text)?.column ?? value.text);
  if (value.kind !== 'call') return "('…')";
  const inner = value.args[0];
  const name = lastName(value.name);
  if (/^(?:Lower|Upper|Trim)$/.test(name) && inner?.kind === 'text')
    return `(${name.toLowerCase()}(${text.name(model.fields.get(inner.text)?.column ?? inner.text)}))`;
  return `(${quoted('…')})`;
}
