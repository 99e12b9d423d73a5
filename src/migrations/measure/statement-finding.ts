import type { Confidence, FindingDraft } from '../../core/finding.ts';
import type { MigrationFile, Operation } from '../../core/migration-facts.ts';
import { quoteName } from '../../core/quote-name.ts';

/** The parts that all findings about one operation share. */
export function aboutOperation(
  file: MigrationFile,
  operation: Operation,
): Pick<FindingDraft, 'about' | 'place' | 'confidence' | 'measurements'> {
  return {
    about: {
      table: operation.table,
      operation: operation.kind,
      ...(operation.column === undefined ? {} : { column: operation.column }),
      ...(operation.name === undefined ? {} : { name: operation.name }),
    },
    place: {
      path: file.path,
      line: operation.lines.start,
      ...(operation.lines.end > operation.lines.start ? { endLine: operation.lines.end } : {}),
    },
    confidence: confidenceIn(file),
    measurements: [{ name: 'tables blocked', value: blockedTables(operation).length, unit: 'tables' }],
  };
}

/** Two findings are the same one when they are about the same operation on the same object. */
export function identityOfOperation({ about }: FindingDraft): readonly string[] {
  return [about.table ?? '', about.operation ?? '', about.column ?? '', about.name ?? ''];
}

/** Where nothing names the database, PostgreSQL is a guess. */
export function confidenceIn(file: MigrationFile): Confidence {
  return file.dialect === 'unknown' ? 'medium' : 'high';
}

/** The tables others wait for: the one named first, and those in use that are locked along with it against writes or reads. */
export function blockedTables(operation: Operation): readonly string[] {
  const also = (operation.alsoLocks ?? []).filter(
    ({ lock, onTableOfThisChange }) =>
      onTableOfThisChange !== true &&
      /^(SHARE|SHARE ROW EXCLUSIVE|EXCLUSIVE|ACCESS EXCLUSIVE|EXCLUSIVE METADATA|SHARED NO WRITE METADATA)$/.test(
        lock,
      ),
  );
  const own = operation.blocks === 'nothing' ? [] : [operation.table];
  return [...new Set([...own, ...also.map(({ table }) => table)])];
}

/**
 * Names between backticks, in a sentence: "`a`, `b` and `c`"; beyond three, their number. Which table Django's users are in
 * stands in the settings of the project alone.
 */
export function quoted(names: readonly string[]): string {
  const shown = names
    .slice(0, 3)
    .map((name) => (name === 'AUTH_USER_MODEL' ? 'the table of users' : quoteName(name)));
  if (names.length > 3) return `${shown.join(', ')} and ${names.length - 3} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** What waits, as the subject of a sentence. */
export function whoWaits(operation: Operation): string {
  const what = operation.blocks === 'reads' ? 'Reads and writes of' : 'Writes to';
  const tables = blockedTables(operation).filter((table) => table !== '');
  return tables.length === 0 ? `${what} every table that uses it` : `${what} ${quoted(tables)}`;
}
