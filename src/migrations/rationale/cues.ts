import type { Question } from './reason-text.ts';
import { functionWords } from './vocabulary.ts';
import { type CueInput, hasPhrase, timeUnits } from './why-cues.ts';
import { dictionary } from './words.ts';

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
const sizeUnits = dictionary('row rows record records gb mb tb kb gib mib tib bytes entries tuples');
const magnitudes = dictionary('k m bn thousand million billion mio');

/** Words that name a way back without giving one: "reversible", "rollback: yes". */
const backNames = dictionary(
  'rollback rollbacks rolled revert reverts reverted reverting reversible irreversible undo undone undoing',
);
/** Words that name its means. */
const backMeans = dictionary(`
restore restores restored restoring backup backups snapshot snapshots archive archived refill refilled recover recovered
recoverable downgrade dump dumped
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

/** Whether a word names a way back without giving one, so that it is no answer by itself. */
export function isBackName(word: string): boolean {
  return backNames.has(word);
}

/**
 * Which of the questions other than "why" a sentence's words touch. `own`: stems of what the change itself is called, so
 * that "1100 teams" counts the rows of `teams`, and "block reverts failed" beside `revert_blocks` gives neither a lock
 * nor a way back.
 */
export function cuesOf(
  { text, stems }: CueInput,
  own: ReadonlySet<string>,
): readonly Exclude<Question, 'why'>[] {
  const touched: Exclude<Question, 'why'>[] = [];
  const foreign = stems.filter((word) => !own.has(word));
  if (namesImpact(text, stems, foreign) || countsRows(stems, own)) touched.push('impact');
  if (
    foreign.some((word) => backNames.has(word) || backMeans.has(word)) ||
    // "Recreate the constraint as …" tells a statement.
    stems.lastIndexOf('recreat') > 0 ||
    hasPhrase(text, backPhrases)
  )
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

/** `foreign`: the words that name nothing of the change, so that a table of blocks or queues tells of no wait. */
function namesImpact(text: string, stems: readonly string[], foreign: readonly string[]): boolean {
  if (stems.includes('downtim')) return true;
  if (
    foreign.some((word) => blockWords.has(word)) &&
    stems.some((word) => lockCompany.has(word) || waitingOnes.has(word))
  ) {
    return true;
  }
  if (foreign.some((word) => waitWords.has(word)) && stems.some((word) => waitingOnes.has(word))) return true;
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
      'is safe',
      'are safe',
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
    (runs &&
      (stems.some((word) => timeUnits.has(word) && word.length > 2) ||
        hasPhrase(text, ['take some time', 'takes some time', 'take a while', 'takes a while', 'take long'])))
  );
}
