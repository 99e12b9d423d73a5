/** The words of a text, identifiers and version numbers whole: "users.legacy_id since 4.2" has three. */
export function wordsOf(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]+(?:['’_.-]+[\p{L}\p{N}]+)*/gu) ?? [];
}

/**
 * A crude common form, so that "indexes", "indexed" and "index" meet: lower case, without plural, -ing, -ed and a final
 * e. It is applied to dictionaries and texts alike and never shown.
 */
export function stem(word: string): string {
  let rest = word.toLowerCase().replace('’', "'");
  // "900ms" is no plural.
  if (/^\d/.test(rest)) return rest;
  if (rest.endsWith("'s")) rest = rest.slice(0, -2);
  if (rest.length > 4 && rest.endsWith('ies')) rest = `${rest.slice(0, -3)}y`;
  else if (rest.length > 4 && /(?:s|x|ch|sh|z)es$/.test(rest)) rest = rest.slice(0, -2);
  else if (rest.length > 3 && rest.endsWith('s') && !rest.endsWith('ss')) rest = rest.slice(0, -1);
  if (rest.length > 5 && rest.endsWith('ing')) rest = withoutDouble(rest.slice(0, -3));
  else if (rest.length > 4 && rest.endsWith('ed')) rest = withoutDouble(rest.slice(0, -2));
  return rest.length > 3 && rest.endsWith('e') ? rest.slice(0, -1) : rest;
}

function withoutDouble(word: string): string {
  return word.length > 3 && word.at(-1) === word.at(-2) && !'ls'.includes(word.at(-1) ?? '')
    ? word.slice(0, -1)
    : word;
}

/** "order_items", "orderItems" and "public.order-items2" in their parts, stemmed. */
export function partsOf(identifier: string): readonly string[] {
  return identifier
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}]+/u)
    .filter((part) => part.length > 1)
    .map(stem);
}

/** A dictionary written as one string of words, stemmed. */
export function dictionary(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter(Boolean).map(stem));
}
