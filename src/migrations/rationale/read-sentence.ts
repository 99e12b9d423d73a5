import { cuesOf, isBackName } from './cues.ts';
import { withoutPointers } from './pointers.ts';
import type { Sentence } from './prose.ts';
import type { Question } from './reason-text.ts';
import type { SubjectOfChange } from './subject-of-change.ts';
import type { Topic } from './topics.ts';
import {
  ddlVerbs,
  functionWords,
  genericWords,
  pointerWords,
  schemaNouns,
  schemaWords,
  stepOpeners,
} from './vocabulary.ts';
import { callsUseless, hasWhyCue, isWhyWord, namesDuration } from './why-cues.ts';
import { partsOf, stem, wordsOf } from './words.ts';

/** What one sentence adds. */
export interface SentenceReading {
  /** The most it amounts to by itself. */
  readonly worth: 'none' | 'pointer' | 'filler' | 'restates' | 'says something';
  /** Questions it answers in words. */
  readonly answers: ReadonlySet<Question>;
  /**
   * It says what the change is for, without giving a cause: enough where little can go wrong. Two words of matter do when
   * the sentence speaks of the product and not of tables and columns ("keyboard navigation setting").
   */
  readonly namesPurpose: boolean;
  /** It has so much matter of its own that it is a why without a cue, unless it is a mere title. */
  readonly isRich: boolean;
  /** It speaks of something, and not of tables and columns. */
  readonly isPlain: boolean;
  /** It says that something is of no use. */
  readonly callsUseless: boolean;
  /** Its distinct words with matter, stemmed, and those of them that the SQL does not have. */
  readonly content: ReadonlySet<string>;
  readonly news: ReadonlySet<string>;
}

/** Distinct words with matter that a cause needs around its cue, and how many of them must be news beside the SQL. */
const contentOfReason = 3;
const newsOfReason = 2;
/** So many words of news tell a purpose without a cue ("Couriers drove to addresses nobody had ordered from"). */
const newsOfPurpose = 4;
/** What a sentence that tells a statement needs beyond that ("This adds the token profile of RFC 9068 as an option per client"). */
const newsOfStep = 2;
/** Distinct words with matter, beside the cue, that a way back or an order needs ("restore the snapshot" has them). */
const contentOfAnswer = 2;

/** One or two characters are no sentence in English ("ok"). */
const tooShort: SentenceReading = {
  worth: 'filler',
  answers: new Set(),
  namesPurpose: false,
  isRich: false,
  isPlain: false,
  callsUseless: false,
  content: new Set(),
  news: new Set(),
};

/**
 * Reads one English sentence against what the change itself is called. A cause may lean on the sentence `before` it ("All
 * feeds start with the pinned posts. So they need …").
 */
export function readSentence(
  sentence: Sentence,
  subject: SubjectOfChange,
  before?: SentenceReading,
): SentenceReading {
  if (sentence.text.length < 3) return tooShort;
  const { text, pointers } = withoutPointers(sentence.text);
  const words = wordsOf(text);
  const stems = words.map(stem);
  const { content, news, besideCue, touchesSchema, isPlain } = matterOf(words, stems, subject);
  const answers = new Set<Question>();
  const input = { text: words.join(' ').toLowerCase(), stems };
  const touched = cuesOf(input, subject.own);
  // "Takes 4 s" tells a trouble, "the build takes 4 s" an impact.
  const hasCue = content.size > 0 && (hasWhyCue(input) || (touched.length === 0 && namesDuration(stems)));
  const hasMatter = [...content, ...(before?.content ?? [])].some((word) => !isWhyWord(word));
  // "fix: …" above "The NOT NULL constraints are incorrect": the trouble is the schema itself.
  const isStep = tellsStep(stems);
  const isWhy = sentence.topics.includes('why');
  if (isWhy && (news.size >= newsOfReason || (touchesSchema && !isStep && hasWhyCue(input))))
    answers.add('why');
  if (hasCue && hasMatter) {
    const allNews = new Set([...news, ...(before?.news ?? [])]);
    const allContent = new Set([...content, ...(before?.content ?? [])]);
    if (allNews.size >= newsOfReason && allContent.size >= contentOfReason) answers.add('why');
  }
  const isOfOthers = touched.length > 0 || sentence.topics.some(isOtherQuestion);
  const isRich = news.size >= newsOfPurpose + (isStep ? newsOfStep : 0) && hasMatter && !isOfOthers;
  if (besideCue.size >= contentOfAnswer) {
    for (const question of touched) answers.add(question);
    for (const topic of sentence.topics) if (isOtherQuestion(topic)) answers.add(topic);
  }
  const namesPurpose =
    hasMatter &&
    (news.size >= 2 ||
      (content.size >= 2 && (hasCue || isPlain || (!isStep && opensWithNews(stems, subject)))) ||
      (news.size >= 1 && (isForSomething(words, news) || sentence.topics.includes('why'))));
  const says = answers.size > 0 || namesPurpose || isRich;
  return {
    worth: worthOf(words, stems, pointers, touchesSchema, says),
    answers,
    namesPurpose,
    isRich,
    isPlain: isPlain && content.size > 0,
    callsUseless: callsUseless(input),
    content,
    news,
  };
}

