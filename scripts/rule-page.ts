import type { Rule, Threshold } from '../src/core/rule.ts';
import type { RuleCase } from './rule-cases.ts';

/** The page of a rule, from the rule itself and from two of its cases, which are tests. */
export function rulePage(rule: Rule, cases: readonly RuleCase[]): string {
  const speaks = cases.find(({ expected }) => expected.startsWith('## '));
  const quiet = cases.find(({ expected }) => !expected.startsWith('## '));
  return `${[
    `# ${rule.id}`,
    `**${rule.question}**`,
    `Level: ${rule.level} · since ${rule.since}`,
    section('Triggered when', rule.docs.triggered),
    section('Why it matters', rule.docs.why),
    section('What helps', rule.docs.fix),
    section('Quiet when', rule.docs.quietWhen),
    section('Thresholds', thresholdTable(rule)),
    section('Sources', sourceList(rule)),
    ...(speaks ? [section('It speaks', example(speaks))] : []),
    ...(quiet ? [section('It stays quiet', example(quiet))] : []),
  ].join('\n\n')}\n`;
}

function section(title: string, text: string): string {
  return `## ${title}\n\n${text}`;
}

function thresholdTable(rule: Rule): string {
  const thresholds = Object.entries(rule.thresholds);
  if (thresholds.length === 0) return 'None: there is nothing to tune.';
  return [
    '| Name | Value | Unit | Meaning | Source |',
    '| :-- | --: | :-- | :-- | :-- |',
    ...thresholds.map(row),
  ].join('\n');
}

function row([name, threshold]: [string, Threshold]): string {
  const source = threshold.source ? `[${threshold.source.title}](${threshold.source.url})` : 'chosen by us';
  return `| \`${name}\` | ${threshold.fallback} | ${threshold.unit} | ${threshold.meaning} | ${source} |`;
}

function sourceList(rule: Rule): string {
  if (rule.sources.length === 0) return 'None: the rule rests on what it counts.';
  return rule.sources.map(({ title, url, supports }) => `- [${title}](${url}): ${supports}`).join('\n');
}

function example({ name, files, expected }: RuleCase): string {
  const given = files.map(({ path, text }) => `\`${path}\`\n\n${fenced(text)}`);
  const said = expected
    .trimEnd()
    .replace(/^## /gm, '')
    .split('\n')
    .map((line) => `> ${line}`.trimEnd());
  return [`**${name.replaceAll('-', ' ')}**`, ...given, ...said.join('\n').split('\0')].join('\n\n');
}

function fenced(text: string): string {
  const lines = text.trimEnd().split('\n');
  const shown = lines.length > 30 ? [...lines.slice(0, 28), `… ${lines.length - 28} more lines`] : lines;
  return `\`\`\`\`\n${shown.join('\n')}\n\`\`\`\``;
}
