import { nearestKey } from '../../config/nearest-key.ts';
import { thresholdText } from '../../core/quantity-text.ts';
import type { Rule } from '../../core/rule.ts';
import { wrapped } from '../../render/terminal-lines.ts';
import { rules } from '../../rules.ts';
import type { CommandResult } from '../cli.ts';
import { readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

/** What the longest label takes, with two spaces after it. */
const indent = ' '.repeat(16);

const ids = rules.map(({ id }) => id);

/** What a rule measures, its thresholds and sources. The subject before the slash may be left out. */
export async function explain(parameters: readonly string[]): Promise<CommandResult> {
  const [name] = readOptions(parameters, {}, 'explain', 1).positionals;
  if (name === undefined) throw new UsageError('Which rule? `review-vitals rules` lists them.');
  const rule = rules.find(({ id }) => id === name) ?? rules.find(({ id }) => id.endsWith(`/${name}`));
  if (!rule) {
    const meant = nearestKey(name, name.includes('/') ? ids : ids.map((id) => id.slice(id.indexOf('/') + 1)));
    throw new UsageError(
      `There is no rule "${name}"${meant === undefined ? '' : `; ${meant} is one`}. \`review-vitals rules\` lists them.`,
    );
  }
  return { output: explanation(rule), exitCode: 0 };
}

function explanation({ id, level, since, question, docs, thresholds, sources }: Rule): string {
  const width = Math.min(process.stdout.columns ?? 110, 120);
  const part = (label: string, text: string) =>
    wrapped(text, width - indent.length, '').map((line, at) =>
      at === 0 ? `${label.padEnd(indent.length)}${line}` : `${indent}${line}`,
    );
  return [
    `${id}  (${level}, since ${since})`,
    question,
    '',
    ...part('Triggered when', docs.triggered),
    ...part('Why it matters', docs.why),
    ...part('What helps', docs.fix),
    ...part('Quiet when', docs.quietWhen),
    ...Object.entries(thresholds).flatMap(([name, { fallback, unit, meaning, source }]) =>
      part(
        'Threshold',
        `${name} = ${thresholdText(fallback, unit)}: ${meaning} (${source ? source.title : 'chosen by us'})`,
      ),
    ),
    ...sources.flatMap(({ title, url, supports }) => part('Source', `${title} <${url}>: ${supports}`)),
    '',
  ].join('\n');
}
