const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or a quoted attribute. Controls and marks that turn the direction of text become visible. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) =>
      character === '\n' || character === '\t' ? ' ' : '\ufffd',
    )
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** The same, with what stands between backticks as code: the one mark that our own texts use. */
export function inlineHtml(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, index) =>
      index % 2 === 0 ? escapeHtml(part) : `<code>${escapeHtml(part.slice(1, -1))}</code>`,
    )
    .join('');
}
