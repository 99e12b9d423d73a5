import { detectMigration } from '../detect/detect-migration.ts';
import { noProgramReader, type ProgramReader } from '../orm/program-reader.ts';
import { decodeSql } from './decode-sql.ts';
import { dropTemporary, emptySchema, type KnownSchema } from './schema.ts';
import type { SqlLanguage } from './sql-language.ts';

export interface ReplayedSchema {
  readonly schema: KnownSchema;
  /** How many of the steps were carried out before `mayGoOn` said no. */
  readonly steps: number;
}

/**
 * The schema that these files leave behind, carried out in the order given. What cannot be read of one is left out:
 * whatever is absent from the answer is unknown, not missing.
 */
export function replaySchema(
  steps: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  companions: ReadonlyMap<string, string>,
  language: SqlLanguage,
  mayGoOn: () => boolean,
  programs: ProgramReader = noProgramReader,
): ReplayedSchema {
  const schema = emptySchema();
  for (const [done, { path, bytes }] of steps.entries()) {
    if (!mayGoOn()) return { schema, steps: done };
    const decoded = decodeSql(bytes);
    if (decoded.why !== undefined) continue;
    const detected = detectMigration({ path, text: decoded.text, companions });
    const text = detected?.upText ?? decoded.text;
    const program =
      detected?.code === undefined
        ? undefined
        : programs.read({ path, text, previous: undefined, detected, schema, language });
    if (program && 'why' in program) continue;
    const { statements } = program?.sql ?? language.readStatements(text);
    for (const { tree } of statements) language.apply(schema, tree, false);
    dropTemporary(schema);
  }
  return { schema, steps: steps.length };
}
