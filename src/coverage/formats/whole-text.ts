import { isRecord, type JsonRecord } from './json-record.ts';
import { MalformedReport } from './malformed-report.ts';

/** JSON has to be held in memory whole; larger reports exist as lcov from the same tools. */
export const largestText = 256 * 1024 * 1024;

/** Gathers chunks and gives the text they make. */
export class WholeText {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  push(chunk: Uint8Array): void {
    this.#length += chunk.length;
    if (this.#length > largestText) {
      throw new MalformedReport('a JSON report may have 256 MiB; write lcov instead');
    }
    this.#chunks.push(chunk.slice());
  }

  /** Throws `MalformedReport` when the text is no JSON object. */
  parseObject(): JsonRecord {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    this.#chunks.length = 0;
    const value = parsed(new TextDecoder().decode(bytes));
    if (!isRecord(value)) throw new MalformedReport('it is no JSON object');
    return value;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedReport('it is no valid JSON; it may be cut off');
  }
}
