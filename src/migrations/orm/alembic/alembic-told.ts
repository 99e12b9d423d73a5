import { type CodeCall, type CodeValue, textOf } from '../code/code-value.ts';
import type { SqlText } from '../sql-text.ts';

export interface AlembicContext {
  readonly text: SqlText;
  /** Types of the server that were made already. */
  readonly made: Set<string>;
}

/** The statements of one operation, or why they cannot be told. */
export type Told = readonly string[] | { readonly why: string };

export type Handler = (call: CodeCall, context: AlembicContext) => Told;

export const unknown: Told = { why: 'an operation on names that are only known when the migration runs' };

export function argument(call: CodeCall, place: number, name: string): CodeValue | undefined {
  const given = call.args[place];
  return given === undefined || given.kind === 'none' ? (call.options.get(name) ?? given) : given;
}

/** With its schema in front, where that is given. */
export function onTable(
  call: CodeCall,
  place: number,
  option: string,
  statements: (table: string) => Told,
): Told {
  const table = textOf(argument(call, place, option));
  const schema = textOf(call.options.get('schema') ?? call.options.get('source_schema'));
  if (table === undefined) return unknown;
  return statements(schema === undefined ? table : `${schema}.${table}`);
}

export function named(call: CodeCall, text: SqlText): string {
  const name = textOf(argument(call, 0, 'constraint_name'));
  return name === undefined ? '' : `CONSTRAINT ${text.name(name)} `;
}
