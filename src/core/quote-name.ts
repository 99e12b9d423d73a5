import { cutText } from './cut-text.ts';
import { withoutBracketCommands } from './runner-commands.ts';

/** Characters that would end a line, hide text or reorder it: controls, zero-width and bidirectional marks. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/**
 * A name from the repository as it may stand in a finding's text: between backticks, on one line, with what cannot be
 * seen written out (`\u{202e}`), backticks replaced, and cut at 120 characters. Renderers keep such spans apart from
 * their own words, so a name can never become markup, a mention or a workflow command.
 */
export function quoteName(name: string): string {
  const visible = withoutBracketCommands(name)
    .replaceAll('`', 'ˋ')
    .replace(invisible, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return `\`${cutText(visible, 120, '…') || ' '}\``;
}
