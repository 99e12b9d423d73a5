import { nearestKey } from '../../config/nearest-key.ts';
import type { Rule } from '../../core/rule.ts';
import { rules } from '../../rules.ts';
import type { CommandResult } from '../cli.ts';
import { readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

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
  return [
    `${id}  (${level}, since ${since})`,
    question,
    '',
    `Triggered when  ${docs.triggered}`,
    `Why it matters  ${docs.why}`,
    `What helps      ${docs.fix}`,
    `Quiet when      ${docs.quietWhen}`,
    ...Object.entries(thresholds).map(
      ([name, { fallback, unit, meaning, source }]) =>
        `Threshold       ${name} = ${fallback} ${unit}: ${meaning} (${source ? source.title : 'chosen by us'})`,
    ),
    ...sources.map(({ title, url, supports }) => `Source          ${title} <${url}>: ${supports}`),
    '',
  ].join('\n');
}
