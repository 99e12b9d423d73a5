import type { PersonKey } from '../../core/people.ts';
import type { Familiarity, FileKnowledge, ReviewFacts } from '../../core/review-facts.ts';
import { isIndependentHuman } from './last-human-approval.ts';

export interface GroupFamiliarity {
  /** Effective lines in files that anybody but the authors has worked on; the others are left out, nobody can know them. */
  readonly lines: number;
  /** Those in files that the reviewing group has worked on. */
  readonly familiar: number;
  /** `familiar / lines`. Unit: ratio. */
  readonly share: number;
  /** Files outside the group's knowledge, most lines first. */
  readonly strange: readonly (FileKnowledge & { readonly lines: number })[];
}

/**
 * How much of the change lies in files that those who reviewed it have written or reviewed before, taken as one group.
 * Undefined while no human who wrote none of it has reviewed, or where no changed file has a history by anybody else.
 * Domain: effective lines by path. A file that the change adds has no history.
 * Source: after "reviewer expertise", McIntosh et al., EMSE 2016, and Thongtanunam et al., SANER 2015; the group level is ours.
 */
export function groupFamiliarity(
  { files }: Familiarity,
  linesOf: ReadonlyMap<string, number>,
  review: ReviewFacts,
): GroupFamiliarity | undefined {
  const group = new Set<PersonKey>(
    review.reviews.filter(({ by }) => isIndependentHuman(by, review)).map(({ by }) => by.key),
  );
  if (group.size === 0) return undefined;
  const authors = new Set<PersonKey>([review.author.key, ...review.commitAuthors.map(({ key }) => key)]);
  const sized = files
    .filter(({ known }) => known.some((key) => !authors.has(key)))
    .map((file) => ({ ...file, lines: linesOf.get(file.path) ?? 0 }));
  const lines = sum(sized);
  if (lines === 0) return undefined;
  const strange = sized.filter((file) => file.lines > 0 && !file.known.some((key) => group.has(key)));
  const familiar = lines - sum(strange);
  return { lines, familiar, share: familiar / lines, strange: strange.toSorted((a, b) => b.lines - a.lines) };
}

function sum(files: readonly { readonly lines: number }[]): number {
  return files.reduce((total, { lines }) => total + lines, 0);
}
