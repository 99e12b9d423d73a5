import type { Operation } from '../../core/migration-facts.ts';
import { dictionary, partsOf, stem, wordsOf } from './words.ts';

/** What the change's own names and statements are called, so that a text can be told from a paraphrase of them. */
export interface SubjectOfChange {
  /** Identifiers whole, lower case ("order_items", "legacy_id"). */
  readonly identifiers: ReadonlySet<string>;
  /** Parts of the identifiers, stemmed ("order", "item", "legacy"). */
  readonly names: ReadonlySet<string>;
  /** The names, and all other words of the statements. */
  readonly parts: ReadonlySet<string>;
  /** Stems that show that a text is about this change: parts of table names, of columns and names, of the statements' kinds. */
  readonly topics: ReadonlySet<string>;
  /** All words that name something here, those of the files too: such a word is no word about a way back ("revert_blocks"). */
  readonly own: ReadonlySet<string>;
}

/** Names so common that they do not show what a text is about. */
const commonNames = dictionary(
  'id name type status state value data date at by is key idx fk pk public sql up add create update',
);

/** `unread`: paths of files of which no statement is known, so that their names stand for them; `paths`: all of them. */
export function subjectOfChange(
  operations: readonly Operation[],
  unread: readonly string[],
  paths: readonly string[],
): SubjectOfChange {
  const identifiers = new Set<string>();
  const names = new Set<string>();
  // Statements repeat their words; each is taken apart once.
  const words = new Set<string>();
  const topics = new Set<string>(['migration', 'migrate', 'schema', 'backfill', 'ddl'].map(stem));
  for (const { table, column, name, kind, sql } of operations) {
    for (const identifier of [table, column, name]) {
      if (identifier === undefined || identifier === '') continue;
      identifiers.add(identifier.toLowerCase());
      for (const part of partsOf(identifier)) {
        names.add(part);
        if (!commonNames.has(part)) topics.add(part);
      }
    }
    for (const word of kind.split('-'))
      if (['index', 'constraint', 'column', 'table'].includes(word)) topics.add(stem(word));
    // What a COMMENT statement says is prose, not a name.
    if (kind === 'comment') continue;
    for (const word of wordsOf(withoutProse(sql))) words.add(word);
  }
  const parts = new Set(names);
  for (const word of words) for (const part of partsOf(word)) parts.add(part);
  for (const part of unread.flatMap(partsOfFile)) {
    parts.add(part);
    if (!commonNames.has(part)) topics.add(part);
  }
  return {
    identifiers,
    names,
    parts,
    topics,
    own: new Set([...parts, ...paths.flatMap(partsOfFile)]),
  };
}

/** Without comments, and without values: `ADD VALUE 'INVOICE_EXPORT'` has the product's words. */
function withoutProse(sql: string): string {
  return sql.replace(/'[^']*'|--[^\n]*|\/\*(?:[^*]|\*(?!\/))*/g, ' ');
}

/** Of the name that its author gave it: with a folder for each migration, that of the folder. */
function partsOfFile(path: string): readonly string[] {
  const [folder = '', name = ''] = path.split('/').slice(-2);
  return partsOf(/^(?:migration|up)\./.test(name) ? folder : name);
}

/** Whether a text names something of the change: a table, a column, an index, or the migration as such. */
export function namesSubject(text: string, subject: SubjectOfChange): boolean {
  return wordsOf(text).some((word) => partsOf(word).some((part) => subject.topics.has(part)));
}
