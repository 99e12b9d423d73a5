import type { CourtReport, RuleTrial } from '../core/court-report.ts';
import { withoutCommands } from '../core/runner-commands.ts';
import {
  chanceText,
  countsText,
  courtSentences,
  notComparedSentences,
  oddsText,
  verdictText,
} from './court-words.ts';
import { jsonText } from './json-text.ts';
import { code, plain, prose } from './markdown.ts';
import { visible, wrapped } from './terminal-lines.ts';

/** The sitting as `schema/court.schema.json` describes it. */
export function courtJson(report: CourtReport): string {
  return jsonText(report);
}

/** The sitting for a terminal. */
export function courtText(report: CourtReport, width: number): string {
  const [opening = '', ...sentences] = courtSentences(report);
  const lines = [
    ...wrapped(`${report.repository.name}  ${opening}`, width, ''),
    ...sentences.flatMap((sentence) => wrapped(sentence, width, '')),
    '',
    ...bySupport(report.trials).flatMap((trial) => trialLines(trial, width)),
    ...notComparedSentences(report, (rule) => rule).flatMap((sentence) => wrapped(sentence, width, '  ')),
    ...report.limits.flatMap((limit) => wrapped(`Limit: ${limit}`, width, '  ')),
    '',
  ];
  return withoutCommands(lines.map(visible).join('\n'));
}

function trialLines(trial: RuleTrial, width: number): readonly string[] {
  const { rule, p, q, twin } = trial;
  const inset = (text: string) => wrapped(text, width - 2, '').map((line) => `  ${line}`);
  return [
    ...wrapped(`${rule}  ${verdictText(trial)}`, width, '  '),
    ...inset(
      `reverted or fixed: ${countsText(trial)}; odds ${oddsText(trial)}; chance ${chanceText(p)}, over all rules ${chanceText(q)}`,
    ),
    ...inset(
      `at random: ${countsText(twin)}; odds ${oddsText(twin)}; chance ${chanceText(twin.p)}: ${twin.verdict}`,
    ),
    '',
  ];
}

/** The sitting as Markdown: a table of verdicts, then what limits them. */
export function courtMarkdown(report: CourtReport): string {
  const rows = bySupport(report.trials).map((trial) => {
    const { rule, p, q, twin } = trial;
    const cells = [
      code(rule),
      verdictText(trial),
      oddsText(trial),
      countsText(trial),
      `${chanceText(p)} / ${chanceText(q)}`,
      `${oddsText(twin)}: ${twin.verdict}`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const table = [
    '| Rule | Verdict | Odds, 95 % | Reverted or fixed: spoke against passed | Chance alone / over all rules | At random |',
    '|:--|:--|:--|:--|:--|:--|',
    ...rows,
  ].join('\n');
  const rest = [
    ...notComparedSentences(report, code).map((sentence) => `- ${sentence}`),
    ...report.limits.map((limit) => `- Limit: ${prose(limit)}`),
  ];
  return [
    `## Rules on trial: ${code(report.repository.name)}`,
    courtSentences(report).map(plain).join(' '),
    ...(rows.length > 0 ? [table] : []),
    ...(rest.length > 0 ? [rest.join('\n')] : []),
    '',
  ].join('\n\n');
}

const order = ['supported', 'not supported', 'too little data'];

function bySupport(trials: readonly RuleTrial[]): readonly RuleTrial[] {
  return trials.toSorted(
    (a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || (a.rule < b.rule ? -1 : 1),
  );
}
