import { jsonText } from '../../render/json-text.ts';
import { rules } from '../../rules.ts';
import type { CommandResult } from '../cli.ts';
import { oneOf, readOptions } from './read-options.ts';

export async function listRules(parameters: readonly string[]): Promise<CommandResult> {
  const { values } = readOptions(parameters, { format: { type: 'string', default: 'text' } }, 'rules', 0);
  if (oneOf(values.format, ['text', 'json'], 'format') === 'json') {
    const output = rules.map(({ id, level, since, question, docs, thresholds, sources }) => ({
      id,
      level,
      since,
      question,
      docs,
      thresholds,
      sources,
    }));
    return { output: jsonText({ schemaVersion: 1, rules: output }), exitCode: 0 };
  }
  const width = Math.max(...rules.map(({ id }) => id.length));
  return {
    output: rules
      .map(({ id, level, question }) => `${id.padEnd(width)}  ${level.padEnd(7)}  ${question}\n`)
      .join(''),
    exitCode: 0,
  };
}
