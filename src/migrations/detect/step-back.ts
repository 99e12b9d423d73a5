import { scanSql } from '../sql/scan-sql.ts';
import type { Detected } from './framework.ts';

/** A statement that is there because a tool wants one: `SELECT 1`, goose's `SELECT 'down SQL query'`, `BEGIN` and `COMMIT`. */
const idle = /^(?:select\s+(?:\d+|true|null|'[^']*')(?:\s+as\s+\w+)?|begin|start\s+transaction|commit|end)$/i;

/**
 * What the text of a step back is worth: a way back where it holds a statement that does something; where it ends in an
 * error on purpose (`RAISE EXCEPTION` of PL/pgSQL, `SIGNAL` of MySQL), that is said too. `undefined`: there is no text.
 */
export function stepBack(sql: string | undefined): Pick<Detected, 'wayBack' | 'undoIsIdle' | 'undoRaises'> {
  if (sql === undefined) return { wayBack: 'none' };
  if (!beginsWithWork(sql) && statementsOf(sql).every((text) => idle.test(text)))
    return { wayBack: 'none', undoIsIdle: true };
  const raises = /\braise\s+exception\b|\bsignal\s+sqlstate\b/i.test(sql.replace(/--[^\n]*/g, ''));
  return { wayBack: 'down-step', ...(raises && { undoRaises: true as const }) };
}

/** A look at the first word, which spares most texts the whole scan. */
function beginsWithWork(sql: string): boolean {
  const word = /^(?:\s|--[^\n]*\n)*(\w+)/.exec(sql)?.[1];
  return word !== undefined && !/^(?:select|begin|start|commit|end)$/i.test(word);
}

function statementsOf(sql: string): readonly string[] {
  return scanSql(sql).statements.map(({ start, end }) => sql.slice(start, end));
}
