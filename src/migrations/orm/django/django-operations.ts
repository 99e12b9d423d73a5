import { type CodeCall, lastName, textOf } from '../code/code-value.ts';
import { addField, changeField, removeField, renameField } from './django-field-operations.ts';
import { type DjangoContext, tableOf } from './django-fields.ts';
import { addConstraint, addIndex, removeConstraint, removeIndex, renameIndex } from './django-indexes.ts';
import { alterModelTable, createModel, deleteModel, renameModel } from './django-models.ts';
import { alterTogether } from './django-together.ts';
import { argument, type Handler, left, nothing, type OperationTold, told, unknown } from './django-told.ts';

/** Carries one operation of a schema out on the models and tells its SQL; undefined for one that Django does not know. */
export function djangoOperation(call: CodeCall, context: DjangoContext): OperationTold | undefined {
  return handlers[lastName(call.name)]?.(call, context);
}

const handlers: Readonly<Record<string, Handler>> = {
  CreateModel: createModel,
  DeleteModel: deleteModel,
  RenameModel: renameModel,
  AlterModelTable: alterModelTable,
  AddField: addField,
  RemoveField: removeField,
  AlterField: changeField,
  RenameField: renameField,
  AlterUniqueTogether: (call, context) => alterTogether(call, context, 'unique_together'),
  AlterIndexTogether: (call, context) => alterTogether(call, context, 'index_together'),
  AlterModelOptions: () => nothing,
  AlterModelManagers: () => nothing,
  AlterModelTableComment: () => nothing,
  AlterOrderWithRespectTo: () =>
    left('`AlterOrderWithRespectTo`, with which the column `_order` comes or goes'),
  AddIndex: (call, context) => addIndex(call, context, false),
  AddIndexConcurrently: (call, context) => addIndex(call, context, true),
  RemoveIndex: (call, context) => removeIndex(call, context, false),
  RemoveIndexConcurrently: (call, context) => removeIndex(call, context, true),
  RenameIndex: renameIndex,
  AddConstraint: (call, context) => addConstraint(call, context, false),
  AddConstraintNotValid: (call, context) => addConstraint(call, context, true),
  AlterConstraint: () => nothing,
  RemoveConstraint: removeConstraint,
  ValidateConstraint: (call, context) => {
    const [model, name] = [textOf(argument(call, 'model_name', 0)), textOf(argument(call, 'name', 1))];
    if (model === undefined || name === undefined) return left(unknown);
    return told([
      `ALTER TABLE ${context.text.name(tableOf(model, context))} VALIDATE CONSTRAINT ${context.text.name(name)}`,
    ]);
  },
  CreateExtension: (call, context) => extension(textOf(argument(call, 'name', 0)), context),
  HStoreExtension: (_, context) => extension('hstore', context),
  CITextExtension: (_, context) => extension('citext', context),
  TrigramExtension: (_, context) => extension('pg_trgm', context),
  BtreeGinExtension: (_, context) => extension('btree_gin', context),
  BtreeGistExtension: (_, context) => extension('btree_gist', context),
  UnaccentExtension: (_, context) => extension('unaccent', context),
  CryptoExtension: (_, context) => extension('pgcrypto', context),
  BloomExtension: (_, context) => extension('bloom', context),
};

function extension(name: string | undefined, { text }: DjangoContext): OperationTold {
  return name === undefined ? left(unknown) : told([`CREATE EXTENSION IF NOT EXISTS ${text.name(name)}`]);
}
