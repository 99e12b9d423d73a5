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
  readonly paths: readonly { readonly status: string; readonly path: string }[];
}

/** With `-z` every field ends with a NUL, so neither a message nor a file name can be taken for anything else. */
const logFormat = '--format=tformat:commit %H%x00%P%x00%ct%x00%B%x00';

/** What makes `git log` write what `createLogReader` reads, whatever the user's settings are. */
export const readableLog = [
  '-z',
  '--raw',
  '-r',
  '--no-renames',
  '--no-abbrev',
  '--no-show-signature',
  '--no-notes',
  '--no-mailmap',
  '--encoding=UTF-8',
  logFormat,
] as const;

const longestMessage = 64 * 1024;

export interface LogReader {
  /** Any piece of the output, cut anywhere. */
  push(chunk: Uint8Array): void;
  /** Hands over the last entry. Throws `GitFailure` when the output ends inside one. */
  end(): void;
}

/** Reads the output of `git log` with `readableLog` as it comes, holding one entry at a time. */
export function createLogReader(onEntry: (entry: LogEntry) => void): LogReader {
  /** Pieces of the field that has not ended yet. */
  let open: Uint8Array[] = [];
  let header: string[] | undefined;
  let status: string | undefined;
  let paths: { readonly status: string; readonly path: string }[] = [];

  function finish(): void {
    if (!header) return;
    const [id = '', parents = '', time = '', message = ''] = header;
    onEntry({
      id: id.slice('commit '.length),
      parents: parents === '' ? [] : parents.split(' '),
      committedAt: Number(time) || 0,
      message,
      paths,
    });
    header = undefined;
    paths = [];
  }

  function take(field: Buffer): void {
    if (header && header.length < 4) {
      header.push(field.subarray(0, longestMessage).toString('utf8'));
    } else if (status !== undefined) {
      paths.push({ status, path: field.toString('utf8') });
      status = undefined;
    } else {
      const text = field.toString('latin1').replace(/^\n+/, '');
      if (text === '') return;
      if (text.startsWith(':')) {
        status = /^:[0-7]{6} [0-7]{6} [0-9a-f]+ [0-9a-f]+ ([A-Z])\d*$/.exec(text)?.[1];
        if (!header || status === undefined)
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
      const isCut = open.length > 0 || status !== undefined || (header !== undefined && header.length < 4);
      if (isCut) throw new GitFailure('git log ended in the middle of an entry');
      finish();
    },
  };
}
