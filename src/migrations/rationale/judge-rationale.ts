import { languageOf } from './language.ts';
import { type Paragraph, proseOf } from './prose.ts';
import { readSentence, type SentenceReading } from './read-sentence.ts';
import type { ReasonDepth } from './reason-depth.ts';
import type { Question, ReasonPlace, ReasonText } from './reason-text.ts';
import { namesSubject, type SubjectOfChange } from './subject-of-change.ts';
import { wordsOf } from './words.ts';

/** How much of a reason is written, from least to most; `not-judged`: it may be there, in a language the rubric cannot read. */
export type Reading = 'none' | 'pointer' | 'filler' | 'restates' | 'partial' | 'real' | 'not-judged';

/** What a risky change still leaves open; `undo` is "a way back, or what the step does to those who use the table". */
export type OpenQuestion = 'why' | 'undo';

export interface RationaleJudgement {
  readonly reading: Reading;
  /** The questions answered in words, each with the first place that answers it. */
  readonly answered: ReadonlyMap<Question, ReasonPlace>;
  readonly open: readonly OpenQuestion[];
  /** The words say what the change is for, and not which statements it has. */
  readonly namesPurpose: boolean;
  /** English sentences that are about the change, for the claim checker. */
  readonly sentences: readonly string[];
}

interface RationaleInput extends ReasonDepth {
  readonly texts: readonly ReasonText[];
  readonly subject: SubjectOfChange;
  /** The change is about little else, so every sentence counts as being about it. */
  readonly isSmall: boolean;
  /** The change undoes an earlier one: it is its own way back, and any words of its own are its why. */
  readonly isRevert: boolean;
}

const worths = ['none', 'pointer', 'filler', 'restates', 'says something'] as const;

/** Words that a text in another language needs before it may hold a reason ("siehe Ticket" has two). */
const foreignWordsOfReason = 5;
const foreignLettersOfReason = 10;
/** Of scripts in which two letters are a word. */
const denseLettersOfReason = 4;

/** Judges all texts of a change together: what one place leaves open another may answer. */
export function judgeRationale(input: RationaleInput): RationaleJudgement {
  const answered = new Map<Question, ReasonPlace>();
  const sentences: string[] = [];
  let worth: (typeof worths)[number] = 'none';
  let purpose: ReasonPlace | undefined;
  let isPurposeTold = false;
  let isForeign = false;
  for (const text of input.texts) {
    const paragraphs = proseOf(text.text, text.notOurs);
    const whole = paragraphs
      .flatMap((paragraph) => paragraph.sentences.map((sentence) => sentence.text))
      .join(' ');
    const context = text.context ?? whole;
    const isForeignText = languageOf(context) === 'other';
    for (const paragraph of paragraphs) {
      const words = paragraph.sentences.map((sentence) => sentence.text).join(' ');
      if (isForeignText || (words !== context && languageOf(words) === 'other')) {
        isForeign ||= couldBeReason(words);
        continue;
      }
      if (!isAbout(paragraph, words, text, input)) continue;
      let before: SentenceReading | undefined;
      for (const sentence of paragraph.sentences) {
        const topics = text.topics ? [...text.topics, ...sentence.topics] : sentence.topics;
        const reading = readSentence({ ...sentence, topics }, input.subject, before);
        before = reading;
        if (text.isOfStepBack) {
          if (reading.answers.has('way back') && !answered.has('way back'))
            answered.set('way back', text.place);
          sentences.push(sentence.text);
          continue;
        }
        if (reading.namesPurpose || (text.isFeature && (reading.isPlain || reading.news.size > 0)))
          purpose ??= text.place;
        if (text.isListed) continue;
        isPurposeTold ||= reading.namesPurpose && !reading.isStep;
        sentences.push(sentence.text);
        if (worths.indexOf(reading.worth) > worths.indexOf(worth)) worth = reading.worth;
        // A title sums up the whole change; of a risky step it has to say why in so many words.
        if (reading.isRich && (!text.isSubject || input.isPurposeEnough) && !answered.has('why'))
          answered.set('why', text.place);
        if (reading.callsUseless && input.onlyDropsIndexes && !answered.has('why'))
          answered.set('why', text.place);
        for (const question of reading.answers)
          if (!answered.has(question) && (question === 'why' || saysMore(text)))
            answered.set(question, text.place);
      }
    }
  }
  if (purpose !== undefined && !answered.has('why') && (input.isPurposeEnough || input.isRevert))
    answered.set('why', purpose);
  const open = openQuestions(answered, input);
  return {
    reading: readingOf(worth, open, isForeign),
    answered,
    open,
    namesPurpose: isPurposeTold,
    sentences,
  };
}

function openQuestions(
  answered: ReadonlyMap<Question, ReasonPlace>,
  input: RationaleInput,
): readonly OpenQuestion[] {
  const open: OpenQuestion[] = [];
  if (!answered.has('why')) open.push('why');
  const isUndoTold =
    answered.has('way back') || answered.has('impact') || input.tellsWayBack || input.isRevert;
  if (input.risk !== 'low' && !isUndoTold) open.push('undo');
  return open;
}

function readingOf(
  worth: (typeof worths)[number],
  open: readonly OpenQuestion[],
  isForeign: boolean,
): Reading {
  if (open.length === 0) return 'real';
  if (isForeign) return 'not-judged';
  return worth === 'says something' ? 'partial' : worth;
}

function isAbout(paragraph: Paragraph, words: string, text: ReasonText, input: RationaleInput): boolean {
  if (
    text.isAbout === 'all' ||
    (text.isAbout === 'all if the change is small' &&
      (input.isSmall || (text.isSubject === true && input.isPurposeEnough)))
  )
    return true;
  return (
    paragraph.topics.includes('migration') ||
    paragraph.sentences.some((sentence) => sentence.topics.includes('migration')) ||
    namesSubject(words, input.subject)
  );
}

/**
 * A title says what is done, and "Rollback the sync job" is no way back. After a second clause it may say more: "Drop
 * legacy_id; a copy is kept in users_backup".
 */
function saysMore({ isSubject, text }: ReasonText): boolean {
  return isSubject !== true || /[;(—–]|\. | - /.test(text.replace(/\(#\d{1,9}\)/g, ''));
}

function couldBeReason(words: string): boolean {
  const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
  if ((words.match(dense)?.length ?? 0) >= denseLettersOfReason) return true;
  const letters = words.match(/\p{L}/gu)?.length ?? 0;
  const latin = words.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters - latin >= foreignLettersOfReason || wordsOf(words).length >= foreignWordsOfReason;
}
