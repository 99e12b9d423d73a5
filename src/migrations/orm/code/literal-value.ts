import { type CodeNode, namedIn, type Program, sourceOf } from './code-node.ts';
import { type CodeValue, none } from './code-value.ts';

/** Nothing, a truth or a number, which the grammars of Ruby and Python name alike; undefined for any other expression. */
export function literalValue(program: Program, node: CodeNode): CodeValue | undefined {
  switch (node.type) {
    case 'nil':
    case 'none':
      return none;
    case 'true':
    case 'false':
      return { kind: 'boolean', is: node.type === 'true' };
    case 'integer':
    case 'float':
      return { kind: 'number', text: sourceOf(program, node).replaceAll('_', '') };
    case 'unary':
    case 'unary_operator': {
      const [operand] = namedIn(node);
      const inner = operand && literalValue(program, operand);
      return inner?.kind === 'number' && sourceOf(program, node).startsWith('-')
        ? { kind: 'number', text: `-${inner.text}` }
        : undefined;
    }
    default:
      return undefined;
  }
}
