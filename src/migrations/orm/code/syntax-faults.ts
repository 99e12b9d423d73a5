import type { NotAnalysed } from '../../../core/migration-facts.ts';
import { type CodeNode, findAll } from './code-node.ts';

/** So many places are named of one file; a text in another language is one fault after the other. Chosen by us. */
const mostNamed = 5;

/** Places that the grammar did not understand. */
export function syntaxFaults(root: CodeNode): readonly NotAnalysed[] {
  return findAll(root, ({ type }) => type === 'ERROR', true)
    .slice(0, mostNamed)
    .map(({ lines }) => ({ lines, why: 'a part that the grammar of its language does not understand' }));
}
