import { collectBranchCourt } from './collect/court/collect-branch-court.ts';
import { collectRecordedCourt } from './collect/court/collect-recorded-court.ts';
import type { BranchCourtRequest, RecordedCourtRequest } from './collect/court/court-request.ts';
import type { TriedChange } from './core/court-facts.ts';
import type { CourtReport } from './core/court-report.ts';
import { evaluate } from './core/evaluate.ts';
import type { Facts } from './core/facts.ts';
import { isUnavailable, type Part } from './core/part.ts';
import { holdCourt } from './health/court/hold-court.ts';
import { rules } from './rules.ts';

type Asked<R> = Omit<R, 'judge' | 'rules'>;

const asked = { judge, rules: rules.map(({ id }) => id) };

/** Collect merged changes and what became of them → ask the rules about each → hold court, on a clone. */
export async function courtOfBranch(request: Asked<BranchCourtRequest>): Promise<Part<CourtReport>> {
  const facts = await collectBranchCourt({ ...request, ...asked });
  return isUnavailable(facts) ? facts : holdCourt(facts);
}

/** The same on recorded pull requests with recorded outcomes, without git. */
export function courtOfRecorded(request: Asked<RecordedCourtRequest>): CourtReport {
  return holdCourt(collectRecordedCourt({ ...request, ...asked }));
}

/** Every rule at its own level, switched off or not: whether it is worth its place is what the court is asked. */
function judge(moments: readonly Facts[]): TriedChange['verdicts'] {
  const verdicts: Record<string, 'spoke' | 'passed'> = {};
  for (const { rule, outcome } of [...new Set(moments)].flatMap((facts) => evaluate(facts, rules))) {
    if (outcome.kind === 'findings') verdicts[rule] = 'spoke';
    else if (outcome.kind === 'pass') verdicts[rule] ??= 'passed';
  }
  return verdicts;
}
