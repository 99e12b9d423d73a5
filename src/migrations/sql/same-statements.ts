import type { ParsePostgres } from './parse-tree.ts';
import { readStatements } from './read-statements.ts';

/** Whether two texts run the same: comments, spacing and letter case of keywords are no difference. */
export function sameStatements(before: string, after: string, parse: ParsePostgres): boolean {
  return before === after || contentOf(before, parse) === contentOf(after, parse);
}

/** Trees without their places; of what the grammar does not understand, the lines without blank ones and comments. */
function contentOf(text: string, parse: ParsePostgres): string {
  const { statements, notAnalysed } = readStatements(text, parse);
  const lines = text.split('\n');
  const unread = notAnalysed.flatMap(({ lines: { start, end } }) =>
    lines
      .slice(start - 1, end)
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('--')),
  );
  const trees = statements.map(({ tree }) => tree);
  return JSON.stringify([trees, unread], (key, value) => (/location$/.test(key) ? undefined : value));
}
