/**
 * GitHub's runner obeys what a step prints: a line that begins with `::name::`, leading space aside, and `##[name]`
 * wherever it stands in a line. Source: actions/runner, `ActionCommand.cs` (TryParseV2 and TryParse).
 */

/** Without the older form. What is left of it reads the same, in the notation that names use for what cannot be shown. */
export function withoutBracketCommands(text: string): string {
  return text.replaceAll('##[', '#\\u{23}[');
}

/** Printed lines of which none is a command of either form; wrapping may have put any word at the start of a line. */
export function withoutCommands(lines: string): string {
  return withoutBracketCommands(lines).replace(/^([^\S\n]*):(?=:)/gm, '$1\\u{3a}');
}
