import type { FoundUses, MigrationFile, NameUse, NameUses, Operation } from '../../core/migration-facts.ts';
import { mayBeMigration } from '../../migrations/detect/detect-migration.ts';
import { isOutsideUse } from '../../migrations/detect/path-signals.ts';
import { newNameOf } from '../../migrations/sql/new-name-of.ts';
import { isNamedObject } from '../../migrations/sql/renamed-object.ts';
import type { KnownSchema } from '../../migrations/sql/schema.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import type { TreeFile } from '../git/tree-files.ts';
import { insertsFinder, type RequiredColumn } from './find-inserts.ts';
import { type SoughtName, usesFinder } from './find-uses.ts';
import { wordsOfName } from './name-variants.ts';

/** Limits of one search. Chosen by us: about a second on a repository of some thousand files. */
const mostNames = 40;
const mostFiles = 20_000;
const mostBytes = 96 * 1024 * 1024;
const largestFile = 512 * 1024;
const filesAtOnce = 500;
const placesListed = 5;

const code =
  /\.(?:[cm]?[jt]sx?|py|rb|erb|rake|go|rs|java|kt|kts|scala|groovy|cs|fs|php|exs?|swift|dart|vue|svelte|sql|prisma|graphql|gql)$/i;
const notCode =
  /(?:^|\/)(?:migrations?|migrate|examples?|dist|build|out|coverage|generated|__generated__)\/|(?:[._-](?:test|spec)|_test)\.[^/]+$|(?:^|\/)(?:test_[^/]*\.py|conftest\.py|schema\.rb|structure\.sql|schema\.sql)$|\.min\.js$|\.d\.ts$|[._]pb2?(?:_grpc)?\.[a-z]+$|\.(?:g|freezed)\.dart$/i;

export interface SearchedUses {
  readonly uses: readonly NameUses[];
  /** INSERTs that leave a required column out. */
  readonly inserts: readonly NameUses[];
  /** What was left out, where something was. */
  readonly remark?: string;
}

/** The names that these migrations take away from code that may know them. */
export function soughtNames(
  files: readonly MigrationFile[],
  schemaOf: (folder: string) => KnownSchema | undefined,
): readonly SoughtName[] {
  const sought = new Map<string, SoughtName>();
  const steps = files.filter(({ direction, status }) => direction === 'up' && status !== 'deleted');
  const all = steps.flatMap(({ operations }) => operations);
  let done = 0;
  for (const { operations, folder = '' } of steps) {
    for (const operation of operations) {
      done += 1;
      const { kind, table, column, isOld, onTableOfThisChange, onColumnOfThisChange } = operation;
      if (all.slice(done).some((later) => givesBack(later, operation))) continue;
      if (isNamedObject(kind) && !isOld) {
        const { name = '' } = operation;
        // One word is many things to code.
        if (wordsOfName(name.split('.').at(-1) ?? '').length > 1)
          sought.set(name, { table: name, isCommon: false, isExact: true });
      }
      if (isOld || onTableOfThisChange || onColumnOfThisChange || table === '') continue;
      // A view that is dropped is often made again by a file that runs after every migration.
      if (/^(?:drop-table|rename-(?:table|view))$/.test(kind))
        sought.set(table, { table, isCommon: wordsOfName(table.split('.').at(-1) ?? table).length < 2 });
      if ((kind === 'drop-column' || kind === 'rename-column') && column !== undefined) {
        const isCommon = isShared(schemaOf(folder), table, column) || wordsOfName(column).length < 2;
        sought.set(`${table}\0${column}`, { table, column, isCommon });
      }
    }
  }
  return [...sought.values()];
}

/** A later statement makes something of the name that was taken away: a column of another type, a table or a view. */
function givesBack(later: Operation, { table, column }: Operation): boolean {
  if (later.isOld) return false;
  if (/^rename-(?:table|view)$/.test(later.kind)) return column === undefined && newNameOf(later) === table;
  if (later.table !== table) return false;
  if (later.kind === 'create-table') return true;
  if (column === undefined) return /^create-(?:materialized-)?view$/.test(later.kind);
  return (
    (/^add-(?:required-)?column$/.test(later.kind) && later.column === column) ||
    (later.kind === 'rename-column' && later.name === column)
  );
}

