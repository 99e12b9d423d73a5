import type { HealthFacts } from '../../core/health-facts.ts';
import type { WaiverRow } from '../../core/health-report.ts';

/** Days before the end of a waiver from which on it is told: two weekly issues. Chosen by us. */
const soonDays = 14;

/** The waivers of the settings by their last day: which have ended, which end soon, which hold. */
export function waivers({ waivers: configured = [], now }: HealthFacts): readonly WaiverRow[] {
  const today = now.slice(0, 10);
  const soon = new Date(Date.parse(now) + soonDays * 86_400_000).toISOString().slice(0, 10);
  return configured
    .map((waiver): WaiverRow => {
      const state = waiver.until < today ? 'ended' : waiver.until <= soon ? 'ends soon' : 'holds';
      return { ...waiver, state };
    })
    .toSorted((a, b) =>
      a.until < b.until ? -1 : a.until > b.until ? 1 : a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0,
    );
}
