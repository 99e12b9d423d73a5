import type { NotAnalysed } from '../../../core/migration-facts.ts';
import { type CodeNode, fieldOf, namedIn, type Program, sourceOf } from '../code/code-node.ts';
import type { CodeValue } from '../code/code-value.ts';
import { pythonCall, pythonValue } from '../code/python-values.ts';

export const putTogether = 'operations that are put together when the migration runs';

export interface MigrationAttributes {
  readonly values: ReadonlyMap<string, CodeValue>;
  /** Parts of the class that make operations in a way that is not followed. */
  readonly left: readonly NotAnalysed[];
}

/** What the body of a Django migration gives its attributes: by assignments, `+=`, and `operations.append(…)` and the like. */
export function migrationAttributes(
  program: Program,
  migration: CodeNode,
  around: ReadonlyMap<string, CodeValue>,
): MigrationAttributes {
  const scope = new Map(around);
  const values = new Map<string, CodeValue>();
  const left: NotAnalysed[] = [];
  take(namedIn(fieldOf(migration, 'body')));
  return { values, left };

  function take(nodes: readonly CodeNode[]): void {
    for (const node of nodes) {
      switch (node.type) {
        case 'expression_statement':
          for (const inner of namedIn(node)) takeExpression(inner);
          break;
        // A condition is taken to hold, as everywhere else.
        case 'if_statement': {
          take(namedIn(fieldOf(node, 'consequence')));
          const others = node.children.filter(({ type }) => /^el(?:se|if)_clause$/.test(type));
          for (const other of others)
            leave(other, 'the other branch of a condition that is decided when the migration runs');
          break;
        }
        case 'function_definition': {
          const name = sourceOf(program, fieldOf(node, 'name') ?? node);
          if (/^(?:__init__|apply|unapply|mutate_state)$/.test(name))
            left.push({ lines: node.lines, why: `\`${name}\`, which this migration has of its own` });
          break;
        }
        default:
          leave(node, putTogether);
      }
    }
  }

  function leave(node: CodeNode, why: string): void {
    if (node.type !== 'comment' && /\boperations\b/.test(sourceOf(program, node)))
      left.push({ lines: node.lines, why });
  }

  function takeExpression(node: CodeNode): void {
    if (node.type === 'assignment' || node.type === 'augmented_assignment') {
      const target = fieldOf(node, 'left');
      const value = pythonValue(program, fieldOf(node, 'right'), scope);
      if (target) set(sourceOf(program, target), value, node.type === 'augmented_assignment');
    } else if (node.type === 'call') {
      const callee = sourceOf(program, fieldOf(node, 'function') ?? node);
      const [, name = '', verb] = /^(\w+)\.(append|extend|insert)$/.exec(callee) ?? [];
      const { args } = pythonCall(program, node, scope);
      const given = args.at(-1);
      if (verb && given && values.has(name))
        set(name, verb === 'extend' ? given : { kind: 'list', items: [given] }, true);
      else leave(node, putTogether);
    } else if (node.type !== 'string') leave(node, putTogether);
  }

  /** What is added where either side is no list stands in it as one item that is not known. */
  function set(name: string, value: CodeValue, isAdded: boolean): void {
    const before = isAdded ? values.get(name) : undefined;
    const whole: CodeValue = before
      ? { kind: 'list', items: [...itemsOf(before), ...itemsOf(value)] }
      : value;
    values.set(name, whole);
    scope.set(name, whole);
  }
}

function itemsOf(value: CodeValue): readonly CodeValue[] {
  return value.kind === 'list' ? value.items : [value];
}
