import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readFacts } from '../src/collect/saved-facts.ts';
import { evaluate } from '../src/core/evaluate.ts';
import type { Facts } from '../src/core/facts.ts';
import type { Finding } from '../src/core/finding.ts';
import { wilsonInterval } from '../src/core/statistics/wilson-interval.ts';
import { rules } from '../src/rules.ts';

/**
 * How the migration rules do on changes that a person has labelled by reading them, before the rules saw them:
 * `node scripts/score-labels.ts LABELS.json`. The file maps saved facts (`check --save-facts`, relative to it) to labels.
 */
export interface Label {
  /** Whether the reason is written down as well as the risk of the change asks for; absent where a reader cannot say. */
  readonly hasReason?: boolean;
  /** Tables that are in use and that a statement blocks, rewrites, empties, drops from or renames, one entry for each statement. */
  readonly dangers: readonly string[];
}

interface Score {
  /** Findings that the reader would have made too, and the others. */
  right: number;
  wrong: number;
  /** What the reader saw: named by a finding, or by none. */
  named: number;
  missed: number;
}

const dangerRules =
  /^migrations\/(?:backfill-in-one-statement|blocking-index|concurrently-in-transaction|destructive-change|dropped-but-still-used|full-scan-under-lock|locks-several-tables|rename-breaks-running-code|table-rewrite)$/;

export interface Scores {
  readonly reason: Score;
  readonly danger: Score;
}

export function score(changes: readonly { readonly facts: Facts; readonly label: Label }[]): Scores {
  const scores: Scores = {
    reason: { right: 0, wrong: 0, named: 0, missed: 0 },
    danger: { right: 0, wrong: 0, named: 0, missed: 0 },
  };
  for (const { facts, label } of changes) {
    const found = evaluate(facts, rules).flatMap(({ outcome }) =>
      outcome.kind === 'findings' ? outcome.findings : [],
    );
    const asksForReason = found.some(({ rule }) => rule === 'migrations/undocumented-migration');
    if (label.hasReason === false) {
      scores.reason[asksForReason ? 'named' : 'missed'] += 1;
      if (asksForReason) scores.reason.right += 1;
    }
    if (label.hasReason === true && asksForReason) scores.reason.wrong += 1;
    const dangers = found.filter(({ rule }) => dangerRules.test(rule));
    for (const finding of dangers)
      scores.danger[label.dangers.some((table) => speaksOf(finding, table)) ? 'right' : 'wrong'] += 1;
    for (const table of label.dangers)
      scores.danger[dangers.some((finding) => speaksOf(finding, table)) ? 'named' : 'missed'] += 1;
  }
  return scores;
}

/** By the last part of the name; a finding about a held lock names several tables in its sentences. */
function speaksOf({ about, observation, impact }: Finding, table: string): boolean {
  const name = lastPart(table);
  if (lastPart(about.table ?? '') === name) return true;
  return (`${observation} ${impact}`.match(/`[^`]+`/g) ?? []).some((quoted) => lastPart(quoted) === name);
}

function lastPart(name: string): string {
  return name.replaceAll(/["`]/g, '').split('.').at(-1)?.toLowerCase() ?? '';
}

export function scoreText(name: string, { right, wrong, named, missed }: Score): string {
  return `${name}: precision ${shareText(right, right + wrong)}, recall ${shareText(named, named + missed)}`;
}

function shareText(part: number, all: number): string {
  if (all === 0) return 'not known (0 of 0)';
  const [low, high] = wilsonInterval(part, all);
  const percent = (ratio: number) => `${Math.round(ratio * 100)} %`;
  return `${percent(part / all)} (${part} of ${all}; 95 %: ${percent(low)} to ${percent(high)})`;
}

if (import.meta.main) {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new Error('Which labels? node scripts/score-labels.ts LABELS.json');
  const labels = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Label>);
  const changes = [];
  for (const [path, label] of labels)
    changes.push({ facts: await readFacts(join(dirname(file), path)), label });
  const { reason, danger } = score(changes);
  console.log(`${changes.length} labelled changes`);
  console.log(scoreText('written reasons', reason));
  console.log(scoreText('dangers', danger));
}
