import type { CodeCall, CodeValue } from '../code/code-value.ts';
import type { DjangoContext } from './django-fields.ts';

export interface DjangoSql {
  readonly sql: string;
  readonly firstLine?: number;
}

/** What one operation sends, at once and when all of the file are done. */
export interface OperationTold {
  readonly now: readonly DjangoSql[];
  readonly later: readonly string[];
  /** What of it is not known. */
  readonly left?: string;
}

export type Handler = (call: CodeCall, context: DjangoContext) => OperationTold;

export const nothing: OperationTold = { now: [], later: [] };

export function told(now: readonly string[], later: readonly string[] = []): OperationTold {
  return { now: now.map((sql) => ({ sql })), later };
}

export function left(why: string): OperationTold {
  return { ...nothing, left: why };
}

/** A given argument, by name or by place. */
export function argument(call: CodeCall, name: string, place: number): CodeValue | undefined {
  return call.options.get(name) ?? call.args[place];
}

export const unknown = 'an operation on names that are only known when the migration runs';
