import type { ChangeStatus } from '../core/change.ts';
import type { Dialect, MigrationFile, NotAnalysed, TransactionMode } from '../core/migration-facts.ts';
import { compareVersions } from './detect/compare-versions.ts';
import { detectMigration } from './detect/detect-migration.ts';
import type { Detected } from './detect/framework.ts';
import { readOperations } from './read-operations.ts';
import { decodeSql } from './sql/decode-sql.ts';
import { sameStatements } from './sql/same-statements.ts';
import { emptySchema, type KnownSchema } from './sql/schema.ts';
import type { SqlLanguage, SqlLanguages } from './sql/sql-language.ts';

export interface MigrationInput {
  readonly path: string;
  /** Where it stood at the merge base, when it was renamed or copied. */
  readonly previousPath?: string;
  readonly status: ChangeStatus;
  /** At the head; of a deleted file, at the merge base. */
  readonly bytes: Uint8Array;
  /** At the merge base, where the file stood there: what has not changed since is not this change's doing. */
  readonly previousBytes?: Uint8Array;
}

export interface MigrationContext {
  /** Texts of the files that `companionPaths` names, as far as they exist at the head, by path. */
  readonly companions: ReadonlyMap<string, string>;
  /** What is known of the schema before the change, by folder of migrations; nothing known where undefined. */
  readonly schemaBefore?: (root: string) => KnownSchema | undefined;
}

/** What reads the files of one change (`parsersNeeded`). */
export interface MigrationParsers {
  readonly languages: SqlLanguages;
}

/** Which parsers the files of one change need; cheap, so that no other is loaded. */
export function parsersNeeded(
  inputs: readonly MigrationInput[],
  { companions }: Pick<MigrationContext, 'companions'>,
): { readonly dialects: ReadonlySet<Dialect> } {
  const dialects = new Set<Dialect>();
  for (const { path, bytes } of inputs) {
    const detected = detectMigration({ path, text: decodeSql(bytes).text, companions });
    if (detected && detected.otherDatabase === undefined) dialects.add(languageDialect(detected.dialect));
  }
  return { dialects };
}

/**
 * Reads all migrations of one change, in the order their framework runs them: what an earlier file creates, a later one
 * may alter. Paths that are no migrations are left out. Total: what cannot be read is named in `notAnalysed`.
 */
export function readMigrations(
  inputs: readonly MigrationInput[],
  context: MigrationContext,
  parsers: MigrationParsers,
): readonly MigrationFile[] {
  const schemas = new Map<string, KnownSchema>();
  const replayed = new Set<string>();
  const schemaOf = (root: string) => {
    const begun = schemas.get(root);
    if (begun) return begun;
    const before = context.schemaBefore?.(root);
    if (before) replayed.add(root);
    const known = before ?? emptySchema();
    schemas.set(root, known);
    return known;
  };
  return inputs
    .flatMap((input) => {
      const decoded = decodeSql(input.bytes);
      const detected = detectMigration({
        path: input.path,
        text: decoded.text,
        companions: context.companions,
      });
      return detected ? [{ input, decoded, detected }] : [];
    })
    .toSorted(
      (a, b) =>
        compareVersions(a.detected.version, b.detected.version) || (a.input.path < b.input.path ? -1 : 1),
    )
    .map(({ input, decoded, detected }): MigrationFile => {
      const head = {
        path: input.path,
        ...(input.previousPath === undefined ? {} : { previousPath: input.previousPath }),
        status: input.status,
        framework: detected.framework,
        folder: detected.root,
        ...previousOf(input, decoded.text, detected, context, parsers),
        dialect: detected.dialect,
        version: detected.version,
        direction: detected.direction,
        wayBack: detected.wayBack,
      };
      const language = languageFor(detected, parsers);
      const why = decoded.why ?? (typeof language === 'string' ? language : undefined);
      const text = detected.upText ?? decoded.text;
      if (typeof language === 'string' || why !== undefined || input.status === 'deleted') {
        const lines = { start: 1, end: Math.max(1, decoded.text.split('\n', 100_000).length) };
        const notAnalysed: readonly NotAnalysed[] = why === undefined ? [] : [{ lines, why }];
        return { ...head, transaction: modeOf(detected, 0), operations: [], comments: [], notAnalysed };
      }
      const previous = input.previousBytes === undefined ? undefined : decodeSql(input.previousBytes).text;
      const read = readOperations({
        text,
        ...(previous === undefined ? {} : { previousText: previous }),
        sending: detected.sending,
        dialectIsKnown: detected.dialect !== 'unknown',
        // A way back runs on a schema of its own: what it drops is not gone for the files that follow.
        schema:
          detected.direction === 'down' ? structuredClone(schemaOf(detected.root)) : schemaOf(detected.root),
        schemaHasOld: replayed.has(detected.root),
        language,
      });
      const { statementCount, ...parts } = read;
      return { ...head, transaction: modeOf(detected, statementCount), ...parts };
    });
}

/** What became of the file that stood at the merge base. */
function previousOf(
  input: MigrationInput,
  text: string,
  detected: Detected,
  { companions }: MigrationContext,
  parsers: MigrationParsers,
): Pick<MigrationFile, 'edit' | 'previousVersion'> {
  if (input.previousBytes === undefined || input.status === 'deleted') return {};
  const previous = decodeSql(input.previousBytes);
  const path = input.previousPath ?? input.path;
  const before = detectMigration({ path, text: previous.text, companions });
  const language = languageFor(detected, parsers);
  const [was, is] = [before?.upText ?? previous.text, detected.upText ?? text];
  const isSame =
    before?.sending === detected.sending &&
    (typeof language === 'string' ? was === is : sameStatements(was, is, language));
  return {
    edit: isSame ? 'comments' : 'statements',
    ...(before && input.previousPath !== undefined ? { previousVersion: before.version } : {}),
  };
}

/** The language of a file, or why it is not read. */
function languageFor(detected: Detected, { languages }: MigrationParsers): SqlLanguage | string {
  if (detected.otherDatabase) return `written for ${detected.otherDatabase}, which is not read`;
  return languages[languageDialect(detected.dialect)] ?? 'its parser was not loaded';
}

/** A file that names no database is read as PostgreSQL. */
export function languageDialect(dialect: Dialect): Dialect {
  return dialect === 'unknown' ? 'postgresql' : dialect;
}

function modeOf({ sending }: Detected, statements: number): TransactionMode {
  if (sending === 'unknown') return 'unknown';
  if (sending === 'one-message') return statements > 1 ? 'one-transaction' : 'no-transaction';
  return sending === 'in-transaction' ? 'one-transaction' : 'no-transaction';
}
