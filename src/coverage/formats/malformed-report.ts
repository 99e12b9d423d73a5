import { quoteName } from '../../core/quote-name.ts';

/** What is wrong with a report and where, as the end of a sentence that begins with the report's path. */
export class MalformedReport extends Error {
  /** Line of the report, numbered from 1; absent where the format has no lines worth naming. */
  readonly line: number | undefined;

  constructor(problem: string, line?: number) {
    super(line === undefined ? problem : `line ${line}: ${problem}`);
    this.name = 'MalformedReport';
    this.line = line;
  }
}

/** Untrusted text as it may stand in a message: quoted, at most 60 characters. */
export function excerpt(text: string): string {
  return quoteName(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}
