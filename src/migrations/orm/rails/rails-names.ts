const uncountable: ReadonlySet<string> = new Set([
  'equipment', 'information', 'rice', 'money', 'species', 'series', 'fish', 'sheep', 'jeans', 'police', 'news', 'metadata',
]); // biome-ignore format: a list reads better in few lines

const irregular: Readonly<Record<string, string>> = {
  person: 'people', man: 'men', child: 'children', move: 'moves', sex: 'sexes', zombie: 'zombies', ox: 'oxen',
  mouse: 'mice', louse: 'lice', quiz: 'quizzes', octopus: 'octopi', virus: 'viri', alias: 'aliases', status: 'statuses',
}; // biome-ignore format: a table reads better in few lines

/** The table of a singular name, as Rails inflects English words. Source: ActiveSupport, `inflections.rb`. */
export function pluralOf(name: string): string {
  const start = name.lastIndexOf('_') + 1;
  const word = name.slice(start);
  return name.slice(0, start) + pluralWord(word);
}

function pluralWord(word: string): string {
  if (uncountable.has(word)) return word;
  const known = irregular[word];
  if (known !== undefined) return known;
  if (Object.values(irregular).includes(word)) return word;
  if (/(?:matr|append)ix$|(?:vert|ind)ex$/.test(word)) return word.replace(/(?:ix|ex)$/, 'ices');
  if (/sis$/.test(word)) return word.replace(/sis$/, 'ses');
  if (/(?:[ti])um$/.test(word)) return word.replace(/um$/, 'a');
  if (/(?:[^f])fe$/.test(word)) return word.replace(/fe$/, 'ves');
  if (/(?:[lr])f$/.test(word)) return word.replace(/f$/, 'ves');
  if (/(?:[^aeiouy]|qu)y$/.test(word)) return word.replace(/y$/, 'ies');
  if (/(?:x|ch|ss|sh)$/.test(word)) return `${word}es`;
  if (/(?:buffal|tomat|her)o$/.test(word)) return `${word}es`;
  if (/(?:bus)$/.test(word)) return `${word}es`;
  return /s$/.test(word) ? word : `${word}s`;
}

/** The word of a plural name, for the key column that points at it ("user" of "users"). */
export function singularOf(name: string): string {
  const start = name.lastIndexOf('_') + 1;
  const word = name.slice(start);
  return name.slice(0, start) + singularWord(word);
}

function singularWord(word: string): string {
  if (uncountable.has(word)) return word;
  for (const [one, many] of Object.entries(irregular)) if (word === many) return one;
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/(?:matr|append)ices$/.test(word)) return word.replace(/ices$/, 'ix');
  if (/(?:vert|ind)ices$/.test(word)) return word.replace(/ices$/, 'ex');
  if (/(?:analy|ba|diagno|parenthe|progno|synop|the)ses$/.test(word)) return word.replace(/ses$/, 'sis');
  if (/(?:x|ch|ss|sh|bus)es$/.test(word)) return word.replace(/es$/, '');
  if (/(?:buffal|tomat|her)oes$/.test(word)) return word.replace(/es$/, '');
  if (/movies$/.test(word)) return word.replace(/s$/, '');
  if (/(?:[^aeiouy]|qu)ies$/.test(word)) return word.replace(/ies$/, 'y');
  if (/(?:[lr])ves$/.test(word)) return word.replace(/ves$/, 'f');
  if (/(?:[^f])ves$/.test(word) && !/(?:hi|ti|mo|cur|val|ser|driv|lea|receiv|arch)ves$/.test(word))
    return word.replace(/ves$/, 've');
  return word.replace(/s$/, '');
}

/** The name Rails gives an index; a longer one than PostgreSQL keeps gets a hash, which is left out. */
export function indexName(table: string, columns: readonly string[]): string {
  const words = columns.join(' ').match(/\w+/g) ?? [];
  return `index_${table.replaceAll('.', '_')}_on_${words.join(columns.length > 1 ? '_and_' : '_')}`;
}
