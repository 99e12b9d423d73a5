import type { ChangedFile, ChangeStatus } from '../../core/change.ts';

/** One record of `git diff-tree -r -z --raw --no-abbrev`. A side that does not exist has mode `000000`. */
export interface RawRecord {
  readonly status: ChangeStatus;
  readonly baseMode: string;
  readonly headMode: string;
  readonly baseId: string;
  readonly headId: string;
  /** Bytes, since git's names need not be text. */
  readonly basePath: Uint8Array;
  readonly headPath: Uint8Array;
}

const statuses: Readonly<Record<string, ChangeStatus>> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
  T: 'type-changed',
};

/**
 * Reads raw records. With `-z` a name is everything up to the next NUL, so no name can be mistaken for anything else.
 * Throws on anything that is no such record.
 */
export function parseRawDiff(output: Uint8Array): readonly RawRecord[] {
  const bytes = bufferOf(output);
  const records: RawRecord[] = [];
  let at = 0;
  function field(): Buffer {
    const end = bytes.indexOf(0, at);
    if (end < 0) throw new Error(`the list of changed files ends in the middle of a record, at byte ${at}`);
    const value = bytes.subarray(at, end);
    at = end + 1;
    return value;
  }
  while (at < bytes.length) {
    const start = at;
    const head = field().toString('latin1');
    const match = /^:([0-7]{6}) ([0-7]{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([A-Z])\d*$/.exec(head);
    const status = statuses[match?.[5] ?? ''];
    if (!match || !status)
      throw new Error(`the list of changed files has a record that is not understood, at byte ${start}`);
    const [, baseMode = '', headMode = '', baseId = '', headId = ''] = match;
    const basePath = field();
    const headPath = status === 'renamed' || status === 'copied' ? field() : basePath;
    records.push({ status, baseMode, headMode, baseId, headId, basePath, headPath });
  }
  return records.sort((a, b) => Buffer.compare(a.headPath, b.headPath));
}

/** The mode that says what the file is: the head's, or the base's where it is gone. */
export function kindOf(record: RawRecord): ChangedFile['kind'] {
  return kindOfMode(record.headMode === '000000' ? record.baseMode : record.headMode);
}

export function kindOfMode(mode: string): ChangedFile['kind'] {
  if (mode === '160000') return 'submodule';
  if (mode === '120000') return 'symlink';
  return 'file';
}

/** Whether a mode stands for bytes in a blob: a file or a symlink, not a submodule and not "absent". */
export function isBlobMode(mode: string): boolean {
  return mode.startsWith('100') || mode === '120000';
}

export function pathText(path: Uint8Array): string {
  return bufferOf(path).toString('utf8');
}

/** The same bytes, not a copy. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
