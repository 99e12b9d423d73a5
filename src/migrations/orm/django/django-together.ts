import { type CodeCall, type CodeValue, textOf, textsOf } from '../code/code-value.ts';
import { type DjangoContext, modelKey, modelsOf, tableOf } from './django-fields.ts';
import { argument, left, type OperationTold, told, unknown } from './django-told.ts';
import type { KnownModel } from './known-model.ts';

/** `[("a", "b")]`, `{("a", "b")}` or `("a", "b")`. */
export function groupsOf(value: CodeValue | undefined): readonly (readonly string[])[] {
  if (value?.kind === 'call' && value.name === 'set') return groupsOf(value.args[0]);
  if (value?.kind !== 'list') return [];
  const flat = textsOf(value);
  if (flat) return flat.length > 0 ? [flat] : [];
  return value.items.flatMap((item) => {
    const group = textsOf(item);
    return group ? [group] : [];
  });
}

export function columnsOf(
  model: KnownModel | undefined,
  fields: readonly string[],
  { text }: DjangoContext,
): string {
  return text.names(fields.map((name) => model?.fields.get(name)?.column ?? name));
}

export function togetherUnique(
  table: string,
  model: KnownModel | undefined,
  group: readonly string[],
  context: DjangoContext,
): string {
  const { text } = context;
  return `ALTER TABLE ${text.name(table)} ADD CONSTRAINT ${text.name(`${table}_${group.join('_')}_uniq`)} UNIQUE (${columnsOf(model, group, context)})`;
}

export function togetherIndex(
  table: string,
  model: KnownModel | undefined,
  group: readonly string[],
  context: DjangoContext,
): string {
  return `CREATE INDEX ${context.text.name(`${table}_${group.join('_')}_idx`)} ON ${context.text.name(table)} (${columnsOf(model, group, context)})`;
}

export function alterTogether(
  call: CodeCall,
  context: DjangoContext,
  option: 'unique_together' | 'index_together',
): OperationTold {
  const { text } = context;
  const name = textOf(argument(call, 'name', 0));
  if (name === undefined) return left(unknown);
  const model = modelsOf(context).get(modelKey(name, context.app));
  const table = tableOf(name, context);
  const isUnique = option === 'unique_together';
  const next = groupsOf(argument(call, option, 1));
  const old = (isUnique ? model?.uniqueTogether : model?.indexTogether) ?? [];
  if (model && isUnique) model.uniqueTogether = next;
  if (model && !isUnique) model.indexTogether = next;
  const has = (groups: readonly (readonly string[])[], group: readonly string[]) =>
    groups.some((one) => one.join() === group.join());
  const gone = old.filter((group) => !has(next, group));
  const made = next.filter((group) => !has(old, group));
  return told([
    ...gone.map((group) =>
      isUnique
        ? `ALTER TABLE ${text.name(table)} DROP CONSTRAINT ${text.name(`${table}_${group.join('_')}_uniq`)}`
        : `DROP INDEX IF EXISTS ${text.name(`${table}_${group.join('_')}_idx`)}`,
    ),
    ...made.map((group) =>
      isUnique ? togetherUnique(table, model, group, context) : togetherIndex(table, model, group, context),
    ),
  ]);
}
