/**
 * A 52-bit key (two FNV-1a variants) for a name of any length, at least 2^32, so that it never meets a line number used
 * as a key. Among 10,000 functions of one file two equal keys have a chance of about 1 in 90 million.
 */
export function nameKey(bytes: Uint8Array, from: number, to: number): number {
  let high = 0x811c9dc5;
  let low = 0x2f0b4c47;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    high = Math.imul(high ^ byte, 0x01000193);
    low = Math.imul(low ^ byte, 0x01000197);
  }
  return ((high >>> 0) % 0xfffff) * 2 ** 32 + 2 ** 32 + (low >>> 0);
}

export function textKey(text: string): number {
  const bytes = new TextEncoder().encode(text);
  return nameKey(bytes, 0, bytes.length);
}
