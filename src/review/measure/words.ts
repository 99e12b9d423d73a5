/**
 * Words in a review's own text: runs without white space that hold a letter or a digit, so that a lone emoji or list mark
 * is none and a link is one. What the writer did not write is left out: hidden comments, quoted lines and code blocks.
 * Domain: any Markdown. Source: chosen by us.
 */
export function wordsOf(body: string): number {
  return ownLines(body)
    .map((line) => line.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length)
    .reduce((sum, words) => sum + words, 0);
}

/**
 * Whether a sentence of the writer's own ends with a question mark, as Latin, Greek, Arabic, Armenian or CJK scripts write it. A
 * question mark inside inline code or a link's address asks nothing.
 * Domain: any Markdown. Source: chosen by us.
 */
export function asksQuestion(body: string): boolean {
  return ownLines(body).some((line) =>
    // A space may stand before the mark (French) where nothing follows; elsewhere it is an operator.
    /[\p{L}\p{N})"'”’»*_][?？؟՞\u037e](?=$|[\s)"'”’»*_?!])|[\p{L}\p{N}»] ?\u00a0?[?]\s*$/u.test(
      line.replace(/`[^`]*`/g, 'x').replace(/https?:\S+/g, 'x'),
    ),
  );
}

function ownLines(body: string): readonly string[] {
  let isCode = false;
  return withoutHiddenComments(body)
    .split(/\r\n|\r|\n/)
    .filter((line) => {
      if (/^ {0,3}(?:```|~~~)/.test(line)) {
        isCode = !isCode;
        return false;
      }
      return !isCode && !/^ {0,3}>/.test(line);
    });
}

/** Walks by index: a pattern with a lazy middle takes quadratic time on a text full of unclosed "<!--". */
function withoutHiddenComments(text: string): string {
  let rest = '';
  let from = 0;
  for (let open = text.indexOf('<!--'); open !== -1; open = text.indexOf('<!--', from)) {
    rest += text.slice(from, open);
    const close = text.indexOf('-->', open + 4);
    if (close === -1) return rest;
    from = close + 3;
  }
  return rest + text.slice(from);
}
