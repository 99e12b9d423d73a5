import type { ColumnDefinition } from '../../sql/dialects/dialect-statement.ts';
import type { InnodbForm } from './innodb-form.ts';

/** One thing that MODIFY or CHANGE does to a column; `unknown` where the old definition would have to be known. */
export interface ColumnChange {
  readonly kind:
    | 'change-type'
    | 'set-not-null'
    | 'drop-not-null'
    | 'set-default'
    | 'set-column-options'
    | 'reorder-column';
  readonly form: InnodbForm | 'unknown';
}

/** What a column becomes that is defined anew, name aside. `tableCharset` is that of columns which name none. */
export function columnChanges(
  old: ColumnDefinition | undefined,
  next: ColumnDefinition,
  tableCharset: string | undefined,
): readonly ColumnChange[] {
  if (!old) return [{ kind: 'change-type', form: 'unknown' }];
  const changes: ColumnChange[] = [];
  const type = typeForm(old, next, tableCharset);
  if (type !== undefined) changes.push({ kind: 'change-type', form: type });
  if (next.isNotNull !== old.isNotNull && !next.isPrimary && !old.isPrimary) {
    changes.push(
      next.isNotNull
        ? { kind: 'set-not-null', form: 'set_not_null' }
        : { kind: 'drop-not-null', form: 'drop_not_null' },
    );
  }
  if (next.position !== undefined) changes.push({ kind: 'reorder-column', form: 'reorder_column' });
  if (changes.length > 0) return changes;
  return next.defaultTo?.text === old.defaultTo?.text
    ? [{ kind: 'set-column-options', form: 'change_comment' }]
    : [{ kind: 'set-default', form: 'set_default' }];
}

/** Undefined where the type stays. */
function typeForm(
  old: ColumnDefinition,
  next: ColumnDefinition,
  tableCharset: string | undefined,
): InnodbForm | 'unknown' | undefined {
  if (old.generated !== next.generated || old.isAutoIncrement !== next.isAutoIncrement) return 'unknown';
  const isText = /^(?:var)?char$|text$|^(?:enum|set)$/.test(next.type);
  if (isText && old.charset !== next.charset) {
    // A column that names no character set any longer takes that of its table.
    const [from, to] = [old.charset ?? tableCharset, next.charset ?? tableCharset];
    if (from === undefined || to === undefined) return 'unknown';
    if (from !== to) return 'change_type';
  }
  if (old.type !== next.type) return sameStorage(old) === sameStorage(next) ? undefined : 'change_type';
  if (restOf(old) === restOf(next)) return undefined;
  if (next.type === 'varchar' || next.type === 'varbinary') return widening(old, next, tableCharset);
  if (next.type === 'enum' || next.type === 'set') {
    const [before, after] = [valuesOf(old), valuesOf(next)];
    const isAppended = before.every((value, at) => value === after[at]);
    const storage = (values: readonly string[]) =>
      next.type === 'set' ? Math.ceil(values.length / 8) : values.length > 255 ? 2 : 1;
    return isAppended && storage(before) === storage(after) ? 'append_enum' : 'change_type';
  }
  return 'change_type';
}

function sameStorage({ type, typeRest }: ColumnDefinition): string {
  return type === 'bool' || (type === 'tinyint' && !/unsigned/.test(typeRest)) ? 'tinyint' : type;
}

/** The number behind an integer type is how wide it is shown, not how it is stored. */
function restOf({ type, typeRest }: ColumnDefinition): string {
  return /int$/.test(type) ? typeRest.replace(/\(\d+\)/, '').trim() : typeRest;
}

const bytesOf: Readonly<Record<string, number>> = {
  utf8mb4: 4,
  utf8mb3: 3,
  utf8: 3,
  latin1: 1,
  ascii: 1,
  binary: 1,
};

/**
 * A VARCHAR keeps its length in one byte up to 255 bytes and in two beyond: growing across that line, or becoming shorter,
 * copies the table.
 */
function widening(
  old: ColumnDefinition,
  next: ColumnDefinition,
  tableCharset: string | undefined,
): InnodbForm | 'unknown' {
  const [from, to] = [lengthOf(old), lengthOf(next)];
  if (from === undefined || to === undefined) return 'unknown';
  if (behindLength(old) !== behindLength(next)) return 'change_type';
  if (to < from) return 'change_type';
  const charset = next.type === 'varbinary' ? 'binary' : (next.charset ?? tableCharset);
  const widths = charset === undefined ? [1, 3, 4] : [bytesOf[charset] ?? 0];
  if (widths.includes(0)) return 'unknown';
  const crosses = widths.map((bytes) => from * bytes <= 255 !== to * bytes <= 255);
  if (crosses.every((one) => one)) return 'change_type';
  return crosses.some((one) => one) ? 'unknown' : 'widen_varchar';
}

function behindLength({ typeRest }: ColumnDefinition): string {
  return typeRest.replace(/^\(\d+\)/, '').trim();
}

function lengthOf({ typeRest }: ColumnDefinition): number | undefined {
  const digits = /^\((\d+)\)/.exec(typeRest)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function valuesOf({ typeRest }: ColumnDefinition): readonly string[] {
  return typeRest.match(/'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"/gs) ?? [];
}
