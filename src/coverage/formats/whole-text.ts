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

  /** Throws `MalformedReport` when the text is no JSON. */
  parse(): unknown {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    this.#chunks.length = 0;
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      throw new MalformedReport('it is no valid JSON; it may be cut off');
    }
  }
}
