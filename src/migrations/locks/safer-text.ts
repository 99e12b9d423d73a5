import type { Statement } from '../sql/read-statements.ts';
import { child, tagOf, textAt } from '../sql/tree-access.ts';

/**
 * The lines of a statement with CONCURRENTLY in it, where the statement has its lines to itself and `isFree` finds the
 * result to block nobody; else undefined.
 */
export function saferText(
  statement: Statement,
  text: string,
  isFree: (replacement: string) => boolean,
): string | undefined {
  const edited = concurrentForm(statement);
  if (edited === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', statement.start - 1) + 1;
  const newline = text.indexOf('\n', statement.end);
  const before = text.slice(lineStart, statement.start);
  const after = text.slice(statement.end, newline < 0 ? text.length : newline);
  if (before.trim() !== '' || !/^\s*;?\s*(--.*)?$/.test(after)) return undefined;
  const replacement = before + edited + after;
  return isFree(replacement) ? replacement.replace(/\r$/, '') : undefined;
}

function concurrentForm({ tree, text }: Statement): string | undefined {
  const tag = tagOf(tree);
  const statement = child(tree, tag);
  if (statement.concurrent === true) return undefined;
  // ON ONLY is written for a partitioned table, which refuses CONCURRENTLY.
  if (tag === 'IndexStmt' && child(statement, 'relation').inh === true) {
    return text.replace(
      /^(create\s+(?:unique\s+)?index)\b/i,
      (words) => `${words} ${cased('CONCURRENTLY', words)}`,
    );
  }
  if (tag === 'ReindexStmt' && /_(INDEX|TABLE)$/.test(textAt(statement, 'kind'))) {
    return text.replace(
      /^(reindex\s+(?:index|table))\b/i,
      (words) => `${words} ${cased('CONCURRENTLY', words)}`,
    );
  }
  return undefined;
}

/** A keyword written as its neighbour is. */
function cased(keyword: string, neighbour: string): string {
  return neighbour.startsWith(neighbour.charAt(0).toUpperCase()) ? keyword : keyword.toLowerCase();
}
