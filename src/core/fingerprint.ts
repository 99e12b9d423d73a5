const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Six base-32 characters (30 bits of FNV-1a 64) of a rule and what its finding is about. In a change with 50 findings
 * the chance of two equal ones is about 1 in 900,000; the ordinal keeps even those apart inside one rule.
 */
export function fingerprint(rule: string, identity: readonly string[], ordinal: number): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode([rule, ...identity, String(ordinal)].join('\0'))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  let bits = hash ^ (hash >> 32n);
  let text = '';
  for (let place = 0; place < 6; place += 1) {
    text += alphabet[Number(bits & 31n)];
    bits >>= 5n;
  }
  return text;
}
