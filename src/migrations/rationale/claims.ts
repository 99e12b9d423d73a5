import type { MigrationFile, NameUses, Operation } from '../../core/migration-facts.ts';
import { isTelling } from '../measure/uses-of.ts';
import { wordsOf } from './words.ts';

type ClaimKind = 'concurrently' | 'new-table' | 'reversible' | 'unused';

/** A sentence that the statements contradict. */
export interface ContradictedClaim {
  readonly kind: ClaimKind;
  /** The table that the contradiction is about. */
  readonly table: string;
  /** Of `reversible`: the step back is there, and raises an error. */
  readonly raises?: true;
  /** Of `unused`: where the head uses it all the same. */
  readonly uses?: NameUses;
}

const denials: ReadonlySet<string> = new Set(
  `not no never without cannot can't couldn't isn't wasn't won't doesn't don't didn't unless instead could would should
   might maybe if later tomorrow follow-up followup before previously was were`.split(/\s+/),
);

/**
 * Claims about the change that its own statements contradict: "created concurrently" while no index is, "a new table"
 * while it stood there before, "can be rolled back" while rows or columns are gone for good or the step back raises, "unused" while the head has
 * queries with it. Only plain, affirmative sentences count; a denial, a condition or a stated restore path anywhere in the sentence ends the claim.
 * The words are asked before the statements: few sentences claim anything, and a change may have thousands of statements.
 */
export function contradictedClaims(
  sentences: readonly string[],
  files: readonly MigrationFile[],
  operations: readonly Operation[],
  uses: readonly NameUses[],
): readonly ContradictedClaim[] {
  const found = new Map<ClaimKind, ContradictedClaim>();
  for (const sentence of sentences) {
    const words = wordsOf(sentence.toLowerCase());
    const claims = [
      notConcurrent(words, operations),
      tableIsOld(words, operations),
      losesData(words, files, operations),
      isUsed(words, uses),
    ];
    for (const claim of claims) if (claim && !found.has(claim.kind)) found.set(claim.kind, claim);
  }
  return [...found.values()];
}

/** "CONCURRENTLY is not possible here": what may follow the word and deny it; "concurrently, so no writes wait" does not. */
const afterDenials: ReadonlySet<string> = new Set(
  "not isn't cannot can't would could should wasn't later".split(' '),
);

/** Words that, within three of "concurrently", make it a statement about building an index. */
const building: ReadonlySet<string> = new Set(
  'index indexes indices built build builds building create creates created creating add adds added'.split(
    ' ',
  ),
);

function notConcurrent(
  words: readonly string[],
  operations: readonly Operation[],
): ContradictedClaim | undefined {
  const at = words.indexOf('concurrently');
  if (
    at === -1 ||
    isDenied(words.slice(0, at)) ||
    words.slice(Math.max(0, at - 5), at).some((word) => word === 'to' || word === 'run') ||
    words.slice(at + 1, at + 3).some((word) => afterDenials.has(word))
  ) {
    return undefined;
  }
  if (!words.slice(Math.max(0, at - 3), at + 4).some((word) => building.has(word))) return undefined;
  const indexes = operations.filter(({ kind }) => kind === 'create-index');
  const index = indexes[0];
  if (!index || indexes.some(({ concurrently, sql }) => concurrently || /\bon only\b/i.test(sql)))
    return undefined;
  return { kind: 'concurrently', table: index.table };
}

const whyEmpty: ReadonlySet<string> = new Set(
  'production prod staging flag checked counted count currently rows yet still today feature'.split(' '),
);

