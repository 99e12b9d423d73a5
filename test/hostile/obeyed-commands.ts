/** Commands that GitHub's runner knows (actions/runner, `ActionCommandManager.cs` and the extensions beside it). */
const registered: ReadonlySet<string> = new Set([
  'add-mask', 'add-matcher', 'add-path', 'debug', 'echo', 'endgroup', 'error', 'group', 'internal-set-repo-path',
  'notice', 'remove-matcher', 'save-state', 'set-env', 'set-output', 'stop-commands', 'warning',
]); // biome-ignore format: a list reads better in few lines

export interface ObeyedCommand {
  readonly name: string;
  readonly data: string;
}

/**
 * What the runner would carry out of these printed lines: `::name properties::data` at the start of a line, leading space
 * aside, and `##[name properties]data` anywhere in it (`ActionCommand.TryParseV2`, `TryParse`).
 */
export function obeyedCommands(printed: string): readonly ObeyedCommand[] {
  return printed.split(/\r\n|\n|\r/).flatMap((line) => {
    const command = newForm(line.trimStart()) ?? oldForm(line);
    return command && registered.has(command.name) ? [command] : [];
  });
}

function newForm(line: string): ObeyedCommand | undefined {
  if (!line.startsWith('::')) return undefined;
  const end = line.indexOf('::', 2);
  if (end < 0) return undefined;
  const name = line.slice(2, end).split(' ')[0] ?? '';
  return registered.has(name) ? { name, data: line.slice(end + 2) } : undefined;
}

function oldForm(line: string): ObeyedCommand | undefined {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  return end < 0
    ? undefined
    : { name: line.slice(start + 3, end).split(' ')[0] ?? '', data: line.slice(end + 1) };
}
