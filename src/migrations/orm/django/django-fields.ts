import type { KnownSchema } from '../../sql/schema.ts';
import { type CodeCall, isFalse, isTrue, lastName, textOf } from '../code/code-value.ts';
import type { SqlText } from '../sql-text.ts';
import { djangoType, fallbackOf, isForeignKey, isManyToMany, isSerial } from './django-types.ts';
import type { KnownField, KnownModel } from './known-model.ts';

export interface DjangoContext {
  readonly text: SqlText;
  readonly schema: KnownSchema;
  /** Label of the app that the file belongs to. */
  readonly app: string;
}

export function modelsOf({ schema }: Pick<DjangoContext, 'schema'>): Map<string, KnownModel> {
  schema.models ??= new Map();
  return schema.models;
}

/** `app.name`, lower case, of a model named as migrations name it: "Order", "shop.Order". */
export function modelKey(name: string, app: string): string {
  return (name.includes('.') ? name : `${app}.${name}`).toLowerCase();
}

/** Tables of Django's own applications that are not named after their model. */
const ownTables: Readonly<Record<string, string>> = {
  'contenttypes.contenttype': 'django_content_type',
  'sites.site': 'django_site',
  'sessions.session': 'django_session',
  'admin.logentry': 'django_admin_log',
};

/** The table of a model; one that no migration read has made has the name that Django would give it. */
export function tableOf(name: string, context: DjangoContext): string {
  const key = modelKey(name, context.app);
  return modelsOf(context).get(key)?.table ?? ownTables[key] ?? key.replace('.', '_');
}

/** A field as a migration declares it, on the model that it belongs to. */
export function fieldOfModel(
  name: string,
  field: CodeCall,
  model: string,
  context: DjangoContext,
): KnownField {
  const { text } = context;
  const kind = lastName(field.name);
  const options = field.options;
  const isNullable = isTrue(options.get('null')) || kind === 'NullBooleanField';
  const isKey = isTrue(options.get('primary_key'));
  if (isManyToMany(kind)) {
    const through = options.get('through');
    const isOwn = through === undefined || through.kind === 'none';
    const table = textOf(options.get('db_table')) ?? `${tableOf(model, context)}_${name.toLowerCase()}`;
    return {
      kind, type: '', isNullable: false, isUnique: false, isIndexed: false, isKey: false,
      ...(isOwn ? { joinTable: table } : {}),
      ...(targetOf(field, model, context) ?? {}),
    }; // biome-ignore format: what it is not stands in few lines
  }
  const isReference = isForeignKey(kind);
  const target = isReference ? targetOf(field, model, context) : undefined;
  const column = textOf(options.get('db_column')) ?? (isReference ? `${name}_id` : name);
  const isUnique = !isKey && (isTrue(options.get('unique')) || /OneToOneField$/.test(kind));
  const isPositive = /^Positive/.test(kind) && !text.isMysql;
  const isIndexed = options.has('db_index')
    ? isTrue(options.get('db_index'))
    : (isReference && !/OneToOneField$/.test(kind)) || /SlugField$/.test(kind);
  const fallback = fallbackOf(field, isNullable, text);
  return {
    kind,
    column,
    type: isReference ? (target?.type ?? 'bigint') : djangoType(field, text),
    isNullable,
    isUnique,
    isIndexed: isIndexed && !isUnique && !isKey,
    isKey,
    ...(isPositive ? { check: `${text.name(column)} >= 0` } : {}),
    ...(target && !isFalse(options.get('db_constraint')) ? { references: target.references } : {}),
    ...(fallback === undefined ? {} : { fallback }),
  };
}

/** The key that a field refers to. */
function targetOf(
  field: CodeCall,
  model: string,
  context: DjangoContext,
): { readonly references: NonNullable<KnownField['references']>; readonly type: string } | undefined {
  const to = field.options.get('to') ?? field.args[0];
  const given = textOf(to);
  // The project's settings say which model its users are.
  if (given === undefined) {
    const name = to?.kind === 'opaque' ? to.source : '';
    const table = /AUTH_USER_MODEL$/.test(name) ? 'AUTH_USER_MODEL' : lastName(name) || 'AUTH_USER_MODEL';
    return { references: { table, column: 'id' }, type: 'bigint' };
  }
  const name = given === 'self' ? model : given;
  const known = modelsOf(context).get(modelKey(name, context.app));
  const toField = textOf(field.options.get('to_field'));
  const key =
    (toField === undefined ? undefined : known?.fields.get(toField)) ??
    [...(known?.fields.values() ?? [])].find(({ isKey }) => isKey);
  return {
    references: { table: tableOf(name, context), column: key?.column ?? toField ?? 'id' },
    type: key?.type ?? 'bigint',
  };
}

