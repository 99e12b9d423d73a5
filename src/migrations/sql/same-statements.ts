import type { SqlLanguage } from './sql-language.ts';

/** Whether two texts run the same: comments, spacing and letter case of keywords are no difference. */
export function sameStatements(before: string, after: string, language: SqlLanguage): boolean {
  return before === after || contentOf(before, language) === contentOf(after, language);
}

/** Trees without their places; of what the grammar does not understand, the lines without blank ones and comments. */
function contentOf(text: string, { readStatements }: SqlLanguage): string {
  const { statements, notAnalysed } = readStatements(text);
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
