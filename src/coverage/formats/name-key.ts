const encoder = new TextEncoder();

/**
 * Makes a 52-bit key (two FNV-1a variants) of the bytes of a name of any length, at least 2^32, so that it never meets a
 * line number used as a key. Among 10,000 functions of one file two equal keys have a chance of about 1 in 90 million.
 */
export class NameKey {
  #high = 0x811c9dc5;
  #low = 0x2f0b4c47;

  /** Begins anew, where `other` stands if it is given. */
  restart(other?: NameKey): void {
    this.#high = other === undefined ? 0x811c9dc5 : other.#high;
    this.#low = other === undefined ? 0x2f0b4c47 : other.#low;
  }

  addBytes(bytes: Uint8Array, from: number, to: number): void {
    let high = this.#high;
    let low = this.#low;
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at] as number;
      high = Math.imul(high ^ byte, 0x01000193);
      low = Math.imul(low ^ byte, 0x01000197);
    }
    this.#high = high;
    this.#low = low;
  }

  addText(text: string): void {
    const bytes = encoder.encode(text);
    this.addBytes(bytes, 0, bytes.length);
  }

  /** The key of all that was added so far. */
  value(): number {
    return ((this.#high >>> 0) % 0xfffff) * 2 ** 32 + 2 ** 32 + (this.#low >>> 0);
  }
}

const shared = new NameKey();

export function nameKey(bytes: Uint8Array, from: number, to: number): number {
  shared.restart();
  shared.addBytes(bytes, from, to);
  return shared.value();
}

export function textKey(text: string): number {
  shared.restart();
  shared.addText(text);
  return shared.value();
}

/**
 * The key of a function: its name's key, the line it begins in (0 where that is not known) and how many of the same name and
 * line came before it. Line and place go behind the name, so that keys of many names keep the names' order.
 */
export function functionKey(name: number, line: number, before: number): number {
  return name + (line % 2 ** 23) * 256 + Math.min(before, 255);
}
