import type {
  ColumnDefinition,
  ConstraintDefinition,
  DialectStatement,
  IndexKind,
} from './dialect-statement.ts';
import { faultAt, readColumn } from './read-column.ts';
import { isConstraintAt, readConstraints } from './read-constraint.ts';
import {
  current,
  cursorOn,
  isAtEnd,
  splitAtCommas,
  standsAt,
  type TokenCursor,
  take,
  takeGroup,
  takeName,
  takeOne,
  takeTable,
} from './token-cursor.ts';

type Fault = { readonly fault: string };

interface Head {
  readonly words: string;
  readonly isTemporary: boolean;
  readonly replaces: boolean;
}

/** CREATE TABLE from behind that word on. */
export function readCreateTable(cursor: TokenCursor, head: Head): DialectStatement | Fault {
  const isRepeatable = take(cursor, 'if not exists') || head.replaces;
  const table = takeTable(cursor);
  if (table === undefined) return { fault: faultAt(cursor) };
  const columns: ColumnDefinition[] = [];
  const constraints: ConstraintDefinition[] = [];
  const indexes: { kind: IndexKind; name?: string; columns: readonly string[] }[] = [];
  let like = take(cursor, 'like') ? takeTable(cursor) : undefined;
  const group = standsAt(cursor, '( select') ? undefined : takeGroup(cursor);
  const inner = cursorOn(group ?? []);
  if (take(inner, 'like')) like = takeTable(inner);
  else {
    for (const part of splitAtCommas(group ?? [])) {
      const element = cursorOn(part);
      if (isConstraintAt(element)) {
        for (const read of readConstraints(element)) {
          if ('fault' in read) return read;
          if ('constraint' in read) constraints.push(read.constraint);
          else
            indexes.push({
              kind: read.index,
              ...(read.name === undefined ? {} : { name: read.name }),
              columns: read.columns,
            });
        }
      } else {
        const column = readColumn(part);
        if ('fault' in column) return column;
        columns.push(column);
      }
    }
  }
  const rest = readRest(cursor);
  const isEmpty = columns.length === 0 && like === undefined && !rest.fromSelect;
  if (isEmpty) return { fault: faultAt(cursor) };
  return {
    type: 'create-table',
    table,
    ...head,
    isRepeatable,
    columns,
    constraints,
    indexes,
    ...(like === undefined ? {} : { like }),
    ...rest,
  };
}

/** Table options, PARTITION BY and SELECT: what stands there is not checked word by word. */
function readRest(cursor: TokenCursor): {
  readonly fromSelect: boolean;
  readonly isPartitioned: boolean;
  readonly charset?: string;
} {
  let fromSelect = false;
  let isPartitioned = false;
  let charset: string | undefined;
  while (!isAtEnd(cursor)) {
    if (take(cursor, 'partition by')) isPartitioned = true;
    else if (takeOne(cursor, ['character set', 'charset'])) {
      take(cursor, '=');
      charset = takeName(cursor)?.toLowerCase();
    } else if (take(cursor, 'collate')) {
      take(cursor, '=');
      charset ??= takeName(cursor)?.toLowerCase().split('_')[0];
    } else if (/^(?:select|with)$/.test(current(cursor)?.value ?? '') && current(cursor)?.kind === 'word') {
      // `WITH SYSTEM VERSIONING` is an option of the table.
      fromSelect ||= !standsAt(cursor, 'with system');
      cursor.at += 1;
    } else cursor.at += 1;
  }
  return { fromSelect, isPartitioned, ...(charset === undefined ? {} : { charset }) };
}
