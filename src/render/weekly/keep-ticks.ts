const box = /^- \[([ xX])\] (.*)$/;

/** The body with the boxes ticked that people have ticked in an earlier version of it, on lines that say the same but for their numbers. */
export function keepTicks(body: string, earlier: string): string {
  const ticked = new Set(
    earlier.split(/\r?\n/).flatMap((line) => {
      const [, mark, text = ''] = box.exec(line) ?? [];
      return mark === 'x' || mark === 'X' ? [withoutNumbers(text)] : [];
    }),
  );
  if (ticked.size === 0) return body;
  return body
    .split('\n')
    .map((line) => {
      const [, , text] = box.exec(line) ?? [];
      return text !== undefined && ticked.has(withoutNumbers(text)) ? `- [x] ${text}` : line;
    })
    .join('\n');
}

function withoutNumbers(text: string): string {
  return text.replace(/[\d.,]+/g, '').trimEnd();
}
