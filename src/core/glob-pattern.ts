/** Tests whole paths against a glob. */
export interface PathPattern {
  test(path: string): boolean;
}

/** What one step of a compiled glob takes; `jump` takes nothing and goes on in several places at once. */
type Step =
  | { readonly takes: 'any' | 'segment' }
  | { readonly takes: 'character'; readonly character: string }
  | { readonly jump: readonly number[] };

/**
 * A glob over paths with slashes: `*` and `?` stay inside a segment, `**` spans any number of them, `{a,b}` is either.
 * Everything else stands for itself; a leading `./` is dropped. All ways to match are followed at once, so that time grows
 * with the length of path times glob, whatever either holds: a regular expression would try `*a*a*a*a` in turn.
 */
export function globPattern(glob: string): PathPattern {
  const steps = compiled(glob.replace(/^\.\//, ''));
  const first = reached(steps, [0]);
  return {
    test(path) {
      let at = first;
      for (const character of path) {
        const next: number[] = [];
        for (const place of at) {
          const step = steps[place];
          if (step !== undefined && takes(step, character)) next.push(place + 1);
        }
        if (next.length === 0) return false;
        at = reached(steps, next);
      }
      return at.has(steps.length);
    },
  };
}

function takes(step: Step, character: string): boolean {
  if ('jump' in step) return false;
  if (step.takes === 'character') return step.character === character;
  return step.takes === 'any' || character !== '/';
}

/** These places and all that jumps lead to from them. */
function reached(steps: readonly Step[], from: readonly number[]): ReadonlySet<number> {
  const places = new Set(from);
  for (const place of places) {
    const step = steps[place];
    if (step !== undefined && 'jump' in step) for (const next of step.jump) places.add(next);
  }
  return places;
}

function compiled(glob: string): readonly Step[] {
  const steps: Step[] = [];
  /** Of each open brace: where its fork stands, where its branches begin, and the jumps that go behind it. */
  const groups: { readonly fork: number; readonly branches: number[]; readonly ends: number[] }[] = [];
  const repeat = (takes: 'any' | 'segment') => {
    const at = steps.length;
    steps.push({ jump: [at + 1, at + 3] }, { takes }, { jump: [at] });
  };
  const close = () => {
    const group = groups.pop();
    if (!group) return;
    steps[group.fork] = { jump: group.branches };
    for (const end of group.ends) steps[end] = { jump: [steps.length] };
  };
  for (const [token] of glob.matchAll(/\*\*\/|\*+|[?{},]|[^*?{},]/gsu)) {
    const group = groups.at(-1);
    if (token === '**/') {
      const at = steps.length;
      steps.push({ jump: [at + 1, at + 5] });
      repeat('any');
      steps.push({ takes: 'character', character: '/' });
    } else if (token.startsWith('*')) repeat(token.length > 1 ? 'any' : 'segment');
    else if (token === '?') steps.push({ takes: 'segment' });
    else if (token === '{') {
      groups.push({ fork: steps.length, branches: [steps.length + 1], ends: [] });
      steps.push({ jump: [] });
    } else if (token === '}' && group) close();
    else if (token === ',' && group) {
      group.ends.push(steps.length);
      steps.push({ jump: [] });
      group.branches.push(steps.length);
    } else steps.push({ takes: 'character', character: token });
  }
  while (groups.length > 0) close();
  return steps;
}
