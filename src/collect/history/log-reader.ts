import type { CommitId } from '../../core/change.ts';
import { GitFailure } from '../git/git-failure.ts';

/** One entry of `git log --first-parent`, as git tells it. */
export interface LogEntry {
  readonly id: CommitId;
  readonly parents: readonly CommitId[];
  /** Seconds since 1970. */
  readonly committedAt: number;
  /** Cut at 64 kB. */
  readonly message: string;
  readonly paths: readonly LogPath[];
  /** What `readableLogWith` asked for besides, in its order. */
  readonly more: readonly string[];
}

/** A file that differs. A side that is absent, a link or a submodule has no blob. */
export interface LogPath {
  readonly status: string;
  readonly path: string;
  readonly base?: string;
  readonly head?: string;
}

/** With `-z` every field ends with a NUL, so neither a message nor a file name can be taken for anything else. */
const logFormat = '--format=tformat:commit %H%x00%P%x00%ct%x00%B%x00';

/**
 * What makes `git log` write what `createLogReader` reads, whatever the user's settings are; with more fields of each
 * commit (`%an`) behind its message.
 */
export function readableLogWith(...fields: readonly string[]): readonly string[] {
  return [
    '-z',
    '--raw',
    '-r',
    '--no-renames',
    '--no-abbrev',
    '--no-show-signature',
    '--no-notes',
    '--no-mailmap',
    '--encoding=UTF-8',
    `${logFormat}${fields.map((field) => `${field}%x00`).join('')}`,
  ];
}

export const readableLog = readableLogWith();

const usualFields = 4;

const longestMessage = 64 * 1024;

export interface LogReader {
  /** Any piece of the output, cut anywhere. */
  push(chunk: Uint8Array): void;
  /** Hands over the last entry. Throws `GitFailure` when the output ends inside one. */
  end(): void;
}

/** Reads the output of `git log` with `readableLog` as it comes, holding one entry at a time; `more` fields were asked for. */
export function createLogReader(onEntry: (entry: LogEntry) => void, more = 0): LogReader {
  const fields = usualFields + more;
  /** Pieces of the field that has not ended yet. */
  let open: Uint8Array[] = [];
  let header: string[] | undefined;
  let record: Omit<LogPath, 'path'> | undefined;
  let paths: LogPath[] = [];

  function finish(): void {
    if (!header) return;
    const [id = '', parents = '', time = '', message = ''] = header;
    onEntry({
      id: id.slice('commit '.length),
      parents: parents === '' ? [] : parents.split(' '),
      committedAt: Number(time) || 0,
      message,
      paths,
      more: header.slice(usualFields),
    });
    header = undefined;
    paths = [];
  }

  function take(field: Buffer): void {
    if (header && header.length < fields) {
      header.push(field.subarray(0, longestMessage).toString('utf8'));
    } else if (record !== undefined) {
      paths.push({ ...record, path: field.toString('utf8') });
      record = undefined;
    } else {
      const text = field.toString('latin1').replace(/^\n+/, '');
      if (text === '') return;
      if (text.startsWith(':')) {
        record = recordOf(text);
        if (!header || record === undefined)
          throw new GitFailure('git log wrote a changed file in a way that is not understood');
      } else {
        if (!/^commit [0-9a-f]{40,64}$/.test(text))
          throw new GitFailure('git log wrote a commit in a way that is not understood');
        finish();
        header = [text];
      }
    }
  }

  return {
    push(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let from = 0;
      for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, from)) {
        const rest = bytes.subarray(from, end);
        take(open.length === 0 ? rest : Buffer.concat([...open, rest]));
        open = [];
        from = end + 1;
      }
      if (from < chunk.length) open.push(chunk.slice(from));
    },
    end() {
      const isCut =
        open.length > 0 || record !== undefined || (header !== undefined && header.length < fields);
      if (isCut) throw new GitFailure('git log ended in the middle of an entry');
      finish();
    },
  };
}

function recordOf(text: string): Omit<LogPath, 'path'> | undefined {
  const [, baseMode = '', headMode = '', base = '', head = '', status] =
    /^:([0-7]{6}) ([0-7]{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([A-Z])\d*$/.exec(text) ?? [];
  if (status === undefined) return undefined;
  return {
    status,
    ...(baseMode.startsWith('100') && { base }),
    ...(headMode.startsWith('100') && { head }),
  };
}
