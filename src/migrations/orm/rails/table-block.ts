import type { CodeBlock, CodeCall } from '../code/code-value.ts';

/** A call inside a table's block, or a part of it that is none and why. */
export type BlockPart = CodeCall | { readonly why: string; readonly lines: CodeCall['lines'] };

/** Reads the body of a block into the calls on its table. */
export type ReadBlock = (block: CodeBlock) => readonly BlockPart[];

export interface TableStatements {
  /** Each with the lines of the part it comes from; the whole call's where absent. */
  readonly statements: readonly { readonly sql: string; readonly lines?: CodeCall['lines'] }[];
  readonly left: readonly { readonly why: string; readonly lines: CodeCall['lines'] }[];
}