function tableIsOld(
  words: readonly string[],
  operations: readonly Operation[],
): ContradictedClaim | undefined {
  const text = ` ${words.join(' ')} `;
  const isNew = [
    ' is a new table ',
    ' is new table ',
    ' brand new table ',
    ' is a brand new table ',
    ' newly created table ',
    ' table is new ',
    ' table is brand new ',
    ' tables are new ',
  ].some((phrase) => text.includes(phrase));
  const isEmpty = [
    ' table is empty ',
    ' tables are empty ',
    ' is an empty table ',
    ' is empty because ',
  ].some((phrase) => text.includes(phrase));
  if ((!isNew && !(isEmpty && !words.some((word) => whyEmpty.has(word)))) || isDeniedClaim(words))
    return undefined;
  if (
    operations.some(
      ({ table, onTableOfThisChange }) =>
        onTableOfThisChange && (words.includes(table) || !namesAny(words, operations)),
    )
  ) {
    return undefined;
  }
  const old = operations.filter((operation) => !operation.onTableOfThisChange && operation.table !== '');
  const named =
    old.find(({ table }) => words.includes(table)) ?? (namesAny(words, operations) ? undefined : old[0]);
  return named && { kind: 'new-table', table: named.table };
}

function namesAny(words: readonly string[], operations: readonly Operation[]): boolean {
  return operations.some(({ table }) => table !== '' && words.includes(table));
}

const restoring: ReadonlySet<string> = new Set(
  'restore restored restoring backup backups snapshot snapshots export exports archive copy dump recreate recreated refill data rows values losing loses lost'.split(
    ' ',
  ),
);

function losesData(
  words: readonly string[],
  files: readonly MigrationFile[],
  operations: readonly Operation[],
): ContradictedClaim | undefined {
  if (isDenied(words) || words.some((word) => restoring.has(word))) return undefined;
  const text = ` ${words.join(' ')} `;
  const claims = [
    ' reversible ',
    ' can be rolled back ',
    ' can be reverted ',
    ' can be undone ',
    ' safe to roll back ',
    ' safely rolled back ',
    ' easy to roll back ',
  ].some((phrase) => text.includes(phrase));
  if (!claims) return undefined;
  if (files.some(({ undoRaises }) => undoRaises)) {
    const table = operations.find((operation) => operation.table !== '')?.table ?? '';
    return { kind: 'reversible', table, raises: true };
  }
  if (files.some(({ wayBack }) => wayBack !== 'none')) return undefined;
  const lost = operations.find((operation) => operation.destroysData && !operation.onTableOfThisChange);
  return lost && { kind: 'reversible', table: lost.table };
}

function isDenied(words: readonly string[]): boolean {
  return words.some((word) => denials.has(word));
}

/** "a new table without any rows" affirms; only a denial before the claim, or a condition, ends this one. */
function isDeniedClaim(words: readonly string[]): boolean {
  const at = words.findIndex((word) => word === 'new' || word === 'empty' || word === 'newly');
  return words.slice(0, at).some((word) => denials.has(word));
}

const uncertain: ReadonlySet<string> = new Set(
  'if unless would could should might may until once after before when yet still apart except besides test tests only'.split(
    ' ',
  ),
);

const unusedPhrases: readonly string[] = [
  ' unused ',
  ' not used ',
  ' never used ',
  ' no longer used ',
  ' no longer read ',
  ' not referenced ',
  ' no longer referenced ',
  ' nobody uses ',
  ' nobody reads ',
  ' nothing uses ',
  ' nothing reads ',
];

/** A mere mention of the name may be something else; a query or a model is not. */
function isUsed(words: readonly string[], uses: readonly NameUses[]): ContradictedClaim | undefined {
  if (uses.length === 0 || words.some((word) => uncertain.has(word))) return undefined;
  const text = ` ${words.join(' ')} `;
  if (!unusedPhrases.some((phrase) => text.includes(phrase)) || text.includes(' not unused '))
    return undefined;
  const isNamed = ({ table, column }: NameUses): boolean => {
    const own = lastPart(column ?? table);
    return words.some((word) => lastPart(word) === own);
  };
  const claimed = uses.find(isNamed) ?? (uses.length === 1 ? uses[0] : undefined);
  if (!claimed || !isTelling(claimed.atHead)) return undefined;
  return { kind: 'unused', table: claimed.table, uses: claimed };
}

function lastPart(name: string): string {
  return name.toLowerCase().split('.').at(-1) ?? name;
}
