import type { HealthFacts } from '../../core/health-facts.ts';
import type { RuleUse } from '../../core/health-record.ts';
import type { RuleUsefulness } from '../../core/health-report.ts';
import type { IsoWeek } from '../../core/iso-week.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import { thresholds } from '../thresholds.ts';

/**
 * How often findings that comments spoke of were waived or called noise, by rule, over the weeks given: the last one read
 * now, those before it from the kept records. Least useful first; a rule spoken of fewer than 5 times has no share.
 */
export function usefulness(
  { usefulness: read, records }: HealthFacts,
  weeks: readonly IsoWeek[],
): Part<readonly RuleUsefulness[]> {
  if (read === undefined || isUnavailable(read)) return read ?? [];
  const last = weeks.at(-1)?.label;
  const earlier = new Set(weeks.map(({ label }) => label).filter((label) => label !== last));
  const sums = new Map<string, RuleUse>();
  add(sums, read);
  for (const record of isUnavailable(records) ? [] : records) {
    // Records are newest first, and of several for one week the newest counts.
    if (earlier.delete(record.week)) add(sums, record.usefulness);
  }
  return [...sums.values()]
    .map((use) => ({ ...use, ...shareOf(use) }))
    .toSorted((a, b) => (b.share ?? -1) - (a.share ?? -1) || b.shown - a.shown || (a.rule < b.rule ? -1 : 1));
}

function add(sums: Map<string, RuleUse>, uses: readonly RuleUse[]): void {
  for (const { rule, shown, waived, noise } of uses) {
    const sum = sums.get(rule) ?? { rule, shown: 0, waived: 0, noise: 0 };
    sums.set(rule, {
      rule,
      shown: sum.shown + shown,
      waived: sum.waived + waived,
      noise: sum.noise + noise,
    });
  }
}

function shareOf({ shown, waived, noise }: RuleUse): { readonly share?: number } {
  return shown < thresholds.leastForWeek.value ? {} : { share: (waived + noise) / shown };
}