/** A column as CREATE TABLE and ADD COLUMN have it, without what it refers to. */
export function columnText(field: KnownField, call: CodeCall | undefined, text: SqlText): string {
  const column = field.column ?? '';
  const parts = [text.name(column), field.type];
  const collation = textOf(call?.options.get('db_collation'));
  if (collation !== undefined) parts.push(`COLLATE ${text.name(collation)}`);
  if (field.kind === 'GeneratedField') {
    parts.push(`GENERATED ALWAYS AS ('…') ${isTrue(call?.options.get('db_persist')) ? 'STORED' : 'VIRTUAL'}`);
  }
  const kept = call?.options.get('db_default');
  if (kept !== undefined)
    parts.push(`DEFAULT ${kept.kind === 'call' ? functionText(kept) : text.value(kept)}`);
  if (field.kind !== 'GeneratedField') parts.push(field.isNullable ? 'NULL' : 'NOT NULL');
  if (field.isKey) parts.push('PRIMARY KEY');
  if (field.isUnique) parts.push('UNIQUE');
  if (isSerial(field.kind)) parts.push(text.isMysql ? 'AUTO_INCREMENT' : 'GENERATED BY DEFAULT AS IDENTITY');
  if (field.check !== undefined) parts.push(`CHECK (${field.check})`);
  return parts.join(' ');
}

/** `Now()` and the like; of another expression only that it is one. */
function functionText({ name, args }: CodeCall): string {
  const [first] = args;
  if (/(?:^|\.)Now$/.test(name)) return 'STATEMENT_TIMESTAMP()';
  if (/(?:^|\.)Value$/.test(name) && first) {
    if (first.kind === 'text') return `'${first.text.replaceAll("'", "''")}'`;
    return first.kind === 'number' ? first.text : "'…'";
  }
  if (/(?:^|\.)RandomUUID$/.test(name)) return 'gen_random_uuid()';
  return "'…'";
}

/** Whether a second index serves `LIKE`, as Django makes it on PostgreSQL. */
export function hasLikeIndex({ type, isIndexed, isUnique, isKey }: KnownField, text: SqlText): boolean {
  return !text.isMysql && (isIndexed || isUnique || isKey) && /^(?:varchar|text)\b(?!.*\[)/.test(type);
}

/** The indexes of a column. */
export function indexesOf(table: string, field: KnownField, text: SqlText): readonly string[] {
  const column = field.column;
  if (column === undefined) return [];
  const start = (suffix: string) =>
    `CREATE INDEX ${text.name(`${table}_${column}${suffix}`)} ON ${text.name(table)}`;
  const operators = field.type.startsWith('text') ? 'text_pattern_ops' : 'varchar_pattern_ops';
  return [
    ...(field.isIndexed && !(text.isMysql && field.references)
      ? [`${start('')} (${text.name(column)})`]
      : []),
    ...(hasLikeIndex(field, text) ? [`${start('_like')} (${text.name(column)} ${operators})`] : []),
  ];
}

export function foreignKeyName(table: string, column: string): string {
  return `${table}_${column}_fk`;
}

/** `CONSTRAINT … FOREIGN KEY …` as Django writes it. */
export function foreignKeyText(table: string, field: KnownField, text: SqlText): string | undefined {
  if (!field.references || field.column === undefined) return undefined;
  const { table: to, column } = field.references;
  return (
    `ALTER TABLE ${text.name(table)} ADD CONSTRAINT ${text.name(foreignKeyName(table, field.column))} ` +
    `FOREIGN KEY (${text.name(field.column)}) REFERENCES ${text.name(to)} (${text.name(column)})${text.isMysql ? '' : ' DEFERRABLE INITIALLY DEFERRED'}`
  );
}
