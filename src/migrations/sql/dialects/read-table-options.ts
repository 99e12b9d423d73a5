import type { AlterClause } from './dialect-statement.ts';
import { faultAt } from './read-column.ts';
import { current, isAtEnd, standsAt, type TokenCursor, take, takeName, takeOne } from './token-cursor.ts';

const partitionActions = [
  'partition by',
  'remove partitioning',
  'drop partition',
  'truncate partition',
  'coalesce partition',
  'reorganize partition',
  'exchange partition',
  'analyze partition',
  'optimize partition',
  'rebuild partition',
  'repair partition',
  'check partition',
  'discard partition',
  'import partition',
  'convert partition',
  'convert table',
] as const;

/** Whether a list of partitions stands here, whose commas part no clauses. */
export function isPartitionList(cursor: TokenCursor): boolean {
  return partitionActions.some((words) => words.endsWith(' partition') && standsAt(cursor, words));
}

/** A clause about partitions; undefined where none begins here. */
export function readPartitions(cursor: TokenCursor): readonly AlterClause[] | undefined {
  const action = takeOne(cursor, partitionActions);
  return action === undefined ? undefined : [partition(action.split(' ')[0] ?? '', cursor)];
}

/** With the partitions that are named, joined by commas. */
export function partition(action: string, cursor: TokenCursor): AlterClause {
  const names: string[] = [];
  do {
    const name = action === 'partition' ? undefined : takeName(cursor);
    if (name !== undefined) names.push(name);
  } while (take(cursor, ','));
  const name = names.length === 0 ? undefined : names.join(', ');
  return {
    kind: 'partition',
    action: action === 'partition' ? 'by' : action,
    ...(name === undefined ? {} : { name }),
  };
}

const options = [
  'default character set', 'default charset', 'character set', 'charset', 'default collate', 'collate', 'engine', 'row_format',
  'key_block_size', 'auto_increment', 'comment', 'stats_persistent', 'stats_auto_recalc', 'stats_sample_pages', 'compression',
  'encryption', 'avg_row_length', 'checksum', 'max_rows', 'min_rows', 'pack_keys', 'insert_method', 'tablespace', 'page_compressed',
  'page_compression_level', 'encrypted', 'encryption_key_id', 'transactional', 'autoextend_size', 'delay_key_write',
]; // biome-ignore format: a list reads better in few lines

/** Options of the table, parted by nothing; a fault at the first word that is none. */
export function readOptions(cursor: TokenCursor): readonly AlterClause[] | { readonly fault: string } {
  const read: AlterClause[] = [];
  while (!isAtEnd(cursor)) {
    if (take(cursor, 'force')) read.push({ kind: 'table-option', option: 'force', value: '' });
    else if (take(cursor, 'order by')) {
      cursor.at = cursor.tokens.length;
      read.push({ kind: 'table-option', option: 'order by', value: '' });
    } else if (takeOne(cursor, ['enable keys', 'disable keys', 'with validation', 'without validation']))
      continue;
    else if (takeOne(cursor, ['discard tablespace', 'import tablespace'])) {
      read.push({ kind: 'table-option', option: 'tablespace', value: '' });
    } else {
      const option = takeOne(cursor, options);
      if (option === undefined) return { fault: faultAt(cursor) };
      take(cursor, '=');
      const value = current(cursor)?.value.toLowerCase() ?? '';
      cursor.at += 1;
      read.push({
        kind: 'table-option',
        option: option.replace(/^default /, '').replace('character set', 'charset'),
        value,
      });
    }
  }
  return read;
}
