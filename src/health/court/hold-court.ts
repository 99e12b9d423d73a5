import type { CourtFacts } from '../../core/court-facts.ts';
import type { CourtReport, RuleEvidence, RuleTrial } from '../../core/court-report.ts';
import { benjaminiHochberg } from '../../core/statistics/benjamini-hochberg.ts';
import { seededRandom } from '../../core/statistics/seeded-random.ts';
import { shuffledWithin } from '../../core/statistics/stratified-permutation.ts';
import { wilsonInterval } from '../../core/statistics/wilson-interval.ts';
import { powerOf, reachVerdict } from './reach-verdict.ts';
import { strataOf } from './strata.ts';
import { courtThresholds } from './thresholds.ts';
import { type Weighed, weighRule } from './weigh-rule.ts';

const day = 86_400_000;

/**
 * Every rule tried on what became of the changes it looked at. Beside each verdict stands that of a twin, for which the
 * outcomes were dealt out anew inside the strata: it shows what this very sitting makes of nothing. The same facts and
 * seed give the same report.
 */
export function holdCourt(facts: CourtFacts): CourtReport {
  const { changes, rules } = facts;
  const strata = strataOf(changes);
  const isBad = changes.map(({ outcome }) => outcome !== 'fine');
  const dealt = shuffledWithin(isBad, strata, seededRandom(facts.seed));
  const asked = [...new Set(rules)].sort();
  const weighed = asked.map((rule) => ({
    rule,
    real: weighRule(rule, changes, isBad, strata),
    twin: weighRule(rule, changes, dealt, strata),
  }));
  const { leastOnEachSide, expiryDays } = courtThresholds;
  const oldEnough = facts.counts.merged - facts.counts.tooYoung;
  const tried = weighed.filter(({ real }) => Math.min(real.spoke, real.passed) >= leastOnEachSide.value);
  const evidence = evidenceOf(tried.map(({ real }) => real));
  const twins = evidenceOf(tried.map(({ twin }) => twin));
  return {
    schemaVersion: 1,
    repository: facts.repository,
    day: facts.now.slice(0, 10),
    expires: new Date(Date.parse(facts.now) + expiryDays.value * day).toISOString().slice(0, 10),
    seed: facts.seed,
    since: facts.since,
    until: facts.until,
    watchedDays: facts.watchedDays,
    counts: {
      ...facts.counts,
      tried: changes.length,
      reverted: changes.filter(({ outcome }) => outcome === 'reverted').length,
      fixed: changes.filter(({ outcome }) => outcome === 'fixed').length,
      strata: new Set(strata).size,
    },
    wentBadly: {
      share: oldEnough === 0 ? 0 : facts.counts.wentBadly / oldEnough,
      interval: wilsonInterval(facts.counts.wentBadly, oldEnough),
    },
    trials: tried.flatMap(({ rule, real }, i): readonly RuleTrial[] => {
      const [own, twin] = [evidence[i], twins[i]];
      if (!own || !twin) return [];
      const { timesAsMuch } = powerOf(real, tried.length);
      const more =
        own.verdict === 'too little data' && timesAsMuch !== undefined
          ? Math.ceil(own.looked * (timesAsMuch - 1))
          : undefined;
      return [{ rule, ...own, twin, ...(more !== undefined && more > 0 && { moreChanges: more }) }];
    }),
    notTried: weighed
      .filter((one) => !tried.includes(one))
      .map(({ rule, real }) => ({ rule, spoke: real.spoke, passed: real.passed })),
    leastOnEachSide: leastOnEachSide.value,
    limits: facts.limits,
  };
}

function evidenceOf(all: readonly Weighed[]): readonly RuleEvidence[] {
  const rates = benjaminiHochberg(all.map(({ chance }) => chance));
  return all.map((weighed, i) => {
    const { spoke, spokeWithOutcome, passed, passedWithOutcome, oddsRatio, interval, chance } = weighed;
    const q = rates[i] ?? 1;
    const { power } = powerOf(weighed, all.length);
    return {
      looked: spoke + passed,
      spoke,
      spokeWithOutcome,
      passed,
      passedWithOutcome,
      ...(oddsRatio !== undefined && { oddsRatio }),
      ...(interval && { interval }),
      p: chance,
      q,
      power,
      verdict: reachVerdict(weighed, q, power),
    };
  });
}
