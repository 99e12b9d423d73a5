/** The words of a name in any of the usual spellings: `order_items`, `orderItems`, `OrderItems`. */
export function wordsOfName(name: string): readonly string[] {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** How code may write the name of a column: as it is, in snake, camel, Pascal and upper case. */
export function columnVariants(column: string): readonly string[] {
  return distinct([column, ...spellings(wordsOfName(column))]);
}

/** A table's name and, where models are called after it, its singular in Pascal case. */
export function tableVariants(table: string): readonly string[] {
  const name = table.split('.').at(-1) ?? table;
  const words = wordsOfName(name);
  const last = words.at(-1) ?? '';
  const singular = [...words.slice(0, -1), singularOf(last)];
  const models = spellings(singular).filter((one) => /^\p{Lu}\p{Ll}/u.test(one));
  return distinct([name, ...spellings(words), ...models]);
}

function distinct(variants: readonly string[]): readonly string[] {
  return [...new Set(variants)].filter((variant) => variant !== '');
}

function spellings(words: readonly string[]): readonly string[] {
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  const pascal = words.map(capital).join('');
  return [
    words.join('_'),
    pascal.charAt(0).toLowerCase() + pascal.slice(1),
    pascal,
    words.join('_').toUpperCase(),
  ];
}

function singularOf(word: string): string {
  if (/ies$/.test(word) && word.length > 4) return word.replace(/ies$/, 'y');
  if (/(ss|us|is)$/.test(word)) return word;
  if (/(s|x|z|ch|sh)es$/.test(word)) return word.replace(/es$/, '');
  return word.replace(/s$/, '');
}
