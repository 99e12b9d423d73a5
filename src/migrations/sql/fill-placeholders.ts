/** `{{ .Schema }}`, as Go's and others' templates write what is put in when the migration runs. */
const placeholder = /\{\{-?[ \t]*[.$A-Za-z(][^{}\n]{0,200}\}\}/g;
const schemaBefore = /(["`]?)\{\{-?[ \t]*[.$A-Za-z(][^{}\n]{0,200}\}\}\1\./g;
/** `{{ if … }}` and `{{ end }}` stand for nothing themselves. */
const control = /^\{\{-?\s*(?:if|else|end|range|with|define|block|template)\b/;

export function hasPlaceholders(text: string): boolean {
  return text.includes('{{');
}

/**
 * The text with a name of the same length in place of each placeholder, so that it can be read and every line and column
 * stays. A schema that is put in before a table's name is left out: the table alone says which one it is.
 */
export function fillPlaceholders(text: string): string {
  if (!hasPlaceholders(text)) return text;
  return text
    .replace(schemaBefore, (found) => ' '.repeat(found.length))
    .replace(placeholder, (found) =>
      control.test(found) ? ' '.repeat(found.length) : 'p'.padEnd(found.length, '_'),
    );
}
