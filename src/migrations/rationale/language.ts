import { functionWords, genericWords, schemaWords } from './vocabulary.ts';
import { isCamelCase, letterwise, stem, wordsOf } from './words.ts';

/** Frequent words of other languages written in Latin letters; those that are English words or SQL too are left out. */
const foreignWords: ReadonlySet<string> = new Set(
  `
der das und ist nicht für mit ein eine einen einer wird werden auf von zu zum zur den dem des wir weil damit sich auch
noch mehr nur wenn kann können wurde wurden sind bei nach seit aus durch mehr keine kein oder dass über
le la les et est pour une dans qui sur pas avec nous car du au aux cette ce ces sont plus être fait par ne il elle trop
el los las es para por con del que se porque como más pero este esta una lo ya muy están está son eso puede sin
os uma com não em da na no são está muito já pelo pela mas foi num isso quando seu sua
gli che per non della delle perché sono questo questa nel è ed troppo
de het een van niet voor wij omdat wordt worden ook naar zijn deze dit maar zodat
nie się jest do że dla aby już ponieważ został przez oraz
och att det är för inte som på av til ikke og er vi så den ett kan
ve bir bu için ile değil olarak daha çok
je na že pro aby které není jsou jako
yang dan untuk dengan tidak ini karena dari
và của cho không được là các
ja on ei että ovat kun sekä
și pentru este nu care din
az és nem hogy egy mert
`
    .split(/\s+/)
    .filter((word) => word !== '' && !['no', 'do', 'on', 'er', 'per', 'lo', 'est', 'so'].includes(word)),
);

const twoCapitals = letterwise('^[\\p{Lu}]{2}');

/** So many characters tell a text's language. */
const tellingLength = 8000;

/**
 * Whether a text is English as far as its letters and its smallest words tell. Anything else, unknown languages
 * included, is `other`: the rubric's dictionaries are English and it does not pretend to read more.
 */
export function languageOf(whole: string): 'english' | 'other' {
  if (whole.length < 4) return 'english';
  const text = whole.slice(0, tellingLength);
  if (/[^\0-\u024f]/.test(text)) {
    const letters = text.match(/\p{L}/gu)?.length ?? 0;
    const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
    if (letters - latin >= 4 && letters - latin > letters * 0.3) return 'other';
  }
  const words = wordsOf(text).filter((word) => !isNameInCode(word));
  const foreign = new Set<string>();
  let english = 0;
  let foreignCount = 0;
  for (const word of words) {
    const lower = word.toLowerCase();
    if (foreignWords.has(lower)) {
      foreign.add(lower);
      foreignCount += 1;
    } else if (functionWords.has(stem(lower))) english += 1;
  }
  if (foreign.size >= 2 && foreignCount > english) return 'other';
  const isBare =
    english === 0 && !words.some((word) => genericWords.has(stem(word)) || schemaWords.has(stem(word)));
  // One nonsense word said over and over is no language.
  const isVaried = new Set(words.map((word) => word.toLowerCase())).size >= 6;
  return words.length >= 12 && isVaried && isBare ? 'other' : 'english';
}

/** `legacy_id`, `pausedAt`, `ID`: they are of no language. */
function isNameInCode(word: string): boolean {
  return /[_\d.]/.test(word) || isCamelCase(word) || twoCapitals(word).test(word);
}
