import { type CodeCall, textOf } from '../code/code-value.ts';
import { alterField } from './django-alter.ts';
import {
  columnText,
  type DjangoContext,
  fieldOfModel,
  foreignKeyName,
  foreignKeyText,
  indexesOf,
  modelKey,
  modelsOf,
  tableOf,
} from './django-fields.ts';
import { joinTable } from './django-models.ts';
import { argument, left, nothing, type OperationTold, told, unknown } from './django-told.ts';
import { isForeignKey } from './django-types.ts';

interface FieldArguments {
  readonly model: string;
  readonly name: string;
  readonly field: CodeCall;
}

function fieldArguments(call: CodeCall): FieldArguments | undefined {
  const [model, name] = [textOf(argument(call, 'model_name', 0)), textOf(argument(call, 'name', 1))];
  const field = argument(call, 'field', 2);
  return model === undefined || name === undefined || field?.kind !== 'call'
    ? undefined
    : { model, name, field };
}

export function addField(call: CodeCall, context: DjangoContext): OperationTold {
  const given = fieldArguments(call);
  if (!given) return left('a field that is only known when the migration runs');
  const { model, name, field } = given;
  const { text } = context;
  const table = tableOf(model, context);
  const made = fieldOfModel(name, field, model, context);
  const known = modelsOf(context).get(modelKey(model, context.app));
  known?.fields.set(name, made);
  if (known?.isManaged === false) return nothing;
  if (made.column === undefined) {
    const join = joinTable(table, model, made, context);
    return told(join.slice(0, 1), join.slice(1));
  }
  const column = text.name(made.column);
  const filled =
    made.fallback !== undefined && !field.options.has('db_default') ? ` DEFAULT ${made.fallback}` : '';
  const definition = columnText(made, field, text).replace(/ (NOT NULL|NULL)(?= |$)/, `${filled} $1`);
  const key =
    made.references && !text.isMysql
      ? ` CONSTRAINT ${text.name(foreignKeyName(table, made.column))} REFERENCES ${text.name(made.references.table)}(${text.name(made.references.column)}) DEFERRABLE INITIALLY DEFERRED`
      : '';
  return told(
    [
      `ALTER TABLE ${text.name(table)} ADD COLUMN ${definition}${key}`,
      ...(filled === '' ? [] : [`ALTER TABLE ${text.name(table)} ALTER COLUMN ${column} DROP DEFAULT`]),
    ],
    [
      ...indexesOf(table, made, text),
      ...(text.isMysql ? [foreignKeyText(table, made, text) ?? []].flat() : []),
    ],
  );
}

export function removeField(call: CodeCall, context: DjangoContext): OperationTold {
  const { text } = context;
  const [model, name] = [textOf(argument(call, 'model_name', 0)), textOf(argument(call, 'name', 1))];
  if (model === undefined || name === undefined) return left(unknown);
  const known = modelsOf(context).get(modelKey(model, context.app));
  const field = known?.fields.get(name);
  known?.fields.delete(name);
  if (known?.isManaged === false) return nothing;
  if (field && field.column === undefined)
    return field.joinTable === undefined
      ? nothing
      : told([`DROP TABLE ${text.name(field.joinTable)} CASCADE`]);
  const table = text.name(tableOf(model, context));
  const key =
    field?.references && field.column !== undefined
      ? [
          `ALTER TABLE ${table} DROP CONSTRAINT ${text.name(foreignKeyName(tableOf(model, context), field.column))}`,
        ]
      : [];
  return told([
    ...key,
    `ALTER TABLE ${table} DROP COLUMN ${text.name(field?.column ?? name)}${text.isMysql ? '' : ' CASCADE'}`,
  ]);
}

export function changeField(call: CodeCall, context: DjangoContext): OperationTold {
  const given = fieldArguments(call);
  if (!given) return left('a field that is only known when the migration runs');
  const { model, name, field } = given;
  const known = modelsOf(context).get(modelKey(model, context.app));
  const old = known?.fields.get(name);
  const next = fieldOfModel(name, field, model, context);
  known?.fields.set(name, next);
  if (known?.isManaged === false) return nothing;
  if (!old) return left(`\`AlterField\` of a field whose earlier migration was not read`);
  const { now, later } = alterField(tableOf(model, context), old, next, context.text);
  return told(now, later);
}

export function renameField(call: CodeCall, context: DjangoContext): OperationTold {
  const { text } = context;
  const model = textOf(argument(call, 'model_name', 0));
  const [from, to] = [textOf(argument(call, 'old_name', 1)), textOf(argument(call, 'new_name', 2))];
  if (model === undefined || from === undefined || to === undefined) return left(unknown);
  const known = modelsOf(context).get(modelKey(model, context.app));
  const field = known?.fields.get(from);
  // A column that was given a name of its own keeps it.
  const isOwn = field?.column === from || field?.column === `${from}_id` || !field;
  // With `db_constraint=False` a key refers to nothing, and its column is named as those of other keys are.
  const suffix = field?.column === `${from}_id` && isForeignKey(field.kind) ? '_id' : '';
  const [old, next] = [field?.column ?? from, isOwn ? `${to}${suffix}` : (field.column ?? to)];
  if (known && field) {
    known.fields.delete(from);
    known.fields.set(to, field.column === undefined ? field : { ...field, column: next });
  }
  if (known?.isManaged === false || old === next || (field && field.column === undefined)) return nothing;
  if (field) {
    const { now, later } = alterField(tableOf(model, context), field, { ...field, column: next }, text);
    return told(now, later);
  }
  return told([
    `ALTER TABLE ${text.name(tableOf(model, context))} RENAME COLUMN ${text.name(old)} TO ${text.name(next)}`,
  ]);
}
