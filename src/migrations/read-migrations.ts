import type { ChangeStatus } from '../core/change.ts';
import type {
  Dialect,
  MigrationFile,
  NotAnalysed,
  Operation,
  TransactionMode,
} from '../core/migration-facts.ts';
import { type Edit, withCheckedSuggestions } from './check-suggestions.ts';
import { detectMigration } from './detect/detect-migration.ts';
import { namesDatabase } from './detect/folder-databases.ts';
import type { Detected, MigrationSource } from './detect/framework.ts';
import { inOrder } from './detect/in-order.ts';
import type { CodeLanguage } from './orm/code/code-node.ts';
import { noProgramReader, type ProgramReader } from './orm/program-reader.ts';
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
  /** What the settings say, for files that name no database. */
  readonly database?: Dialect;
  /** What the other migrations of a folder say (`folderDatabases`), for those that say nothing. */
  readonly databases?: ReadonlyMap<string, Dialect>;
  /**
   * What is known of the schema before the change, by folder of migrations; nothing known where undefined. Asked for
   * several times, and each answer is changed: it has to be a new one.
   */
  readonly schemaBefore?: (root: string) => KnownSchema | undefined;
}

type DetectionContext = Pick<MigrationContext, 'companions' | 'database' | 'databases'>;

/** What reads the files of one change (`parsersNeeded`). */
export interface MigrationParsers {
  readonly languages: SqlLanguages;
  /** Of programs that send SQL themselves. */
  readonly programs?: ProgramReader;
}

/** Which parsers the files of one change need; cheap, so that no other is loaded. */
export function parsersNeeded(
  inputs: readonly MigrationInput[],
  context: DetectionContext,
): { readonly dialects: ReadonlySet<Dialect>; readonly programs: ReadonlySet<CodeLanguage> } {
  const dialects = new Set<Dialect>();
  const programs = new Set<CodeLanguage>();
  for (const { path, bytes } of inputs) {
    const detected = detectIn(path, decodeSql(bytes).text, context);
    if (detected && detected.otherDatabase === undefined) dialects.add(languageDialect(detected.dialect));
    if (detected?.code !== undefined && detected.otherDatabase === undefined) programs.add(detected.code);
  }
  return { dialects, programs };
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
  return withCheckedSuggestions(readAll(inputs, context, parsers), (edit) =>
    readAll(
      inputs.map((input) => (input.path === edit.path ? edited(input, edit) : input)),
      context,
      parsers,
    ),
  );
}

function edited(input: MigrationInput, { lines: { start, end }, text }: Edit): MigrationInput {
  const lines = decodeSql(input.bytes).text.split('\n');
  const changed = [...lines.slice(0, start - 1), text, ...lines.slice(end)].join('\n');
  return { ...input, bytes: new TextEncoder().encode(changed) };
}

/** With safer texts that nobody has checked yet. */
function readAll(
  inputs: readonly MigrationInput[],
  context: MigrationContext,
  parsers: MigrationParsers,
): readonly MigrationFile[] {
  const schemas = new Map<string, KnownSchema>();
  const replayed = new Set<string>();
  const programs = parsers.programs ?? noProgramReader;
  const schemaOf = (root: string) => {
    const begun = schemas.get(root);
    if (begun) return begun;
    const before = context.schemaBefore?.(root);
    if (before) replayed.add(root);
    const known = before ?? emptySchema();
    schemas.set(root, known);
    return known;
  };
  const found = inputs.flatMap((input) => {
    const decoded = decodeSql(input.bytes);
    const detected = detectIn(input.path, decoded.text, context);
    return detected ? [{ input, decoded, detected, path: input.path }] : [];
  });
  return inOrder(found).map(({ input, decoded, detected }): MigrationFile => {
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
      ...(detected.undoRaises ? { undoRaises: true as const } : {}),
      ...(detected.after === undefined ? {} : { after: detected.after }),
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
    // A way back runs on a schema of its own: what it drops is not gone for the files that follow.
    const schema =
      detected.direction === 'down' ? structuredClone(schemaOf(detected.root)) : schemaOf(detected.root);
    const program =
      detected.code === undefined
        ? undefined
        : programs.read({ path: input.path, text, previous, detected, schema, language });
    if (program && 'why' in program) {
      const lines = { start: 1, end: Math.max(1, text.split('\n', 100_000).length) };
      const notAnalysed = [{ lines, ...program }];
      return { ...head, transaction: modeOf(detected, 0), operations: [], comments: [], notAnalysed };
    }
    const sending = program?.sending ?? detected.sending;
    const read = readOperations({
      text,
      ...(previous === undefined ? {} : { previousText: previous }),
      sending,
      ...(program ? { program } : {}),
      ...(detected.copiesOnline && { copiesOnline: true as const }),
      dialectIsKnown: detected.dialect !== 'unknown',
      schema,
      schemaHasOld: replayed.has(detected.root),
      language,
      runsOnce: detected.framework !== 'sql' && detected.version !== '',
    });
    const { statementCount, ...parts } = read;
    const transaction = modeOf({ sending }, statementCount);
    const isEnough = detected.undoIsIdle === true && leavesNothingBehind(read.operations);
    const wayBack = program?.wayBack ?? (isEnough ? 'down-step' : detected.wayBack);
    return { ...head, wayBack, transaction, ...parts };
  });
}

/** Rows are filled, or what is there is looked through: the schema is the same before and after. */
function leavesNothingBehind(operations: readonly Operation[]): boolean {
  return (
    operations.length > 0 &&
    operations.every(
      ({ kind, destroysData }) =>
        !destroysData &&
        /^(?:insert|update|merge|validate|analyze|vacuum|reindex|cluster|refresh|optimize|comment)/.test(
          kind,
        ),
    )
  );
}

function detectIn(path: string, text: string, context: DetectionContext): Detected | undefined {
  const [source] = migrationSources([{ path, text }], context);
  const detected = source && detectMigration(source);
  if (!source || !detected || namesDatabase(detected)) return detected;
  const database = context.databases?.get(detected.root);
  return database === undefined ? detected : detectMigration({ ...source, database });
}

/** Files as `detectMigration` wants them. */
export function migrationSources(
  files: readonly { readonly path: string; readonly text: string }[],
  { companions, database }: DetectionContext,
): readonly MigrationSource[] {
  return files.map(({ path, text }) => ({
    path,
    text,
    companions,
    ...(database === undefined ? {} : { database }),
  }));
}

/** What became of the file that stood at the merge base. */
function previousOf(
  input: MigrationInput,
  text: string,
  detected: Detected,
  context: MigrationContext,
  parsers: MigrationParsers,
): Pick<MigrationFile, 'edit' | 'previousVersion'> {
  if (input.previousBytes === undefined || input.status === 'deleted') return {};
  const previous = decodeSql(input.previousBytes);
  const path = input.previousPath ?? input.path;
  const before = detectIn(path, previous.text, context);
  const language = languageFor(detected, parsers);
  const [was, is] = [before?.upText ?? previous.text, detected.upText ?? text];
  const isSame =
    before?.sending === detected.sending &&
    (detected.code !== undefined
      ? (parsers.programs ?? noProgramReader).isSame(previous.text, text, detected.code)
      : typeof language === 'string'
        ? was === is
        : sameStatements(was, is, language));
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

function modeOf({ sending }: Pick<Detected, 'sending'>, statements: number): TransactionMode {
  if (sending === 'unknown') return 'unknown';
  if (sending === 'one-message') return statements > 1 ? 'one-transaction' : 'no-transaction';
  return sending === 'in-transaction' ? 'one-transaction' : 'no-transaction';
}