function isShared(schema: KnownSchema | undefined, table: string, column: string): boolean {
  if (!schema) return false;
  return [...schema.tables].some(([name, { columns }]) => name !== table && columns.has(column));
}

export interface SearchQuestion {
  readonly names: readonly SoughtName[];
  readonly required: readonly RequiredColumn[];
  /** Of migrations: their own SQL is no code that runs. */
  readonly folders: readonly string[];
}

/** Searches the code of both trees. A text that stands in both is read and searched once. */
export async function searchUses(
  repository: JudgedRepository,
  { names, required, folders }: SearchQuestion,
  atMergeBase: readonly TreeFile[],
  atHead: readonly TreeFile[],
): Promise<SearchedUses> {
  const asked = names.slice(0, mostNames);
  const finders = [...asked.map(usesFinder), ...required.slice(0, mostNames).map(insertsFinder)];
  const inFolders = folders.filter((folder) => folder !== '').map((folder) => `${folder}/`);
  const isCode = (file: TreeFile) =>
    isSearched(file) &&
    !(mayBeMigration(file.path) && inFolders.some((folder) => file.path.startsWith(folder)));
  const [base, head] = [atMergeBase.filter(isCode), atHead.filter(isCode)];
  const all = [...new Map([...head, ...base].map((file) => [`${file.oid}\0${file.path}`, file])).values()];
  const taken = all.slice(0, mostFiles);
  /** By content and path: what a text is taken for depends on its name. */
  const found = new Map<string, readonly (readonly NameUse[])[]>();
  let bytes = 0;
  let read = 0;
  for (let at = 0; at < taken.length && bytes < mostBytes; at += filesAtOnce) {
    const batch = taken.slice(at, at + filesAtOnce);
    const blobs = await repository.readBlobs(batch, { maxBytes: largestFile });
    for (const { oid, path } of batch) {
      const blob = blobs.get(oid);
      // As left out as one whose size the list told (`isSearched`).
      if (blob === 'too large') read += 1;
      if (!(blob instanceof Uint8Array)) continue;
      bytes += blob.length;
      read += 1;
      const text = new TextDecoder().decode(blob);
      const uses = finders.map((find) => find(path, text));
      if (uses.some((one) => one.length > 0)) found.set(`${oid}\0${path}`, uses);
    }
  }
  const usesIn = (tree: readonly TreeFile[], at: number, counts = (_: NameUse) => true): FoundUses => {
    const uses = tree.flatMap(({ oid, path }) => found.get(`${oid}\0${path}`)?.[at] ?? []).filter(counts);
    return { count: uses.length, places: uses.toSorted(byWeight).slice(0, placesListed) };
  };
  const uses = asked.map(({ table, column }, at) => ({
    table,
    ...(column === undefined ? {} : { column }),
    atMergeBase: usesIn(base, at),
    atHead: usesIn(head, at),
  }));
  const inserts = required.slice(0, mostNames).map(({ table, column }, at) => ({
    table,
    column,
    atMergeBase: usesIn(base, asked.length + at),
    // A call at the head may well fill the column by now.
    atHead: usesIn(head, asked.length + at, ({ kind }) => kind === 'statement'),
  }));
  const leftOut = [
    ...(names.length > asked.length ? [`${names.length - asked.length} of ${names.length} names`] : []),
    ...(read < all.length ? [`${all.length - read} of ${all.length} files`] : []),
  ];
  if (leftOut.length === 0) return { uses, inserts };
  return {
    uses,
    inserts,
    remark: `the search for uses of dropped and renamed names left out ${leftOut.join(' and ')}`,
  };
}

function isSearched({ path, kind, bytes = 0 }: TreeFile): boolean {
  return (
    kind === 'file' &&
    bytes <= largestFile &&
    code.test(path) &&
    !notCode.test(path) &&
    !isOutsideUse(path) &&
    !(mayBeMigration(path) && /(?:^|\/)(?:V|U|R)[\d_]/.test(path))
  );
}

const weight: Readonly<Record<NameUse['kind'], number>> = { statement: 0, declaration: 1, mention: 2 };

function byWeight(a: NameUse, b: NameUse): number {
  return weight[a.kind] - weight[b.kind] || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line);
}
