import type { AlterClause, IndexKind } from '../../sql/dialects/dialect-statement.ts';
import type { Effect } from '../effect.ts';
import type { OperationDraft } from '../operation-draft.ts';
import { addInnodbColumn, foreignKeyForm, isVirtual, repeatable } from './add-innodb-column.ts';
import type { AlterContext } from './alter-context.ts';
import { columnChanges } from './change-column.ts';
import { type Asked, type InnodbServer, innodbEffect, unknownEffect } from './innodb-effect.ts';
import type { InnodbForm } from './innodb-form.ts';
import { partitionAction, tableOption } from './table-option.ts';

/** What one clause does, with the lock that it would take alone: a statement takes the strongest of its clauses. */
export function alterClause(clause: AlterClause, context: AlterContext): readonly OperationDraft[] {
  const { table, schema } = context;
  const effect = (form: InnodbForm) => innodbEffect(form, context.server, context.asked);
  const known = schema.tables.get(table);
  switch (clause.kind) {
    case 'add-column':
      return addInnodbColumn(clause.column, clause.isRepeatable, context);
    case 'drop-column':
      return [
        {
          kind: 'drop-column',
          table,
          column: clause.column,
          effect: effect(
            isVirtual(known?.definitions?.get(clause.column.toLowerCase()))
              ? 'add_column_virtual'
              : 'drop_column',
          ),
          destroysData: true,
          ...repeatable(clause),
        },
      ];
    case 'modify-column': {
      const { from, column } = clause;
      const rename: readonly OperationDraft[] =
        from.toLowerCase() === column.name.toLowerCase()
          ? []
          : [
              {
                kind: 'rename-column',
                table,
                column: from,
                name: column.name,
                effect: effect('rename_column'),
              },
            ];
      const old = known?.definitions?.get(from.toLowerCase());
      const changes = columnChanges(old, column, known?.charset).map(
        ({ kind, form }): OperationDraft => ({
          kind,
          table,
          column: column.name,
          effect: form === 'unknown' ? unknownUnlessAsked(context) : effect(form),
        }),
      );
      // CHANGE that only renames says the whole definition again.
      const isJustRename = rename.length > 0 && changes.every(({ kind }) => kind === 'set-column-options');
      return isJustRename ? rename : [...rename, ...changes];
    }
    case 'rename-column':
      return [
        {
          kind: 'rename-column',
          table,
          column: clause.from,
          name: clause.to,
          effect: effect('rename_column'),
        },
      ];
    case 'set-default':
    case 'drop-default':
      return [{ kind: clause.kind, table, column: clause.column, effect: effect('set_default') }];
    case 'set-not-null':
    case 'drop-not-null':
      return [
        {
          kind: clause.kind,
          table,
          column: clause.column,
          effect: effect(clause.kind === 'set-not-null' ? 'set_not_null' : 'drop_not_null'),
        },
      ];
    case 'add-index': {
      const isUnique = clause.index === 'unique';
      return [
        {
          kind: isUnique ? 'add-unique' : 'create-index',
          table,
          ...(clause.name === undefined ? {} : { name: clause.name }),
          column: clause.columns.join(', '),
          effect: indexEffect(clause.index, context.server, context.asked),
          ...(isUnique ? { isUnique } : {}),
          ...repeatable(clause),
        },
      ];
    }
    case 'drop-index':
      return [
        { kind: 'drop-index', table, name: clause.name, effect: effect('drop_index'), ...repeatable(clause) },
      ];
    case 'rename-index':
      return [{ kind: 'rename-index', table, name: clause.from, effect: effect('rename_index') }];
    case 'alter-index':
      return [{ kind: 'alter-index', table, name: clause.name, effect: effect('alter_index_visibility') }];
    case 'add-constraint':
      return [addConstraint(clause, context)];
    case 'alter-constraint':
      return [
        {
          kind: 'alter-constraint',
          table,
          name: clause.name,
          effect: effect(clause.isEnforced ? 'add_check' : 'drop_check'),
        },
      ];
    case 'drop-primary-key': {
      const comesBack = context.clauses.some(
        (other) => other.kind === 'add-constraint' && other.constraint.kind === 'primary-key',
      );
      return [
        {
          kind: 'drop-constraint',
          table,
          name: 'PRIMARY',
          effect: effect(comesBack ? 'replace_primary_key' : 'drop_primary_key'),
        },
      ];
    }
    case 'drop-foreign-key':
    case 'drop-check':
    case 'drop-constraint':
      return [
        {
          kind: 'drop-constraint',
          table,
          name: clause.name,
          effect: effect(clause.kind === 'drop-foreign-key' ? 'drop_foreign_key' : 'drop_check'),
          ...repeatable(clause),
        },
      ];
    case 'rename-table':
      return [{ kind: 'rename-table', table, name: clause.to, effect: effect('rename_table') }];
    case 'convert-charset':
      return [{ kind: 'convert-charset', table, effect: effect('convert_charset') }];
    case 'table-option':
      return [tableOption(clause.option, clause.value, context)];
    case 'partition':
      return [partitionAction(clause.action, clause.name, context)];
  }
}

/** The first FULLTEXT index of a table adds a hidden column, for which it is rebuilt; the file does not say which it is. */
export function indexEffect(index: IndexKind, server: InnodbServer, asked: Asked): Effect {
  const effect = innodbEffect(indexForms[index], server, asked);
  return index === 'fulltext' && effect.lock !== 'none' ? { ...effect, rewrite: 'unknown' } : effect;
}

const indexForms: Readonly<Record<'plain' | 'unique' | 'fulltext' | 'spatial' | 'vector', InnodbForm>> = {
  plain: 'add_index',
  unique: 'add_unique',
  fulltext: 'add_fulltext',
  spatial: 'add_spatial',
  vector: 'add_spatial',
};

/** Asked for anything but a copy, the server refuses what it cannot do without one. */
function unknownUnlessAsked({ asked, server }: AlterContext): Effect {
  if (asked.algorithm !== undefined && asked.algorithm !== 'COPY') {
    return {
      ...innodbEffect('set_not_null', server, { lock: asked.lock ?? 'NONE' }),
      rewrite: 'unknown',
      scan: 'unknown',
    };
  }
  return unknownEffect;
}

function addConstraint(
  clause: Extract<AlterClause, { readonly kind: 'add-constraint' }>,
  context: AlterContext,
): OperationDraft {
  const { table, schema } = context;
  const { kind, name, columns, isNotEnforced } = clause.constraint;
  const effect = (form: InnodbForm) => innodbEffect(form, context.server, context.asked);
  const head = { table, ...(name === undefined ? {} : { name }), ...repeatable(clause) };
  const column = columns.join(', ');
  switch (kind) {
    case 'primary-key': {
      const replaces = context.clauses.some((other) => other.kind === 'drop-primary-key');
      return {
        kind: 'add-primary-key',
        ...head,
        column,
        effect: effect(replaces ? 'replace_primary_key' : 'add_primary_key'),
      };
    }
    case 'foreign-key':
      return { kind: 'add-foreign-key', ...head, column, effect: effect(foreignKeyForm(schema)) };
    case 'unique':
      return { kind: 'add-unique', ...head, column, effect: effect('add_unique'), isUnique: true };
    case 'check':
      return {
        kind: 'add-check',
        ...head,
        effect: isNotEnforced ? effect('drop_check') : effect('add_check'),
      };
  }
}
