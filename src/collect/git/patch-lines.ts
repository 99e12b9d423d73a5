import type { Hunk, LineRange } from '../../core/change.ts';

/** What one file's patch says. */
export interface FilePatch {
  readonly hunks: readonly Hunk[];
  readonly added: readonly LineRange[];
  readonly deleted: readonly LineRange[];
  readonly isBinary: boolean;
}

/** Takes every added or deleted line of a patch, without its line end. Only the first `keptBytes` bytes are kept. */
export type LineListener = (name: string, sign: '+' | '-', line: number, text: Uint8Array) => void;

export interface PatchReader {
  push(chunk: Uint8Array): void;
  /** The patches by the name in their header. Throws when the patch ends in the middle of a hunk. */
  end(): ReadonlyMap<string, FilePatch>;
}

export interface PatchReaderOptions {
  readonly onLine?: LineListener;
  readonly keptBytes?: number;
  /** Looks at a piece of the patch before its lines are told one by one; those of a piece it says no to are not told. */
  readonly mayMatter?: (piece: Uint8Array) => boolean;
}

interface Growing {
  hunks: Hunk[];
  added: { start: number; end: number }[];
  deleted: { start: number; end: number }[];
  isBinary: boolean;
}

const newline = 0x0a;
const header = /^diff --git a\/(\w+) b\/(\w+)$/;
const hunkHeader = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/**
 * Reads a patch as it comes. Its file names must be words of our own (see `diff-blobs.ts`), and inside a hunk exactly the
 * announced number of lines is consumed: content that looks like a header is content.
 */
export function createPatchReader(options: PatchReaderOptions = {}): PatchReader {
  const keptBytes = options.keptBytes ?? 256;
  const patches = new Map<string, Growing>();
  let current: Growing | undefined;
  let name = '';
  let baseLine = 0;
  let headLine = 0;
  let baseLeft = 0;
  let headLeft = 0;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let isTold = true;

  /** One line, from `start` to `end`; places instead of pieces, since there are many thousand. */
  function takeLine(bytes: Uint8Array, start: number, end: number): void {
    if (baseLeft > 0 || headLeft > 0) {
      takeHunkLine(bytes, start, end);
      return;
    }
    const text = latin1(bytes, start, Math.min(end, start + 256));
    if (text.startsWith('diff --git ')) {
      const [, base, head] = header.exec(text) ?? [];
      if (base === undefined || base !== head)
        throw new Error('the patch has a file header that is not understood');
      name = base;
      current = { hunks: [], added: [], deleted: [], isBinary: false };
      patches.set(name, current);
    } else if (text.startsWith('@@ ')) {
      startHunk(text);
    } else if (text.startsWith('Binary files ') && current) {
      current.isBinary = true;
    }
  }

  function startHunk(text: string): void {
    const match = hunkHeader.exec(text);
    if (!match || !current) throw new Error('the patch has a hunk header that is not understood');
    const baseStart = Number(match[1]);
    const headStart = Number(match[3]);
    baseLeft = match[2] === undefined ? 1 : Number(match[2]);
    headLeft = match[4] === undefined ? 1 : Number(match[4]);
    current.hunks.push({ baseStart, baseLines: baseLeft, headStart, headLines: headLeft });
    baseLine = baseStart;
    headLine = headStart;
  }

  function takeHunkLine(bytes: Uint8Array, start: number, end: number): void {
    const sign = end > start ? bytes[start] : undefined;
    if (sign === 0x5c) return; // "\ No newline at end of file" belongs to the line before and counts on no side
    if (sign === 0x20) {
      baseLine += 1;
      headLine += 1;
      baseLeft -= 1;
      headLeft -= 1;
    } else if (sign === 0x2b && headLeft > 0) {
      if (isTold) options.onLine?.(name, '+', headLine, bytes.subarray(start + 1, end));
      extend(current?.added, headLine);
      headLine += 1;
      headLeft -= 1;
    } else if (sign === 0x2d && baseLeft > 0) {
      if (isTold) options.onLine?.(name, '-', baseLine, bytes.subarray(start + 1, end));
      extend(current?.deleted, baseLine);
      baseLine += 1;
      baseLeft -= 1;
    } else {
      throw new Error('the patch has a line in a hunk that is not understood');
    }
    if (baseLeft < 0 || headLeft < 0) throw new Error('a hunk of the patch has more lines than it announces');
  }

  function keep(piece: Uint8Array): void {
    if (pendingBytes < keptBytes && piece.length > 0)
      pending.push(piece.subarray(0, keptBytes - pendingBytes));
    pendingBytes += piece.length;
  }

  return {
    push(chunk) {
      const { length } = chunk;
      const isPieceTold = options.mayMatter?.(chunk) ?? true;
      let at = 0;
      while (at < length) {
        let end = at;
        while (end < length && chunk[end] !== newline) end += 1;
        if (end === length) {
          keep(chunk.subarray(at));
          return;
        }
        if (pendingBytes === 0) {
          isTold = isPieceTold;
          takeLine(chunk, at, Math.min(end, at + keptBytes));
        } else {
          keep(chunk.subarray(at, end));
          const line = Buffer.concat(pending);
          // What a line that two pieces share holds, neither piece alone has shown.
          isTold = true;
          takeLine(line, 0, line.length);
          pending = [];
          pendingBytes = 0;
        }
        at = end + 1;
      }
    },
    end() {
      if (baseLeft > 0 || headLeft > 0 || pendingBytes > 0)
        throw new Error('the patch ends in the middle of a line or hunk');
      return patches;
    },
  };
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}

function extend(ranges: { start: number; end: number }[] | undefined, line: number): void {
  const last = ranges?.at(-1);
  if (last && last.end === line - 1) last.end = line;
  else ranges?.push({ start: line, end: line });
}
