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
import { dictionary, isCamelCase, partsOf, stem, wordsOf } from './words.ts';

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
  /** It tells a statement ("Add …"). */
  readonly isStep: boolean;
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

/** A step with one of these is taken beside the schema ("Add tests for the permissions helpers"). */
const besideSchema = dictionary(
  'test tests spec specs fixture fixtures mock mocks changelog readme lint linter',
);

/** One or two characters are no sentence in English ("ok"). */
const tooShort: SentenceReading = {
  worth: 'filler',
  answers: new Set(),
  namesPurpose: false,
  isStep: false,
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
  const { content, news, besideCue, touchesSchema, namesSchema, namesCode } = matterOf(words, stems, subject);
  const isPlain = !namesSchema && !namesCode;
  const answers = new Set<Question>();
  // "course_end course_start": names in code say nothing by themselves.
  const isCode = words.every((word) => word.includes('_') || isCamelCase(word));
  const input = { text: words.join(' ').toLowerCase(), stems };
  const touched = cuesOf(input, subject.own);
  // "Takes 4 s" tells a trouble, "the build takes 4 s" an impact.
  const hasCue =
    content.size > 0 && (hasWhyCue(input, subject.names) || (touched.length === 0 && namesDuration(stems)));
  const hasMatter = [...content, ...(before?.content ?? [])].some((word) => !isWhyWord(word));
  // "fix: …" above "The NOT NULL constraints are incorrect": the trouble is the schema itself.
  const isStep = tellsStep(stems);
  const isWhy = sentence.topics.includes('why');
  if (isWhy && (news.size >= newsOfReason || (touchesSchema && !isStep && hasWhyCue(input, subject.names))))
    answers.add('why');
  if (hasCue && hasMatter) {
    const allNews = new Set([...news, ...(before?.news ?? [])]);
    const allContent = new Set([...content, ...(before?.content ?? [])]);
    if (allNews.size >= newsOfReason && allContent.size >= contentOfReason) answers.add('why');
  }
  if (joinsCause(stems)) answers.add('why');
  const isOfOthers = touched.length > 0 || sentence.topics.some(isOtherQuestion);
  const isRich = news.size >= newsOfPurpose + (isStep ? newsOfStep : 0) && hasMatter && !isOfOthers;
  if (besideCue.size >= contentOfAnswer) {
    for (const question of touched) answers.add(question);
    for (const topic of sentence.topics) if (isOtherQuestion(topic)) answers.add(topic);
  }
  const namesPurpose =
    hasMatter &&
    !isCode &&
    !(isStep && stems.some((word) => besideSchema.has(word) && !subject.names.has(word))) &&
    (news.size >= 2 ||
      (content.size >= 2 &&
        (hasCue ||
          (isPlain && !(isStep && news.size === 0)) ||
          (!isStep && opensWithNews(stems, subject)))) ||
      (hasCue && !isStep && !namesSchema) ||
      (news.size >= 1 && (isForSomething(words, news) || (isWhy && !isStep))));
  const says = answers.size > 0 || namesPurpose || isRich;
  return {
    worth: worthOf(words, stems, pointers, touchesSchema, says),
    answers,
    namesPurpose,
    isStep,
    isRich,
    isPlain: isPlain && content.size > 0,
    callsUseless: callsUseless(input),
    content,
    news,
  };
}

const joints: ReadonlySet<string> = new Set(['because', 'so', 'therefore', 'otherwise'].map(stem));
/** Words on either side of such a word, and how many of them need matter, that of the schema included. */
const wordsOfClause = 4;
const matterOfClause = 2;

/** "The default is set in the model now, so we can drop it here": two statements of which one is the other's cause. */
function joinsCause(stems: readonly string[]): boolean {
  const at = stems.findIndex((word, place) => joints.has(word) && place >= wordsOfClause);
  if (at < 0 || stems.length - at - 1 < wordsOfClause) return false;
  const matter = (clause: readonly string[]): ReadonlySet<string> =>
    new Set(clause.filter((word) => !functionWords.has(word) && !genericWords.has(word)));
  const [before, after] = [matter(stems.slice(0, at)), matter(stems.slice(at + 1))];
  if (before.size < matterOfClause || after.size < matterOfClause) return false;
  return [...after].some((word) => !before.has(word));
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
  /** It has a noun of schemas ("column"). */
  readonly namesSchema: boolean;
  /** It has a name of this schema that is made of several words (`legacy_id`). */
  readonly namesCode: boolean;
}

function matterOf(words: readonly string[], stems: readonly string[], subject: SubjectOfChange): Matter {
  const content = new Set<string>();
  const news = new Set<string>();
  const besideCue = new Set<string>();
  let touchesSchema = false;
  let namesSchema = false;
  let namesCode = false;
  words.forEach((word, at) => {
    const stemmed = stems[at] ?? '';
    if (stemmed.length < 2 || functionWords.has(stemmed)) return;
    const isSchema = schemaWords.has(stemmed) || ddlVerbs.has(stemmed);
    const isCompound = isCompoundName(word, subject);
    const isIdentifier = isCompound || subject.identifiers.has(word.toLowerCase());
    if (isSchema || isIdentifier || subject.parts.has(stemmed)) touchesSchema = true;
    if (isCompound) namesCode = true;
    if (schemaNouns.has(stemmed)) namesSchema = true;
    if (!isBackName(stemmed) && !genericWords.has(stemmed)) besideCue.add(stemmed);
    // "Chat feedback" beside the table `chat_feedback` speaks of the product.
    const isName = subject.names.has(stemmed) && !schemaNouns.has(stemmed) && !ddlVerbs.has(stemmed);
    // The version of a product is matter, and no news of this change.
    if (/^v\d{1,4}$/.test(stemmed)) content.add(stemmed);
    if (isCompound || isFigure(stemmed) || (!isName && (isSchema || genericWords.has(stemmed)))) return;
    content.add(stemmed);
    if (!subject.parts.has(stemmed)) news.add(stemmed);
  });
  return { content, news, besideCue, touchesSchema, namesSchema, namesCode };
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

/** "41", "1.2.0", "2026-03-01", "90s": a figure measures matter and is none; "v2", "r22289" and "7af16b" number versions. */
function isFigure(word: string): boolean {
  return /^(?:[rv]?\d[\d.,:-]{0,30}[a-z]{0,3}|(?=[a-f]{0,39}\d)[\da-f]{6,40})$/.test(word);
}

/** "Bring your own key": the first word is neither the schema's nor SQL's. */
function opensWithNews(stems: readonly string[], subject: SubjectOfChange): boolean {
  const first = stems.find((word) => !isFigure(word) && !genericWords.has(word));
  return (
    first !== undefined && !subject.own.has(first) && !schemaWords.has(first) && !functionWords.has(first)
  );
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
      /^(?:for|with)$/i.test(word) &&
      words
        .slice(at + 1, at + 4)
        .some((next) => news.has(stem(next)) || (/^for$/i.test(word) && isWhyWord(stem(next)))),
  );
}

/** `legacy_id`, `users.legacy_id`, `pausedAt`: a name made of several words, not a word of the language. */
function isCompoundName(word: string, subject: SubjectOfChange): boolean {
  if (!(/[_.]/.test(word) || isCamelCase(word)) || /^[\d.]+$/.test(word)) return false;
  const parts = partsOf(word);
  return parts.length > 0 && parts.every((part) => subject.parts.has(part));
}
