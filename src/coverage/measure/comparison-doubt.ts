import type { BaseCoverage, CoverageFacts } from '../../core/coverage-facts.ts';
import { isUnavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import { counted } from '../wording.ts';
import { mappingDoubt } from './mapping-doubt.ts';

/** When two measurements are compared at all; every rule that compares declares them. */
export const comparisonThresholds = {
  largestUnmapped: {
    fallback: 0.5,
    unit: 'ratio',
    meaning: 'Above this share of report files without a tracked file, the report is not believed.',
  },
  largestRecount: {
    fallback: 0.1,
    unit: 'ratio',
    meaning:
      'Above this share of unchanged lines that only one of the two measurements counts as code, they were made by different tools or settings and are not compared.',
  },
  largestMissing: {
    fallback: 0.1,
    unit: 'ratio',
    meaning:
      'Above this share of the base’s lines in unchanged files that only one measurement knows, a part of the report is missing and the two are not compared.',
  },
  largestMoved: {
    fallback: 0.3,
    unit: 'ratio',
    meaning:
      'Above this share of base lines that other changes have removed since, the two are too far apart to compare.',
  },
} as const;

type Limits = { readonly [name in keyof typeof comparisonThresholds]: number };

/** The base to compare with, or why there is none or the two cannot be compared. */
export function comparableBase(
  coverage: CoverageFacts,
  limits: Limits,
): { readonly base: BaseCoverage } | { readonly doubt: string } {
  const { base } = coverage;
  const doubt = mappingDoubt(coverage, limits.largestUnmapped) ?? missingShardDoubt(coverage);
  if (doubt !== undefined) return { doubt };
  if (base === undefined) return { doubt: 'no coverage of the base was looked for' };
  if (isUnavailable(base)) return { doubt: base.unavailable };
  const why = recounted(base, limits) ?? partMissing(base, limits) ?? tooFar(base, limits);
  return why === undefined ? { base } : { doubt: why };
}

/** Lines that a missing shard alone covers look untested, so nothing is said until it is there. */
export function missingShardDoubt({ base }: CoverageFacts): string | undefined {
  if (base === undefined || isUnavailable(base) || base.missingShards.length === 0) return undefined;
  const [first] = base.missingShards;
  if (first === undefined) return undefined;
  const more = base.missingShards.length - 1;
  return (
    `the report ${quoteName(first.name)} that the base ${base.commit.slice(0, 7)} has is missing here ` +
    `(it covers ${counted(first.files, 'file')} and ${counted(first.lines, 'line')})` +
    `${more > 0 ? `, and ${more} more` : ''}; run all tests, or let the job that makes it finish first`
  );
}

function recounted({ unchanged, commit }: BaseCoverage, { largestRecount }: Limits): string | undefined {
  if (unchanged.knownToOne <= unchanged.lines * largestRecount) return undefined;
  return (
    `${unchanged.knownToOne} of ${unchanged.lines} unchanged lines count as code in only one of the two reports ` +
    `(here and at ${commit.slice(0, 7)}): they were made by different tools or settings, which is no change in testing`
  );
}

function partMissing({ ledger, commit }: BaseCoverage, { largestMissing }: Limits): string | undefined {
  const lines = Math.abs(ledger.unmapped.lines);
  if (lines <= ledger.base.lines * largestMissing) return undefined;
  const where = ledger.unmapped.lines < 0 ? 'are missing here' : `were missing at ${commit.slice(0, 7)}`;
  return `files with ${lines} lines ${where} although nothing changed them (the base has ${ledger.base.lines} lines): a part of the report is missing`;
}

function tooFar({ carried, commit }: BaseCoverage, { largestMoved }: Limits): string | undefined {
  if (carried.lost <= carried.lines * largestMoved) return undefined;
  return `other changes removed ${carried.lost} of the ${carried.lines} lines measured at ${commit.slice(0, 7)}: that is too far away to compare with`;
}
