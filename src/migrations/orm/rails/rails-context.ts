import type { KnownSchema } from '../../sql/schema.ts';
import { type CodeCall, type CodeValue, textOf } from '../code/code-value.ts';
import type { SqlText } from '../sql-text.ts';
import type { RailsVersion } from './rails-types.ts';

export interface RailsContext {
  readonly text: SqlText;
  readonly version: RailsVersion;
  readonly schema: KnownSchema;
}

/** The statements of one call, or why they cannot be told. */
export type Told = readonly string[] | { readonly why: string };

export type Command = (call: CodeCall, context: RailsContext) => Told;

/** A name or several were computed: nothing can be said of where they lead. */
export const unknownName: Told = { why: 'a name that is only known when the migration runs' };

export function onTable(table: string | undefined, statements: (table: string) => Told): Told {
  return table === undefined || table === '' ? unknownName : statements(table);
}

export function onColumn(call: CodeCall, statements: (table: string, column: string) => Told): Told {
  const column = textOf(call.args[1]);
  return onTable(textOf(call.args[0]), (table) =>
    column === undefined ? unknownName : statements(table, column),
  );
}

/** `from: …, to: …`, as reversible changes have it, or the value itself. */
export function commentOf(value: CodeValue | undefined): CodeValue | undefined {
  return value?.kind === 'map' ? value.entries.get('to') : value;
}
