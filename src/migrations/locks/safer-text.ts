import type { Statement } from '../sql/read-statements.ts';
import { child, children, tagOf, textAt } from '../sql/tree-access.ts';

/**
 * The lines of a statement with CONCURRENTLY or NOT VALID in it, where the statement has its lines to itself and
 * `mayStand` finds nothing against the result; else undefined.
 */
export function saferText(
  statement: Statement,
  text: string,
  mayStand: (replacement: string) => boolean,
): string | undefined {
  const edited = concurrentForm(statement) ?? notValidForm(statement);
  if (edited === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', statement.start - 1) + 1;
  const newline = text.indexOf('\n', statement.end);
  const before = text.slice(lineStart, statement.start);
  const after = text.slice(statement.end, newline < 0 ? text.length : newline);
  if (before.trim() !== '' || !/^\s*;?\s*(--.*)?$/.test(after)) return undefined;
  const replacement = before + edited + after;
  return mayStand(replacement) ? replacement.replace(/\r$/, '') : undefined;
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

/**
 * A single constraint whose rows are not looked at yet. Only one that has a name: the second step, `VALIDATE CONSTRAINT`,
 * needs it.
 */
function notValidForm({ tree, text }: Statement): string | undefined {
  if (tagOf(tree) !== 'AlterTableStmt') return undefined;
  const [command, ...more] = children(child(tree, 'AlterTableStmt'), 'cmds').map((cmd) =>
    child(cmd, 'AlterTableCmd'),
  );
  if (!command || more.length > 0 || textAt(command, 'subtype') !== 'AT_AddConstraint') return undefined;
  const constraint = child(child(command, 'def'), 'Constraint');
  const isCheckable = ['CONSTR_CHECK', 'CONSTR_FOREIGN'].includes(textAt(constraint, 'contype'));
  if (!isCheckable || constraint.skip_validation === true || textAt(constraint, 'conname') === '')
    return undefined;
  return `${text} ${cased('NOT VALID', text)}`;
}

/** A keyword written as its neighbour is. */
function cased(keyword: string, neighbour: string): string {
  return neighbour.startsWith(neighbour.charAt(0).toUpperCase()) ? keyword : keyword.toLowerCase();
}
