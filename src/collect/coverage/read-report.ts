import { open, stat } from 'node:fs/promises';
import { type Unavailable, unavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import { MalformedReport } from '../../coverage/formats/malformed-report.ts';
import { openReader } from '../../coverage/formats/open-reader.ts';
import type { RawReport, ReportReader } from '../../coverage/formats/raw-report.ts';
import { recognisedFrom, recogniseFormat } from '../../coverage/formats/recognise-format.ts';

/** Larger than any real report we know; reading one takes seconds, not minutes. */
export const largestReport = 1024 * 1024 * 1024;

/** Larger pieces wait less often for the thread that reads. */
const chunkSize = 1 << 20;

export interface NotAReport extends Unavailable {
  /** The content is of another kind: a file found by its name alone may be passed over. */
  readonly isOtherContent: boolean;
}

/**
 * Reads a report from a path, or from bytes that stand for a file called `name`. What cannot be read comes back as one
 * sentence that names the file and, where there is one, the line.
 */
export async function readReport(
  source: string | Uint8Array,
  name?: string,
): Promise<RawReport | NotAReport> {
  const label = quoteName(name ?? (typeof source === 'string' ? source : 'the report'));
  try {
    if (typeof source !== 'string') return readBytes(source, label);
    return await readFile(source, label);
  } catch (error) {
    if (error instanceof MalformedReport) return refusal(`${label}: ${error.message}`, false);
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return refusal(`${label} does not exist`, false);
    if (code === 'EACCES' || code === 'EPERM') return refusal(`${label} may not be read (${code})`, false);
    if (code === 'EISDIR') return refusal(`${label} is a folder`, false);
    if (code !== undefined) return refusal(`${label} cannot be read (${code})`, false);
    throw error;
  }
}

async function readFile(path: string, label: string): Promise<RawReport | NotAReport> {
  // Before it is opened: opening a pipe that nobody writes to never ends.
  const found = await stat(path);
  if (found.isDirectory()) return refusal(`${label} is a folder`, false);
  if (!found.isFile()) return refusal(`${label} is no ordinary file`, false);
  if (found.size > largestReport) return refusal(`${label} is larger than 1 GiB`, false);
  const file = await open(path, 'r');
  const [first, second] = [new Uint8Array(chunkSize), new Uint8Array(chunkSize)];
  // One piece is read from the disk while the one before it is worked on.
  let ahead = file.read(first, 0, chunkSize);
  try {
    let reader: ReportReader | undefined;
    let read = 0;
    for (;;) {
      const { bytesRead, buffer } = await ahead;
      if (bytesRead === 0) break;
      ahead = file.read(buffer === first ? second : first, 0, chunkSize);
      read += bytesRead;
      // A file that grows while it is read must not outgrow the limit.
      if (read > largestReport) return refusal(`${label} is larger than 1 GiB`, false);
      const bytes = buffer.subarray(0, bytesRead);
      reader ??= readerFor(bytes, label);
      reader.push(bytes);
    }
    return (reader ?? readerFor(first.subarray(0, 0), label)).finish();
  } catch (error) {
    if (error instanceof OtherContent) return refusal(error.message, true);
    throw error;
  } finally {
    await ahead.catch(() => undefined);
    await file.close();
  }
}

function readBytes(bytes: Uint8Array, label: string): RawReport | NotAReport {
  try {
    const reader = readerFor(bytes, label);
    reader.push(bytes);
    return reader.finish();
  } catch (error) {
    if (error instanceof OtherContent) return refusal(error.message, true);
    throw error;
  }
}

class OtherContent extends Error {}

function readerFor(head: Uint8Array, label: string): ReportReader {
  const format = recogniseFormat(head.subarray(0, recognisedFrom));
  if (typeof format !== 'string') throw new OtherContent(`${label} is not read: ${format.notRecognised}`);
  return openReader(format);
}

function refusal(sentence: string, isOtherContent: boolean): NotAReport {
  return { ...unavailable(sentence), isOtherContent };
}
