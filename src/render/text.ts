import type { Finding, Level } from '../core/finding.ts';
import { findingsOf, type Report, waivedOf } from '../core/report.ts';
import { withoutBracketCommands, withoutCommands } from '../core/runner-commands.ts';
import { account, accountLines, notChecked } from './account.ts';
import { coverageAccountOf, coverageLedgerLine } from './coverage-ledger.ts';
import { placeText } from './finding-text.ts';
import { counted } from './numbers.ts';

export interface TextOptions {
  readonly colour: boolean;
  /** Columns to wrap at. */
  readonly width: number;
}

const colours: Readonly<Record<Level, string>> = { failure: '31', warning: '33', notice: '36' };
const indent = '         ';

/** What a terminal shows: one block per finding, and a last line that accounts for every rule. */
export function text(report: Report, options: TextOptions): string {
  const found = findingsOf(report);
  const lines = [
    heading(report),
    '',
    ...found.flatMap((finding) => [...block(finding, options), '']),
    account(report),
    ...coverageLine(report),
    ...waivedOf(report).map(
      ({ rule, place, waiver }) =>
        `Waived: ${rule}${place ? ` at ${visible(placeText(place))}` : ''} (${visible(waiver?.reason ?? '')})`,
    ),
    ...notChecked(report).map(({ rules, reason }) => `Not checked: ${rules.join(', ')} (${visible(reason)})`),
    ...report.remarks.map((remark) => `Note: ${visible(remark)}`),
    ...(found.length > 0 ? ['More: review-vitals explain <rule>'] : []),
    '',
  ];
  return withoutCommands(lines.join('\n'));
}

/** What a form that holds findings only leaves out, for a terminal. */
export function accountText(report: Report): string {
  return withoutCommands(`${accountLines(report).map(visible).join('\n')}\n`);
}

function coverageLine(report: Report): readonly string[] {
  const compared = coverageAccountOf(report);
  return compared ? [coverageLedgerLine(compared)] : [];
}

function heading(report: Report): string {
  const head = report.head?.slice(0, 7) ?? 'no commit';
  const size = [
    counted(report.changedFiles, 'file'),
    ...(report.migrations > 0 ? [counted(report.migrations, 'migration')] : []),
  ];
  return `${visible(report.repository.name)}  ${head} against ${visible(report.baseName ?? 'nothing')} · ${size.join(', ')}`;
}

function block(finding: Finding, options: TextOptions): readonly string[] {
  const level = options.colour ? `\u001b[${colours[finding.level]}m${finding.level}\u001b[0m` : finding.level;
  const gap = ' '.repeat(indent.length - finding.level.length);
  const place = finding.place ? `${visible(placeText(finding.place))}   ` : '';
  const words = `${finding.observation} ${finding.impact} ${finding.action}`;
  return [
    `${level}${gap}${place}${finding.rule}`,
    ...wrap(visible(words), options.width - indent.length).map((line) => `${indent}${line}`),
    ...(finding.suggestion === undefined
      ? []
      : finding.suggestion.split('\n').map((line) => `${indent}> ${visible(line)}`)),
  ];
}

/** A terminal obeys escape sequences, and a runner its commands; neither may come from a name. */
export function visible(words: string): string {
  return withoutBracketCommands(words).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

function wrap(words: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, line];
}
