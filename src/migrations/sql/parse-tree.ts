/** A node of PostgreSQL's syntax tree as its own JSON output writes it: `{ "IndexStmt": { … } }`. */
export type TreeNode = Readonly<Record<string, unknown>>;

/** One statement of a parsed text. Offsets count UTF-8 BYTES and the location includes leading space and comments. */
export interface RawStatement {
  readonly stmt: TreeNode;
  /** 0 when absent. */
  readonly stmt_location?: number;
  /** To the end of the text when absent. */
  readonly stmt_len?: number;
}

export interface ParseTree {
  readonly stmts: readonly RawStatement[];
}

/** What the grammar did not understand. */
export interface SyntaxFault {
  /** In the words of the parser ("syntax error at or near \"FORM\""). */
  readonly fault: string;
}

/** Turns PostgreSQL statements into their tree. Never throws. */
export type ParsePostgres = (sql: string) => ParseTree | SyntaxFault;
