import type { DialectStatement } from './dialect-statement.ts';
import { plainDelete, plainUpdate } from './plain-change.ts';
import { isJustColumn, type Node, nodeAt, nodesAt, reach, textIn } from './row-reach.ts';
import type { Token } from './token.ts';
import {
  cursorOn,
  standsAt,
  type TokenCursor,
  take,
  takeGroup,
  takeName,
  takeOne,
  takeTable,
} from './token-cursor.ts';

type Change = Extract<DialectStatement, { readonly type: 'change' }>;
type Fault = { readonly fault: string };
/** Hands the statement to the grammar of its database. */
type Parse = () => { readonly tree: unknown } | Fault;

export interface ChangeQuestion {
  readonly tokens: readonly Token[];
  readonly words: string;
  readonly parse: Parse;
  readonly doubleQuotes: 'text' | 'name';
}

/** INSERT, REPLACE, UPDATE, DELETE and WITH, or undefined for what only reads. */
export function readChange(question: ChangeQuestion): DialectStatement | Fault | undefined {
  const { tokens, words } = question;
  const cursor = cursorOn(tokens);
  const verb = takeOne(cursor, [
    'insert',
    'replace',
    'update',
    'delete',
    'with',
    'select',
    'values',
    'table',
    '(',
  ]);
  switch (verb) {
    case undefined:
      return undefined;
    case 'insert':
    case 'replace':
      return plainInsert(cursor, words) ?? parsed(question);
    case 'update':
      return parsedOr(question, () => plainUpdate(cursor, words));
    case 'delete':
      return parsedOr(question, () => plainDelete(cursor, words));
    case 'with': {
      const changes = tokens.some(
        ({ kind, value }) => kind === 'word' && /^(?:insert|update|delete|replace)$/.test(value),
      );
      return changes ? parsed(question) : { type: 'other', commits: false, words };
    }
    default:
      return { type: 'other', commits: false, words };
  }
}

/** Rows that are written out: their values need no grammar, and there may be a hundred thousand. */
function plainInsert(cursor: TokenCursor, words: string): Change | undefined {
  if (take(cursor, 'or')) cursor.at += 1;
  takeOne(cursor, ['low_priority', 'high_priority', 'delayed']);
  take(cursor, 'ignore');
  take(cursor, 'into');
  const table = takeTable(cursor);
  if (table === undefined) return undefined;
  if (take(cursor, 'as')) takeName(cursor);
  if (!standsAt(cursor, '( select') && !standsAt(cursor, '( with')) takeGroup(cursor);
  if (!takeOne(cursor, ['values', 'value', 'set', 'default values'])) return undefined;
  return { type: 'change', kind: 'insert', table, columns: [], words };
}

function parsedOr(question: ChangeQuestion, whole: () => Change | undefined): DialectStatement | Fault {
  const read = parsed(question);
  return 'fault' in read ? (whole() ?? read) : read;
}

function parsed({ parse, words, doubleQuotes }: ChangeQuestion): DialectStatement | Fault {
  const read = parse();
  if ('fault' in read) return read;
  const tree = (Array.isArray(read.tree) ? read.tree[0] : read.tree) as Node;
  const reachOf = (select: Node, joined: number) => reach(select, joined, doubleQuotes);
  const [target] = nodesAt(tree, 'table');
  switch (textIn(tree, 'type')) {
    case 'update': {
      const set = nodesAt(tree, 'set');
      const tables = nodesAt(tree, 'table');
      const owner = targetOf(tables, textIn(set[0] ?? {}, 'table'));
      if (owner === undefined) return { fault: 'the table that it updates was not found' };
      const columns = set.map((item) => textIn(item, 'column'));
      const rows = reachOf(tree, Math.max(tables.length, nodesAt(tree, 'from').length + 1) - 1);
      return { type: 'change', kind: 'update', table: owner, columns, rows, words };
    }
    case 'delete': {
      const from = nodesAt(tree, 'from');
      const owner = targetOf(from.length > 0 ? from : nodesAt(tree, 'table'), textIn(target ?? {}, 'table'));
      if (owner === undefined) return { fault: 'the table that it deletes from was not found' };
      return {
        type: 'change',
        kind: 'delete',
        table: owner,
        columns: [],
        rows: reachOf(tree, from.length - 1),
        words,
      };
    }
    case 'insert':
    case 'replace': {
      const select = nodeAt(tree, 'values');
      const table = targetOf(nodesAt(tree, 'table'), '');
      if (table === undefined) return { fault: 'the table that it fills was not found' };
      if (textIn(select, 'type') !== 'select')
        return { type: 'change', kind: 'insert', table, columns: [], words };
      const from = nodesAt(select, 'from');
      const columns = Array.isArray(tree.columns) ? tree.columns.map(String) : [];
      return {
        type: 'change',
        kind: 'insert-select',
        table,
        columns,
        ...(from.length === 0 ? {} : { rows: reachOf(select, from.length - 1) }),
        ...copied(select, from),
        words,
      };
    }
    default:
      return { type: 'other', commits: false, words };
  }
}

/** Columns that a SELECT from one table takes as they are. */
function copied(select: Node, from: readonly Node[]): Pick<Change, 'copies'> {
  const source = targetOf(from, '');
  if (from.length !== 1 || source === undefined) return {};
  const columns = nodesAt(select, 'columns').map(
    (item) => isJustColumn(nodeAt(item, 'expr')) ?? '(expression)',
  );
  return { copies: { from: source, columns } };
}

/** The table that is meant by its name or alias; the first one where nothing is said. */
function targetOf(tables: readonly Node[], name: string): string | undefined {
  const found = tables.find((table) => textIn(table, 'as') === name || textIn(table, 'table') === name);
  const table = (name === '' ? undefined : found) ?? tables[0];
  if (!table || textIn(table, 'table') === '') return undefined;
  return textIn(table, 'db') === ''
    ? textIn(table, 'table')
    : `${textIn(table, 'db')}.${textIn(table, 'table')}`;
}
