import type { CodeBlock, CodeCall } from '../code/code-value.ts';

/** A call on the table of a block, statements that a call beside it sends, or a part that is neither and why. */
export type BlockPart =
  | CodeCall
  | { readonly sent: readonly string[]; readonly lines: CodeCall['lines'] }
  | { readonly why: string; readonly lines: CodeCall['lines'] };

/** Reads the body of a block into the calls on its table. */
export type ReadBlock = (block: CodeBlock) => readonly BlockPart[];

export interface TableStatements {
  /** Each with the lines of the part it comes from; the whole call's where absent. */
  readonly statements: readonly { readonly sql: string; readonly lines?: CodeCall['lines'] }[];
  readonly left: readonly { readonly why: string; readonly lines: CodeCall['lines'] }[];
}
