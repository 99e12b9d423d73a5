import { openReader } from '../../../src/coverage/formats/open-reader.ts';
import type { RawReport } from '../../../src/coverage/formats/raw-report.ts';
import { recogniseFormat } from '../../../src/coverage/formats/recognise-format.ts';
import { statusRuns } from '../../../src/coverage/measure/status-runs.ts';

/** Recognises and reads a text in chunks of the given size. */
export function readText(text: string, chunkSize = Number.POSITIVE_INFINITY): RawReport {
  const bytes = new TextEncoder().encode(text);
  const format = recogniseFormat(bytes);
  if (typeof format !== 'string') throw new Error(format.notRecognised);
  const reader = openReader(format);
  const size = Math.min(chunkSize, bytes.length);
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = bytes.slice(at, at + size);
    reader.push(chunk);
    // Readers may not keep what they were lent.
    chunk.fill(0);
  }
  return reader.finish();
}

export function runsOf(text: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(readText(text).files.map((file) => [file.path, statusRuns(file)]));
}
