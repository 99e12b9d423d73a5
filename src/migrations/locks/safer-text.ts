import type { LineIndex } from '../sql/line-index.ts';
import type { Statement } from '../sql/read-statements.ts';
import { child, isNode, tagOf, textAt } from '../sql/tree-access.ts';

/**
 * The lines of a statement with CONCURRENTLY in it, where the statement has its lines to itself and `isFree` finds the
 * result to block nobody; else undefined.
 */
export function saferText(
  statement: Statement,
  lines: LineIndex,
  text: string,
  isFree: (replacement: string) => boolean,
): string | undefined {
  const edited = concurrentForm(statement);
  if (edited === undefined) return undefined;
  const { start, end } = lines.linesOf(statement);
  const all = text
    .split('\n')
    .slice(start - 1, end)
    .join('\n');
  const at = all.indexOf(statement.text);
  if (
    at < 0 ||
    all.slice(0, at).trim() !== '' ||
    !/^\s*;?\s*(--.*)?$/.test(all.slice(at + statement.text.length))
  ) {
    return undefined;
  }
  const replacement = all.slice(0, at) + edited + all.slice(at + statement.text.length);
  return isFree(replacement) ? replacement.replace(/\r$/, '') : undefined;
}

function concurrentForm({ tree, text }: Statement): string | undefined {
  const tag = tagOf(tree);
  const statement = child(tree, tag);
  if (statement.concurrent === true) return undefined;
  if (tag === 'IndexStmt' && isNode(statement.relation)) {
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
