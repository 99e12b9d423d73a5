import type { NameUse } from '../../core/migration-facts.ts';
import { columnVariants, tableVariants } from './name-variants.ts';

/** A name to look for. */
export interface SoughtName {
  readonly table: string;
  /** Absent for a table. */
  readonly column?: string;
  /** A word that code uses for other things too, or a column that other tables have: it counts only where the table is meant. */
  readonly isCommon: boolean;
  /** No model is called after it: no other spelling is looked for. */
  readonly isExact?: true;
}

/** Lines around a common name within which a query must name the table. Chosen by us: about one screen. */
const nearby = 15;
/** A longer line is data or generated, and not worth a pattern with alternatives. */
const longestLine = 2_000;
/** A line that is a comment as a whole. */
export const comment = /^\s*(?:\/\/|#(?!\[)|--|\/?\*)/;
/** `from 'tag'` is no query. */
const importing = /^\s*(?:import\b|export\b.*\bfrom\b|from\s+\S+\s+import\b|\}\s*from\b)/;
const sqlWords =
  /\b(?:select|insert\s+into|update\s+\S+\s+(?:\w+\s+){0,2}set|delete\s+from|where|join|order\s+by|returning)\b/i;
const declaration =
  /@\w*[cC]olumn|\bColumn\s*\(|\bmapped_column\s*\(|\bmodels\.\w+Field\b|\bfield\s+:|\b(?:pg|my|sqlite)?Table\s*\(|#\[(?:diesel|sqlx|sea_orm)|`(?:[^`]*\s)?(?:db|gorm|bun|pg):/;

/** Looks for one name in many texts; the patterns are made once. */
export function usesFinder(name: SoughtName): (path: string, text: string) => readonly NameUse[] {
  const tables = name.isExact ? [name.table.split('.').at(-1) ?? ''] : tableVariants(name.table);
  const table = anyOf(tables);
  const column = name.column === undefined ? undefined : anyOf(columnVariants(name.column));
  const sought = whole(column ?? table);
  const meant = column === undefined ? undefined : whole(table);
  const query = queryOf(table);
  const model = modelOf(table);
  const member =
    column === undefined
      ? undefined
      : new RegExp(
          `(?<![\\p{L}\\p{N}_$])(?:${table})["'\`]?(?:\\?|!|\\(\\))?(?:\\.|->|::)["'\`]?(?:${column})(?![\\p{L}\\p{N}_])`,
          'u',
        );
  const bareInsert = new RegExp(
    `\\binsert\\s+into\\s+["'\`]?(?:\\w+\\.)?["'\`]?(?:${table})["'\`]?\\s+(?:values|select)\\b`,
    'giu',
  );
  return (path, text) => {
    const found = matchesOf(sought, text);
    const bare = column === undefined ? [] : matchesOf(bareInsert, text);
    if (found.length + bare.length === 0) return [];
    const lines = text.split('\n');
    const lineOf = lineFinder(lines);
    const isNamed = meant === undefined || meant.test(text);
    if (meant) meant.lastIndex = 0;
    const queries = name.isCommon ? linesWith(query, lines).filter((line) => isInQuery(lines, line)) : [];
    const models = name.isCommon && column === undefined ? linesWith(model, lines) : [];
    const isOfAnother =
      queries.length > 0 && column !== undefined ? aliasesOf(text, lineOf, column, table) : () => false;
    const isMeant = (line: number) => {
      if (!name.isCommon) return isNamed;
      if (column === undefined) return queries.includes(line) || models.includes(line);
      return (
        member?.test(lines[line - 1] ?? '') === true ||
        (queries.some((one) => Math.abs(one - line) <= nearby) &&
          !isOfAnother(line, lines[line - 1] ?? '')) ||
        isInModel(lines, line, table)
      );
    };
    const at = new Set<number>();
    for (const line of new Set(found.map(lineOf))) {
      const text = lines[line - 1] ?? '';
      const isNamedHere = namesOf(path, text) === text || matchesOf(sought, namesOf(path, text)).length > 0;
      if (!comment.test(text) && isNamedHere && isMeant(line)) at.add(line);
    }
    const uses = [...at].map((line): NameUse => ({ path, line, kind: kindOf(path, lines, line) }));
    // Without a list of columns an INSERT counts them, and one too many fails.
    return [
      ...uses,
      ...bare
        .map(lineOf)
        .flatMap((line) => (at.has(line) ? [] : [{ path, line, kind: 'statement' as const }])),
    ];
  };
}

/** A query that names the table; prose ("made from document", "update document") has no such order of words. */
function queryOf(table: string): RegExp {
  const name = `(?:\\w+\\.|"\\w+"\\.)?["\`]?(?:${table})(?![./\\p{L}\\p{N}_-])`;
  return new RegExp(
    `\\b(?:from|join|into|table|only|FROM|JOIN|INTO|TABLE|ONLY|From)\\s+${name}|\\b(?:update|UPDATE|Update)\\s+${name}["\`]?\\s+(?:(?:as\\s+|AS\\s+)?\\w+\\s+)?(?:set|SET)\\b`,
    'u',
  );
}

/** A model, an entity or a client that names the table. */
function modelOf(table: string): RegExp {
  const name = `(?:${table})(?![\\p{L}\\p{N}_])`;
  return new RegExp(
    [
      `\\bmodel\\s+${name}\\s*\\{`,
      `\\b(?:prisma|tx|db|client|knex|trx)\\.${name}\\.`,
      `(?:tablename__|table_name|tableName|db_table|@@map|[tT]able|Entity|\\bfrom|\\bknex)\\s*[:=(]?\\s*[({]?\\s*(?:name\\s*:\\s*)?["'\`]${name}["'\`]`,
      `\\bschema::(?:\\{[^}]*)?${name}`,
      `^\\s*${name}\\s*\\(\\w+\\)\\s*\\{`,
    ].join('|'),
    'u',
  );
}

/** How far from a use the alias of its table is looked for, at least. Chosen by us: about the length of a long query. */
const queryLines = 30;
const alias =
  /\b(?:from|join|update|into|only)\s{1,40}([\w."`]{1,120})\s{1,40}(?:as\s{1,40})?(\w{1,30})\b/giu;

/**
 * Whether a line names the column by the aliases of other tables alone: `g.deleted_at` where the query says
 * `JOIN teams AS g`.
 */
function aliasesOf(
  text: string,
  lineOf: (offset: number) => number,
  column: string,
  table: string,
): (line: number, own: string) => boolean {
  const isTable = new RegExp(`^(?:${table})$`, 'u');
  const bound = new Map<string, Set<boolean>>();
  const key = (name: string, part: number) => `${name.toLowerCase()}\0${part}`;
  for (const { index, 1: from = '', 2: name = '' } of text.matchAll(alias)) {
    const at = key(name, Math.floor(lineOf(index) / queryLines));
    const tables = bound.get(at) ?? new Set();
    bound.set(at, tables.add(isTable.test(from.replace(/["`]/g, '').split('.').at(-1) ?? '')));
  }
  const named = new RegExp(
    `(?:\\b(\\w{1,30})["\`]?\\.["\`]?)?(?<![\\p{L}\\p{N}_])(?:${column})(?![\\p{L}\\p{N}_])`,
    'gu',
  );
  return (line, own) => {
    if (own.length >= longestLine) return false;
    const part = Math.floor(line / queryLines);
    const isAnother = (name: string) => {
      const around = [part - 1, part, part + 1].map((at) => bound.get(key(name, at)));
      return around.some((one) => one?.has(false)) && !around.some((one) => one?.has(true));
    };
    return [...own.matchAll(named)].every(([, name]) => name !== undefined && isAnother(name));
  };
}

function isInQuery(lines: readonly string[], line: number): boolean {
  return sqlWords.test(lines.slice(Math.max(0, line - 4), line + 1).join('\n'));
}

function linesWith(pattern: RegExp, lines: readonly string[]): readonly number[] {
  return lines.flatMap((line, index) =>
    line.length < longestLine && !importing.test(line) && pattern.test(line) ? [index + 1] : [],
  );
}

/** Inside the block that declares the table's model: `model Order {`, `class Order`, `struct Order`, `table "orders"`. */
function isInModel(lines: readonly string[], line: number, table: string): boolean {
  const opening = new RegExp(
    `\\b(?:model|class|struct|interface|type|entity|object)\\s+(?:${table})(?![\\p{L}\\p{N}_])`,
    'u',
  );
  for (let at = line - 1; at >= Math.max(0, line - 200); at -= 1) {
    const text = (lines[at] ?? '').slice(0, 500);
    if (opening.test(text)) return true;
    if (at < line - 1 && /^[}\])]|^\S.*\b(?:class|model|struct|interface)\b/.test(text)) return false;
  }
  return false;
}

/** `@@index([userId], type: Hash)`: what a Prisma model says of itself, where only brackets and quotes hold names. */
function namesOf(path: string, line: string): string {
  if (line.length >= longestLine) return line;
  // A comment behind what runs.
  if (!path.endsWith('.prisma') || !/^\s*@@/.test(line)) return line.replace(/\s(?:--|\/\/|#)\s.*$/, '');
  return line.match(/\[[^[\]]*\]|"[^"]*"/g)?.join(' ') ?? '';
}

function kindOf(path: string, lines: readonly string[], line: number): NameUse['kind'] {
  const own = lines[line - 1] ?? '';
  if (path.endsWith('.prisma') || declaration.test(own)) return 'declaration';
  return path.endsWith('.sql') || isInQuery(lines, line) ? 'statement' : 'mention';
}

function anyOf(variants: readonly string[]): string {
  return variants.length === 0 ? '(?!)' : variants.map(escaped).join('|');
}

function whole(alternatives: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_$])(?:${alternatives})(?![\\p{L}\\p{N}_])`, 'gu');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function matchesOf(pattern: RegExp, text: string): readonly number[] {
  return [...text.matchAll(pattern)].map(({ index }) => index);
}

/** Offsets ascend within one list, but lists follow each other: each look-up is a search of its own. */
export function lineFinder(lines: readonly string[]): (offset: number) => number {
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
