/**
 * A glob over paths with slashes: `*` and `?` stay inside a segment, `**` spans any number of them, `{a,b}` is either.
 * Everything else stands for itself; a leading `./` is dropped.
 */
export function globPattern(glob: string): RegExp {
  let pattern = '';
  let depth = 0;
  for (const [token] of glob.replace(/^\.\//, '').matchAll(/\*\*\/|\*+|[?{},]|[^*?{},]+/g)) {
    // Runs of `**/` are one: a chain of them would make the expression backtrack without end.
    if (token === '**/') pattern += pattern.endsWith('(?:.*/)?') ? '' : '(?:.*/)?';
    else if (token.startsWith('**')) pattern += '.*';
    else if (token === '*') pattern += '[^/]*';
    else if (token === '?') pattern += '[^/]';
    else if (token === '{') {
      depth += 1;
      pattern += '(?:';
    } else if (token === '}' && depth > 0) {
      depth -= 1;
      pattern += ')';
    } else if (token === ',' && depth > 0) pattern += '|';
    else pattern += token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }
  return new RegExp(`^${pattern}${')'.repeat(depth)}$`, 'u');
}
