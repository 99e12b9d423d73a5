import type { Rule, Threshold } from '../src/core/rule.ts';

/** The page of a rule, from the rule itself. */
export function rulePage(rule: Rule): string {
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
