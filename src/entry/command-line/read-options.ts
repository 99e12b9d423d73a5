import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

/** Reads a command's options; what it does not know is an error that names the help. */
export function readOptions<const T extends NonNullable<ParseArgsConfig['options']>>(
  parameters: readonly string[],
  options: T,
  command: string,
) {
  try {
    return parseArgs({ args: [...parameters], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : String(error)} See \`review-vitals ${command} --help\`.`,
    );
  }
}

/** One of the words an option accepts. */
export function oneOf<const T extends string>(value: string, words: readonly T[], option: string): T {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new UsageError(`--${option} is "${value}"; it can be ${words.join(', ')}.`);
  return word;
}
