/**
 * One expression for texts of ASCII alone, which most are, and one for all others: to compile the letters of all scripts
 * takes longer than to read a short text. `source` names letters inside brackets only.
 */
export function letterwise(source: string, flags = ''): (text: string) => RegExp {
  let ascii: RegExp | undefined;
  let any: RegExp | undefined;
  return (text) => {
    if (/[^\0-\x7f]/.test(text)) {
      any ??= new RegExp(source, `${flags}u`);
      return any;
    }
    ascii ??= new RegExp(
      source.replace(/\\p\{(?:L|Lu|Ll|N)\}/g, (letters) => asciiOf[letters] ?? ''),
      flags,
    );
    return ascii;
  };
}

const asciiOf: Readonly<Record<string, string>> = {
  '\\p{L}': 'A-Za-z',
  '\\p{Lu}': 'A-Z',
  '\\p{Ll}': 'a-z',
  '\\p{N}': '0-9',
};

const word = letterwise("[\\p{L}\\p{N}]+(?:['’_.-]+[\\p{L}\\p{N}]+)*", 'g');
const hump = letterwise('([\\p{Ll}])([\\p{Lu}])', 'g');
const noLetters = letterwise('[^\\p{L}]+');
const capitalInside = letterwise('[\\p{Ll}][\\p{Lu}]');

/** The words of a text, identifiers and version numbers whole: "users.legacy_id since 4.2" has three. */
export function wordsOf(text: string): readonly string[] {
  return text.match(word(text)) ?? [];
}

/** "pausedAt", "GitHub". */
export function isCamelCase(text: string): boolean {
  return capitalInside(text).test(text);
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
  return rest.length > 3 && rest.endsWith('e') && !keepingE.has(rest) ? rest.slice(0, -1) : rest;
}

/** Without their final e these would be words of grammar or units: "note" and "not", "theme" and "them". */
const keepingE: ReadonlySet<string> = new Set(['note', 'theme', 'mine', 'fore', 'cane']);

function withoutDouble(word: string): string {
  return word.length > 3 && word.at(-1) === word.at(-2) && !'ls'.includes(word.at(-1) ?? '')
    ? word.slice(0, -1)
    : word;
}

/** "order_items", "orderItems" and "public.order-items2" in their parts, stemmed. */
export function partsOf(identifier: string): readonly string[] {
  return identifier
    .replace(hump(identifier), '$1 $2')
    .split(noLetters(identifier))
    .filter((part) => part.length > 1)
    .map(stem);
}

/** Words of English by their stems. */
export interface Dictionary {
  has(stemmed: string): boolean;
}

/** A dictionary written as one string of words; it is made when first asked: a change without migrations needs none. */
export function dictionary(words: string): Dictionary {
  let stems: ReadonlySet<string> | undefined;
  return {
    has(stemmed) {
      stems ??= new Set(words.split(/\s+/).filter(Boolean).map(stem));
      return stems.has(stemmed);
    },
  };
}
