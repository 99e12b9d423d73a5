import type { Question } from './reason-text.ts';
import { functionWords } from './vocabulary.ts';
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

/** Words that name what the step does to those who use the database. */
const blockWords = dictionary('lock locks locked locking block blocks blocked blocking stall stalls stalled');
/** What shows that a lock is the database's: "blocks writes", "a brief lock"; "block spam" has none of them. */
const lockCompany = dictionary(
  `table tables row rows exclusive share brief briefly instant instantly short long long-lived build builds building deploy
   migration production nobody catalogue catalog metadata queries query statement`,
);
/** "Nobody is affected", "won't affect production". */
const affectWords = dictionary('affect affects affected affecting');
const affectedOnes = dictionary(
  `nothing anything anyone nobody none user users customer customers client clients production existing traffic session
   sessions deploy query queries read reads write writes`,
);
const smallWords = dictionary('small tiny empty');
const smallOnes = dictionary('table tables index indexes');
const waitWords = dictionary('wait waits waiting queue queues queued hold holds held pause pauses paused');
const waitingOnes = dictionary(
  'write writes writer writers read reads reader readers insert inserts update updates session sessions transaction transactions traffic checkout',
);
const runWords = dictionary(
  'build builds building built rewrite rewrites rewritten migration migrate backfill backfills deploy deploys staging copy production prod rehearsed measured runtime',
);
const timeUnits = dictionary('ms s sec secs second seconds min mins minute minutes h hour hours');
const sizeUnits = dictionary('row rows record records gb mb tb kb gib mib tib bytes entries tuples');
const magnitudes = dictionary('k m bn thousand million billion mio');

/** Words that name a way back without giving one: "reversible", "rollback: yes". */
const backNames = dictionary(
  'rollback rollbacks rolled revert reverts reverted reverting reversible irreversible undo undone undoing',
);
/** Words that name its means. */
const backMeans = dictionary(`
restore restores restored restoring backup backups snapshot snapshots archive archived refill refilled recover recovered
recoverable downgrade dump dumped recreate recreated recreating
`);
const backPhrases: readonly string[] = [
  'roll back',
  'rolls back',
  'rolling back',
  'back out',
  'way back',
  'go back',
  'goes back',
  'put back',
  'brought back',
  'bring back',
  'get back',
  'down migration',
  'down step',
  'down file',
  'copy lies',
  'copy is kept',
  'kept in',
  'are kept',
];

const orderPhrases: readonly string[] = [
  'deploy after',
  'deploy before',
  'deployed after',
  'deployed before',
  'before the code',
  'after the code',
  'before deploying',
  'after deploying',
  'before the release',
  'after the release',
  'next release',
  'later release',
  'first release',
  'in a follow-up',
  'ships with',
  'run before',
  'run after',
  'expand and contract',
];

/** The matter of a sentence, as far as cues need it. */
interface CueInput {
  /** Lower case, single spaces. */
  readonly text: string;
  /** In the order of the text. */
  readonly stems: readonly string[];
}

export function hasWhyCue({ text, stems }: CueInput): boolean {
  return (
    stems.some(
      (word, at) => whyWords.has(word) || (word === 'to' && purposeVerbs.has(stems[at + 1] ?? '')),
    ) || hasPhrase(text, whyPhrases)
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

/** Whether a word names a way back without giving one, so that it is no answer by itself. */
export function isBackName(word: string): boolean {
  return backNames.has(word);
}

/** Which of the questions other than "why" a sentence's words touch. `counted`: stems of what the tables hold. */
export function cuesOf(
  { text, stems }: CueInput,
  counted: ReadonlySet<string>,
): readonly Exclude<Question, 'why'>[] {
  const touched: Exclude<Question, 'why'>[] = [];
  if (namesImpact(text, stems) || countsRows(stems, counted)) touched.push('impact');
  if (stems.some((word) => backNames.has(word) || backMeans.has(word)) || hasPhrase(text, backPhrases))
    touched.push('way back');
  if (hasPhrase(text, orderPhrases)) touched.push('order');
  return touched;
}

/** "1100 teams" of the table `teams`. */
function countsRows(stems: readonly string[], counted: ReadonlySet<string>): boolean {
  return stems.some(
    (word, at) => /^\d[\d,]{1,20}[km]?$/.test(word) && isCounted(stems[at + 1] ?? '', counted),
  );
}

function isCounted(next: string, counted: ReadonlySet<string>): boolean {
  return counted.has(next) && !functionWords.has(next) && !timeUnits.has(next);
}

function namesImpact(text: string, stems: readonly string[]): boolean {
  if (stems.includes('downtim')) return true;
  if (
    stems.some((word) => blockWords.has(word)) &&
    stems.some((word) => lockCompany.has(word) || waitingOnes.has(word))
  ) {
    return true;
  }
  if (stems.some((word) => waitWords.has(word)) && stems.some((word) => waitingOnes.has(word))) return true;
  if (stems.some((word) => affectWords.has(word)) && stems.some((word) => affectedOnes.has(word)))
    return true;
  if (stems.some((word) => smallWords.has(word)) && stems.some((word) => smallOnes.has(word))) return true;
  if (
    hasPhrase(text, [
      'no effect',
      'no impact',
      'access exclusive',
      'safe to apply',
      'safe to run',
      'safe to deploy',
      'share lock',
      'no rows',
      'zero rows',
      'few rows',
      'rows are null',
      'without any rows',
      'is empty',
      'are null',
    ])
  ) {
    return true;
  }
  const runs = stems.some((word) => runWords.has(word));
  return (
    stems.some((word, at) => {
      if (!/^\d/.test(word)) return false;
      // "90s", "40m rows", "41 million rows", "2.5 GB".
      const attached = /^[\d.,]{1,20}([a-z]{1,4})$/.exec(word)?.[1];
      const next = attached ?? stems[at + 1] ?? '';
      const unit =
        magnitudes.has(next) && !(attached === 's') ? (stems[at + (attached ? 1 : 2)] ?? '') : next;
      return sizeUnits.has(unit) || sizeUnits.has(stems[at + 2] ?? '') || (runs && timeUnits.has(unit));
    }) ||
    (runs && stems.some((word) => timeUnits.has(word) && word.length > 2))
  );
}

function hasPhrase(text: string, phrases: readonly string[]): boolean {
  const padded = ` ${text} `;
  return phrases.some((phrase) => padded.includes(` ${phrase} `));
}
