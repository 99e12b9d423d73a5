import type { CommitId } from '../../core/change.ts';
import { GitFailure } from '../git/git-failure.ts';
import type { ScratchRepository } from '../git/scratch-repository.ts';

/** A merge, squash or direct commit of the branch, with the contents it replaced. */
export interface BranchEntry {
  readonly id: CommitId;
  readonly parents: readonly CommitId[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of whoever wrote the commit; used to tell machines apart and dropped before anything is judged. */
  readonly authorName: string;
  readonly authorEmail: string;
  /** Cut at 64 kB. */
  readonly message: string;
  readonly files: readonly EntryFile[];
}

/** A file that differs from the first parent. A side that is absent, a link or a submodule has no blob. */
export interface EntryFile {
  readonly path: string;
  readonly base?: string;
  readonly head?: string;
}

const longestMessage = 64 * 1024;
const seconds = 900;
const headerFields = 6;

/** The first-parent line below `tip` from `since` (ISO 8601) on, handed over oldest first as git tells it. Throws `GitFailure`. */
export async function readBranchEntries(
  scratch: ScratchRepository,
  tip: CommitId,
  since: string,
  onEntry: (entry: BranchEntry) => void,
): Promise<void> {
  // A commit with a wrong, old date ends the plain `--since` walk; the filter goes on behind it.
  const [major, minor] = await scratch.version();
  const after = major > 2 || (major === 2 && minor >= 37) ? '--since-as-filter' : '--since';
  const reader = createEntryReader(onEntry);
  await scratch.run(
    [
      'log',
      '--first-parent',
      '--reverse',
      `${after}=${since}`,
      '-z',
      '--raw',
      '-r',
      '-m',
      '--no-renames',
      '--no-abbrev',
      '--no-show-signature',
      '--no-notes',
      '--no-mailmap',
      '--encoding=UTF-8',
      '--format=tformat:commit %H%x00%P%x00%ct%x00%an%x00%ae%x00%B%x00',
      '--end-of-options',
      tip,
    ],
    { onOutput: (chunk) => reader.push(chunk), maxBytes: 2 ** 32, seconds },
  );
  reader.end();
}

/** Reads that output as it comes. With `-z` every field ends with a NUL, so no message or name is taken for anything else. */
export function createEntryReader(onEntry: (entry: BranchEntry) => void): {
  push(chunk: Uint8Array): void;
  end(): void;
} {
  let open: Uint8Array[] = [];
  let header: string[] | undefined;
  let record: RegExpExecArray | undefined;
  let files: EntryFile[] = [];

  function finish(): void {
    if (!header) return;
    const [id = '', parents = '', time = '', authorName = '', authorEmail = '', message = ''] = header;
    onEntry({
      id: id.slice('commit '.length),
      parents: parents === '' ? [] : parents.split(' '),
      at: (Number(time) || 0) * 1000,
      authorName,
      authorEmail,
      message,
      files,
    });
    header = undefined;
    files = [];
  }

  function take(field: Buffer): void {
    if (header && header.length < headerFields) {
      header.push(field.subarray(0, longestMessage).toString('utf8'));
    } else if (record) {
      files.push(fileOf(record, field.toString('utf8')));
      record = undefined;
    } else {
      const text = field.toString('latin1').replace(/^\n+/, '');
      if (text === '') return;
      if (text.startsWith(':')) {
        record =
          /^:([0-7]{6}) ([0-7]{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) [A-Z]\d*$/.exec(text) ?? undefined;
        if (!header || !record)
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
      let from = 0;
      for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
        take(Buffer.concat([...open, chunk.subarray(from, end)]));
        open = [];
        from = end + 1;
      }
      if (from < chunk.length) open.push(chunk.slice(from));
    },
    end() {
      if (open.length > 0 || record || (header && header.length < headerFields))
        throw new GitFailure('git log ended in the middle of an entry');
      finish();
    },
  };
}

function fileOf(
  [, baseMode = '', headMode = '', base = '', head = '']: RegExpExecArray,
  path: string,
): EntryFile {
  return {
    path,
    ...(baseMode.startsWith('100') && { base }),
    ...(headMode.startsWith('100') && { head }),
  };
}
