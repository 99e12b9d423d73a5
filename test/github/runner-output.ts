export interface Annotation {
  readonly level: 'notice' | 'warning' | 'error';
  readonly message: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** Workflow commands on standard output that GitHub shows as annotations. */
export function annotationsOf(stdout: string): readonly Annotation[] {
  const annotations: Annotation[] = [];
  let stopped: string | undefined;
  for (const line of stdout.split(/\r?\n/)) {
    const [, command = '', properties = '', message = ''] =
      /^\s*::([\w-]+)(?:\s+([^:]*(?::[^:]+)*?))?::(.*)$/.exec(line) ?? [];
    if (stopped !== undefined) {
      if (command === stopped) stopped = undefined;
      continue;
    }
    if (command === 'stop-commands') stopped = message;
    if (command !== 'notice' && command !== 'warning' && command !== 'error') continue;
    const pairs = properties.split(',').filter((pair) => pair.includes('='));
    annotations.push({
      level: command,
      message: decoded(message),
      properties: Object.fromEntries(
        pairs.map((pair) => [
          pair.slice(0, pair.indexOf('=')).trim(),
          decoded(pair.slice(pair.indexOf('=') + 1)),
        ]),
      ),
    });
  }
  return annotations;
}

function decoded(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

/** `name=value` lines and `name<<DELIMITER` blocks, as GITHUB_OUTPUT holds them. */
export function environmentFile(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const block = /^([^=<]+)<<(.+)$/.exec(line);
    if (block !== null) {
      const [, name = '', delimiter] = block;
      const end = lines.indexOf(delimiter ?? '', index + 1);
      if (end === -1) throw new Error(`GITHUB_OUTPUT: the block ${name} has no end.`);
      values[name] = lines.slice(index + 1, end).join('\n');
      index = end;
    } else if (line.includes('='))
      values[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
  }
  return values;
}
