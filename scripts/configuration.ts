import { z } from 'zod';
import { settingsSchema } from '../src/config/schema.ts';
import { thresholdText } from '../src/core/quantity-text.ts';
import type { Rule } from '../src/core/rule.ts';

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
}

/** The settings file as JSON Schema, for editors (`# yaml-language-server: $schema=…`). */
export function settingsJsonSchema(rules: readonly Rule[]): string {
  const schema = z.toJSONSchema(settingsSchema(rules), { target: 'draft-7' });
  return `${JSON.stringify({ ...schema, title: 'Review Vitals settings' }, undefined, 2)}\n`;
}

export function configurationPage(rules: readonly Rule[]): string {
  const { properties = {} } = JSON.parse(settingsJsonSchema(rules)) as Described;
  const keys = Object.entries(properties).filter(([name]) => name !== '$schema');
  return `# Configuration

\`.github/review-vitals.yml\`, read from the base of a pull request, so that a change cannot switch off what judges it; a change to the file is tried beside and said. Without the file, the one in the owner's \`.github\` repository counts. Everything is optional. What is wrong in the file is told with its line and left out; the rest is used.

\`\`\`yaml
# yaml-language-server: $schema=https://raw.githubusercontent.com/review-vitals/review-vitals/main/schema/settings.schema.json
fail-on: failure                              # a finding of this level or above fails the job; without this line none does
rules:
  migrations/blocking-index: failure          # off, notice (reported), warning (commented) or failure
  coverage/changed-lines-not-run:
    level: notice
    smallChange: 30
waivers:
  - rule: migrations/blocking-index
    path: db/archive/**
    reason: The archive has no traffic, and forty rows.
    until: 2026-12-31
\`\`\`

| Key | Meaning |
| :-- | :-- |
${keys.map(([name, { description = '' }]) => `| \`${name}\` | ${description} |`).join('\n')}

## Rules and their thresholds

| Rule | Level | Threshold | Value | Meaning |
| :-- | :-- | :-- | --: | :-- |
${rules.flatMap(ruleRows).join('\n')}
`;
}

function ruleRows({ id, level, thresholds }: Rule): readonly string[] {
  const head = `| [${id}](rules/${id}.md) | ${level} |`;
  const rows = Object.entries(thresholds).map(
    ([name, { fallback, unit, meaning }]) => ` \`${name}\` | ${thresholdText(fallback, unit)} | ${meaning} |`,
  );
  return rows.length === 0
    ? [`${head} | | |`]
    : rows.map((row, index) => `${index === 0 ? head : '| | |'}${row}`);
}
