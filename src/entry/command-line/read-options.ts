import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

/** Reads a command's options and at most so many words beside them; what it does not know is an error that names the help. */
export function readOptions<const T extends NonNullable<ParseArgsConfig['options']>>(
  parameters: readonly string[],
  options: T,
  command: string,
  mostWords = Number.POSITIVE_INFINITY,
) {
  const seeHelp = `See \`review-vitals ${command} --help\`.`;
  const parsed = parse(parameters, options, seeHelp);
  const surplus = parsed.positionals[mostWords];
  if (surplus !== undefined) throw new UsageError(`${command} takes no "${surplus}". ${seeHelp}`);
  return parsed;
}

function parse<const T extends NonNullable<ParseArgsConfig['options']>>(
  parameters: readonly string[],
  options: T,
  seeHelp: string,
) {
  try {
    return parseArgs({ args: [...parameters], options, allowPositionals: true, strict: true });
  } catch (error) {
    // The first sentence says what is wrong; Node's others tell how to pass a file whose name begins with a dash.
    const [what = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw new UsageError(`${what.replace(/\.$/, '')}. ${seeHelp}`);
  }
}

/** One of the words an option accepts. */
export function oneOf<const T extends string>(value: string, words: readonly T[], option: string): T {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new UsageError(`--${option} is "${value}"; it can be ${words.join(', ')}.`);
  return word;
}
