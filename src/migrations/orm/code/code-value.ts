import type { LineRange } from '../../../core/change.ts';
import type { CodeNode } from './code-node.ts';

/** What an expression of a migration stands for, as far as it can be told without running anything. */
export type CodeValue =
  | CodeText
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly is: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'list'; readonly items: readonly CodeValue[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, CodeValue> }
  | CodeCall
  /** A block of code that is run later: what its one expression gives, where it has one. */
  | { readonly kind: 'lambda'; readonly gives: CodeValue | undefined }
  | { readonly kind: 'opaque'; readonly source: string };

/** A string or a symbol. */
export interface CodeText {
  readonly kind: 'text';
  readonly text: string;
  /** Line of the source on which its text begins, where it stands there line by line. */
  readonly firstLine?: number;
}

/** A call, a method's or a function's. */
export interface CodeCall {
  readonly kind: 'call';
  /** As written, dots included ("models.CharField", "add_column"). */
  readonly name: string;
  /** The value before the last dot of a method's call, where that is more than names. */
  readonly receiver?: CodeValue;
  readonly args: readonly CodeValue[];
  readonly options: ReadonlyMap<string, CodeValue>;
  /** Arguments or options that are spread into it: some are not known. */
  readonly hasMore: boolean;
  readonly block?: CodeBlock;
  readonly lines: LineRange;
}

export interface CodeBlock {
  readonly parameters: readonly string[];
  readonly body: readonly CodeNode[];
}

/** Names whose values are known where an expression stands. */
export type Scope = ReadonlyMap<string, CodeValue>;

export const none: CodeValue = { kind: 'none' };

export function textOf(value: CodeValue | undefined): string | undefined {
  return value?.kind === 'text' ? value.text : undefined;
}

/** The texts of a list, or of a single one; undefined where one of them is not known. */
export function textsOf(value: CodeValue | undefined): readonly string[] | undefined {
  if (value?.kind === 'text') return [value.text];
  if (value?.kind !== 'list') return undefined;
  const texts = value.items.flatMap((item) => textOf(item) ?? []);
  return texts.length === value.items.length ? texts : undefined;
}

export function numberOf(value: CodeValue | undefined): number | undefined {
  if (value?.kind !== 'number') return undefined;
  const number = Number(value.text);
  return Number.isFinite(number) ? number : undefined;
}

export function isTrue(value: CodeValue | undefined): boolean {
  return value?.kind === 'boolean' && value.is;
}

export function isFalse(value: CodeValue | undefined): boolean {
  return value?.kind === 'boolean' && !value.is;
}

/** Absent, `nil` or `None`. */
export function isNone(value: CodeValue | undefined): boolean {
  return value === undefined || value.kind === 'none';
}

/** Whether it, or something in it, is not known. */
export function isOpaque(value: CodeValue | undefined): boolean {
  switch (value?.kind) {
    case 'opaque':
      return true;
    case 'list':
      return value.items.some(isOpaque);
    case 'map':
      return [...value.entries.values()].some(isOpaque);
    default:
      return false;
  }
}

export function mapOf(value: CodeValue | undefined): ReadonlyMap<string, CodeValue> {
  return value?.kind === 'map' ? value.entries : new Map();
}

/** The last part of a dotted name ("CharField" of "models.CharField"). */
export function lastName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** The value of a name, unless it is added to later. */
export function withoutGrowth(name: string, value: CodeValue, grown: ReadonlySet<string>): CodeValue {
  return grown.has(name) && /^(?:list|map|text)$/.test(value.kind) ? { kind: 'opaque', source: name } : value;
}
