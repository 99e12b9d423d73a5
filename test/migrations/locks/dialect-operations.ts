import type { Dialect } from '../../../src/core/migration-facts.ts';
import type { OperationDraft } from '../../../src/migrations/locks/operation-draft.ts';
import { emptySchema } from '../../../src/migrations/sql/schema.ts';
import type { SqlLanguage } from '../../../src/migrations/sql/sql-language.ts';
import { parsers } from '../read-sql.ts';

export function languageOf(dialect: Dialect): SqlLanguage {
  const language = parsers.languages[dialect];
  if (typeof language !== 'object') throw new Error(`${dialect}: ${language}`);
  return language;
}

/** What the last statement of a text does, on the schema that the others leave behind. */
export function lastOperations(
  dialect: Dialect,
  sql: string,
  language: SqlLanguage = languageOf(dialect),
): readonly OperationDraft[] {
  const schema = emptySchema();
  const { statements, notAnalysed } = language.readStatements(sql);
  if (notAnalysed.length > 0) throw new Error(`${notAnalysed[0]?.why}: ${sql}`);
  const last = statements.at(-1);
  if (!last) throw new Error(`no statement: ${sql}`);
  for (const { tree } of statements.slice(0, -1)) language.apply(schema, tree, false);
  return language.operationsOf(last.tree, schema);
}

/** "kind table column-or-name: lock, rewrites, scans" of each operation. */
export function effectsIn(...args: Parameters<typeof lastOperations>): readonly string[] {
  return lastOperations(...args).map(({ kind, table, column, name, effect }) => {
    const did = [
      ...(effect.rewrite === true ? ['rewrites'] : effect.rewrite === 'unknown' ? ['may rewrite'] : []),
      ...(effect.scan === true ? ['scans'] : effect.scan === 'unknown' ? ['may scan'] : []),
    ];
    const subject = [kind, table, column ?? name ?? ''].filter((word) => word !== '').join(' ');
    return `${subject}: ${[effect.lock, ...did].join(', ')}`;
  });
}
