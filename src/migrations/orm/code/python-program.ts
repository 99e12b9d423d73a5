import type { SourceComment } from '../../../core/migration-facts.ts';
import { fieldOf, findAll, namedIn, type Program, sourceOf } from './code-node.ts';
import { type CodeValue, textOf, withoutGrowth } from './code-value.ts';
import { pythonValue } from './python-values.ts';

/** Names whose values are added to after they were given: what they hold in the end is only known when the migration runs. */
export function grownNames({ source }: Program): ReadonlySet<string> {
  const growing = /\b(\w+)[ \t]*(?:\.(?:append|extend|insert|add|update)[ \t]*\(|\+=)/g;
  return new Set([...source.matchAll(growing)].map(([, name = '']) => name));
}

/** Names that a module gives a value once, at its top. */
export function pythonScope(program: Program): ReadonlyMap<string, CodeValue> {
  const scope = new Map<string, CodeValue>();
  const grown = grownNames(program);
  for (const node of namedIn(program.root)) {
    const assignment = node.type === 'expression_statement' ? namedIn(node)[0] : undefined;
    const left = assignment?.type === 'assignment' ? fieldOf(assignment, 'left') : undefined;
    if (left?.type !== 'identifier') continue;
    const name = sourceOf(program, left);
    const value: CodeValue = scope.has(name)
      ? { kind: 'opaque', source: name }
      : pythonValue(program, fieldOf(assignment, 'right'), scope);
    scope.set(name, withoutGrowth(name, value, grown));
  }
  return scope;
}

/** Comments, and the texts that stand alone (docstrings), without their marks. */
export function pythonComments(program: Program): readonly SourceComment[] {
  const found = findAll(
    program.root,
    (node) =>
      node.type === 'comment' ||
      (node.type === 'expression_statement' && namedIn(node)[0]?.type === 'string'),
    true,
  );
  return found.map((node) => ({
    lines: node.lines,
    text:
      node.type === 'comment'
        ? sourceOf(program, node).replace(/^#+!?\s?/, '')
        : (textOf(pythonValue(program, namedIn(node)[0], new Map())) ?? '').replace(/^[ \t]+/gm, '').trim(),
  }));
}
