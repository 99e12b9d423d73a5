import type { Dialect } from '../../core/migration-facts.ts';

export interface MigrationSource {
  readonly path: string;
  readonly text: string;
  /** Texts of files beside it that say how it runs (`companionPaths`), by path. */
  readonly companions: ReadonlyMap<string, string>;
  /** What the settings say, for files that name no database. */
  readonly database?: Dialect;
}

/**
 * How the framework sends a file to the server: inside a transaction; as one message (several statements are then one
 * implicit transaction, a single one stands alone); statement by statement.
 */
export type Sending = 'in-transaction' | 'one-message' | 'one-by-one' | 'unknown';

export interface Detected {
  readonly framework: string;
  /** Folder whose files build one schema: what one file creates there, a later one may alter. */
  readonly root: string;
  readonly version: string;
  readonly direction: 'up' | 'down';
  readonly dialect: Dialect;
  /** A database that is none of the known dialects, by name. */
  readonly otherDatabase?: string;
  readonly sending: Sending;
  /** A tool beside it carries out ALTER TABLE on a copy, and puts that in the table's place when it is done. */
  readonly copiesOnline?: true;
  /** The file is a program in this language, which sends its SQL itself. */
  readonly code?: 'ruby' | 'python';
  readonly wayBack: 'down-step' | 'none' | 'unknown';
  /** The step back is there and does nothing: all that is wanted where there is nothing to undo. */
  readonly undoIsIdle?: true;
  /** The step back is there and raises an error: nobody gets back that way. */
  readonly undoRaises?: true;
  /** What its application is called, where tables are named after that. */
  readonly app?: string;
  /** Versions it says that it comes after, where a framework orders its files that way. */
  readonly after?: readonly string[];
  /** The text that runs on the way up, with the same line numbers, where a file holds both ways. */
  readonly upText?: string;
}

/** Recognises the files of one framework by path and by markers inside. */
export type Framework = (source: MigrationSource) => Detected | undefined;
