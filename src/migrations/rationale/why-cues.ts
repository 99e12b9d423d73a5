import { dictionary } from './words.ts';

/** Words that give a cause, a purpose or a trouble that the change ends. */
const whyWords = dictionary(`
because since support supports supporting so therefore hence otherwise due thus instead want wants wanted must avoid avoids avoiding prevent prevents
prevented preventing allow allows allowing enable enables enabling let lets able can cannot can't couldn't could need needs
needed require requires required slow slower slows slowly fast faster speed speeds quick quicker timeout timeouts fail
fails failed failing failure failures break breaks broke broken crash crashes crashed error errors bug bugs wrong
duplicate duplicates duplicated missing lost lose loses unused never nobody nothing dead obsolete deprecated legacy replaced
replaces superseded supersedes incident outage leak leaks gdpr privacy compliance audit law legal deadlock deadlocks
overflow overflows exceed exceeds exceeded corrupt corrupted inconsistent orphan orphans race races stop stops stopped
stopping forbid forbids long longer still fit fits wasted wastes waste expensive ask asks asked keep keeps decide decided
decision hot bottleneck mistake mistakes mistaken confuse confuses confusing ambiguous unreliable redundant superfluous
why freeze freezes froze frozen hang hangs hung stuck delay delays delayed complain complains complained waste
incorrect incorrectly erroneous erroneously invalid insufficient sufficient mismatch mismatched surprise surprises surprised wrongly unable impossible impractical improve improves performance optimise optimize perf
`);

/** What follows "to" where a sentence says what something is for. */
const purposeVerbs = dictionary(`
track store support allow speed avoid prevent determine identify show know find record keep make ensure reduce help let
improve handle represent enforce distinguish detect hold save remember tell indicate control filter query look see lookup
optimise optimize fetch return serve read guarantee protect fix stop enable be
`);

const whyPhrases: readonly string[] = [
  'so that',
  'as we',
  'as it',
  'as they',
  'as there',
  'as no one',
  'as nobody',
  'used to',
  'used by',
  'used for',
  'read by',
  'helps with',
  'will help',
  'in order to',
  'to be able',
  'no longer',
  'not any more',
  'any more',
  'anymore',
  'times out',
  'time out',
  'timed out',
  'timing out',
  'switched off',
  'turned off',
  'shut down',
  'went away',
  'is gone',
  'are gone',
  'ran out',
  'run out',
  'too big',
  'too small',
  'too short',
  'too large',
  'too long',
  'give up',
  'gives up',
  'every row',
  'all rows',
  'the whole table',
  'owns it',
];

/** Units of time, for a duration. */
export const timeUnits = dictionary('ms s sec secs second seconds min mins minute minutes h hour hours');

/** The matter of a sentence, as far as cues need it. */
export interface CueInput {
  /** Lower case, single spaces. */
  readonly text: string;
  /** In the order of the text. */
  readonly stems: readonly string[];
}

/** `names`: what the change's tables and columns are called: "add a timeout to jobs" tells no trouble of a column `timeout`. */
export function hasWhyCue({ text, stems }: CueInput, names: ReadonlySet<string>): boolean {
  return (
    stems.some(
      (word, at) =>
        (whyWords.has(word) && !names.has(word)) || (word === 'to' && purposeVerbs.has(stems[at + 1] ?? '')),
    ) || hasPhrase(text, whyPhrases)
  );
}

/** Words that say of a thing that nobody would miss it. */
const uselessWords = dictionary(
  'unused redundant superfluous obsolete duplicate duplicated unnecessary unneeded useless dead',
);

/** "Remove the redundant index": of what can be built again, uselessness is the whole reason. */
export function callsUseless({ text, stems }: CueInput): boolean {
  return (
    stems.some((word) => uselessWords.has(word)) ||
    hasPhrase(text, ['no longer used', 'no longer needed', 'not used', 'not needed', 'never used'])
  );
}

export function isWhyWord(word: string): boolean {
  return whyWords.has(word);
}

/** "4 s", "900ms", "half an hour": how long something takes. */
export function namesDuration(stems: readonly string[]): boolean {
  return stems.some((word, at) => {
    const attached = /^\d[\d.,]{0,20}([a-z]{1,4})$/.exec(word)?.[1];
    if (attached !== undefined) return timeUnits.has(attached);
    return timeUnits.has(word) && (/^\d/.test(stems[at - 1] ?? '') || word.length > 4);
  });
}

export function hasPhrase(text: string, phrases: readonly string[]): boolean {
  const padded = ` ${text} `;
  return phrases.some((phrase) => padded.includes(` ${phrase} `));
}
