import { collectHealth, type HealthRequest } from './collect/history/collect-health.ts';
import type { HealthChain } from './collect/history/health-chain.ts';
import type { JudgedMigration } from './collect/history/read-migrations.ts';
import { readUsefulness } from './collect/history/read-usefulness.ts';
import { settingsReader } from './config/settings-reader.ts';
import { evaluate } from './core/evaluate.ts';
import type { Facts } from './core/facts.ts';
import type { HealthFacts } from './core/health-facts.ts';
import type { HealthReport, Suggested } from './core/health-report.ts';
import { completeWeeks } from './core/iso-week.ts';
import { isUnavailable, type Part, unavailable } from './core/part.ts';
import { noSettings } from './core/settings.ts';
import { healthRecordOf } from './health/health-record-of.ts';
import { reasonOfOutcome } from './health/reason-of-outcome.ts';
import { reportHealth } from './health/report-health.ts';
import { readWeeklyIssues, suggestedBefore, type WeeklyTarget } from './publish/weekly/existing-issues.ts';
import { keepHealthRecord } from './publish/weekly/health-chain.ts';
import { type PublishedWeek, publishWeekly } from './publish/weekly/publish-weekly.ts';
import { readSummaryMarker } from './render/marker.ts';
import { weeklyIssue } from './render/weekly/weekly-issue.ts';
import { rules } from './rules.ts';

/** What the weekly report is made from; the written reasons are judged by the rule that judges pull requests. */
export type WeekRequest = Omit<HealthRequest, 'judgeReason' | 'settings'>;

/** Collect half a year → measure it. `earlier`: what the week before suggested, where an issue tells. */
export async function judgeWeek(
  request: WeekRequest,
  earlier?: readonly Suggested[],
): Promise<{ readonly facts: HealthFacts; readonly report: HealthReport }> {
  const facts = await collect(request);
  return { facts, report: reportHealth(facts, earlier) };
}

function collect(request: WeekRequest): Promise<HealthFacts> {
  return collectHealth({ ...request, judgeReason, settings: settingsReader(async () => rules) });
}

/** By the rule that judges pull requests. */
function judgeReason(migration: JudgedMigration) {
  const notLookedAt = unavailable('the weekly report does not look at it');
  const facts: Facts = {
    schemaVersion: 1,
    seed: 1,
    asked: {},
    settings: noSettings,
    coverage: notLookedAt,
    review: notLookedAt,
    earlierResults: [],
    replies: [],
    remarks: [],
    ...migration,
  };
  const rule = rules.filter(({ id }) => id === 'migrations/undocumented-migration');
  return reasonOfOutcome(evaluate(facts, rule)[0]?.outcome);
}

/** → render the week's issue → publish it, and keep what was learned. */
export async function judgeAndPublishWeek(
  request: WeekRequest & { readonly chain: Part<HealthChain> },
  target: WeeklyTarget,
  run?: string,
): Promise<{ readonly report: HealthReport; readonly body: string; readonly published: PublishedWeek }> {
  const existing = await readWeeklyIssues(target);
  const facts = await withUsefulness(await collect(request), target);
  const week = completeWeeks(request.now, 1)[0]?.label ?? '';
  const report = reportHealth(facts, existing.ok ? suggestedBefore(week, existing.data.issues) : undefined);
  const issue = weeklyIssue(report, target.instance);
  const published = existing.ok
    ? await publishWeekly(issue, existing.data, target)
    : { written: [], problems: [`The weekly issue was neither read nor written: ${existing.error.message}`] };
  const kept = isUnavailable(request.chain)
    ? { problem: `The health record was not kept: ${request.chain.unavailable}` }
    : await keepHealthRecord(healthRecordOf(facts, report, run), request.chain);
  return {
    report,
    body: issue.body,
    published: {
      ...published,
      written: [...published.written, ...('done' in kept && kept.done ? [kept.done] : [])],
      problems: [...published.problems, ...('problem' in kept && kept.problem ? [kept.problem] : [])],
    },
  };
}

/** What became of our own findings is told by our own comments, which this instance wrote. */
async function withUsefulness(facts: HealthFacts, target: WeeklyTarget): Promise<HealthFacts> {
  const [week] = completeWeeks(facts.now, 1);
  if (!week) return facts;
  const read = await readUsefulness(target.client, target, week, (body) => {
    const marker = readSummaryMarker(body);
    return marker?.instance === target.instance ? marker : undefined;
  });
  return isUnavailable(read)
    ? { ...facts, usefulness: read }
    : { ...facts, usefulness: read.uses, remarks: [...facts.remarks, ...read.remarks] };
}