function isOtherQuestion(topic: Topic): topic is Exclude<Question, 'why'> {
  return topic !== 'migration' && topic !== 'why';
}

interface Matter {
  readonly content: ReadonlySet<string>;
  readonly news: ReadonlySet<string>;
  /** Words with matter other than mere names of a way back; here the names of tables and statements count ("drop the index"). */
  readonly besideCue: ReadonlySet<string>;
  readonly touchesSchema: boolean;
  readonly isPlain: boolean;
}

function matterOf(words: readonly string[], stems: readonly string[], subject: SubjectOfChange): Matter {
  const content = new Set<string>();
  const news = new Set<string>();
  const besideCue = new Set<string>();
  let touchesSchema = false;
  let isPlain = true;
  words.forEach((word, at) => {
    const stemmed = stems[at] ?? '';
    if (stemmed.length < 2 || functionWords.has(stemmed)) return;
    const isSchema = schemaWords.has(stemmed) || ddlVerbs.has(stemmed);
    const isCompound = isCompoundName(word, subject);
    const isIdentifier = isCompound || subject.identifiers.has(word.toLowerCase());
    if (isSchema || isIdentifier || subject.parts.has(stemmed)) touchesSchema = true;
    if (isCompound || schemaNouns.has(stemmed)) isPlain = false;
    if (!isBackName(stemmed) && !genericWords.has(stemmed)) besideCue.add(stemmed);
    if (isSchema || isCompound || genericWords.has(stemmed) || isFigure(stemmed)) return;
    content.add(stemmed);
    if (!subject.parts.has(stemmed)) news.add(stemmed);
  });
  return { content, news, besideCue, touchesSchema, isPlain };
}

function worthOf(
  words: readonly string[],
  stems: readonly string[],
  pointers: number,
  touchesSchema: boolean,
  says: boolean,
): SentenceReading['worth'] {
  if (says) return 'says something';
  if (words.length === 0) return pointers > 0 ? 'pointer' : 'none';
  const onlyPoints = (word: string): boolean =>
    pointerWords.has(word) || functionWords.has(word) || genericWords.has(word);
  if (pointers > 0 && stems.every(onlyPoints)) return 'pointer';
  return touchesSchema ? 'restates' : 'filler';
}

/** "41", "1.2.0", "2026-03-01", "90s": a figure measures matter and is none. */
function isFigure(word: string): boolean {
  return /^\d[\d.,:-]{0,30}[a-z]{0,3}$/.test(word);
}

/** "Bring your own key": the first word is neither the schema's nor SQL's. */
function opensWithNews(stems: readonly string[], subject: SubjectOfChange): boolean {
  const first = stems[0] ?? '';
  return !subject.parts.has(first) && !schemaWords.has(first) && !functionWords.has(first);
}

/** "Add …", "This migration creates …", "First, update …": the sentence tells a statement. */
function tellsStep(stems: readonly string[]): boolean {
  const verb = stems.find(
    (word) => ddlVerbs.has(word) || !(functionWords.has(word) || stepOpeners.has(word) || isFigure(word)),
  );
  return verb !== undefined && ddlVerbs.has(verb);
}

/** "for invoices", "with watermarks": a purpose in one word of its own. */
function isForSomething(words: readonly string[], news: ReadonlySet<string>): boolean {
  return words.some(
    (word, at) =>
      /^(?:for|with)$/i.test(word) && words.slice(at + 1, at + 4).some((next) => news.has(stem(next))),
  );
}

/** `legacy_id`, `users.legacy_id`, `pausedAt`: a name made of several words, not a word of the language. */
function isCompoundName(word: string, subject: SubjectOfChange): boolean {
  if (!/[_.]|\p{Ll}\p{Lu}/u.test(word) || /^[\d.]+$/.test(word)) return false;
  const parts = partsOf(word);
  return parts.length > 0 && parts.every((part) => subject.parts.has(part));
}
