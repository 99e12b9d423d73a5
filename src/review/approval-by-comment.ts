/**
 * Whether a comment gives an approval, and for which commit. It does when one of its own lines (no quote, no code, no
 * hidden comment) begins with one of the words, after at most two words that qualify it ("tested ACK", "re-ACK", "code review ACK"). A
 * commit id of at least seven characters behind the word names what was approved.
 * Domain: any Markdown; words are compared as written, capitals included. Without words nothing is an approval.
 * Source: the convention of Bitcoin Core's contributors ("ACK 4f2c1ab"), configurable as policy-bot's comment patterns are.
 */
export function approvalByComment(
  body: string,
  words: readonly string[],
): { readonly commit?: string } | undefined {
  if (words.length === 0) return undefined;
  let isCode = false;
  for (const line of body.slice(0, 65_536).split(/\r\n|\r|\n/)) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) isCode = !isCode;
    if (isCode || /^\s*>|^ {0,3}(?:```|~~~)|^\s*<!--/.test(line)) continue;
    const parts = line.split(/[\s*_:,.;!()[\]`]+/).filter(Boolean);
    const place = parts
      .slice(0, 3)
      .findIndex((part) => words.includes(part.replace(/^(?:re|ut|t|cr)-?(?=[A-Z])/, '')));
    // "I would not ACK this" begins with too many words; "no ACK" and "Concept ACK" are no approvals of the code.
    if (place < 0 || parts.slice(0, place).some((part) => /^(?:no|not|concept|approach|n)$/i.test(part)))
      continue;
    const commit = /^[0-9a-f]{7,64}$/.exec(parts[place + 1] ?? '')?.[0];
    return commit === undefined ? {} : { commit };
  }
  return undefined;
}
