import type { CodeNode } from './code/code-node.ts';

/** The words of a program without comments, spacing and texts that stand alone (Python's docstrings). */
export function codeWords(source: string, root: CodeNode): string {
  const words: string[] = [];
  const open: (CodeNode | string)[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node === 'string') words.push(node);
    else if (node.type === 'comment' || isLoneText(node)) continue;
    // Of a text, what stands between its escapes is no node.
    else if (node.children.length === 0 || node.type.endsWith('_content'))
      words.push(source.slice(node.start, node.end));
    else {
      // Indentation alone says where a block of Python ends.
      if (node.type === 'block') open.push('end of block');
      for (const child of node.children.toReversed()) open.push(child);
    }
  }
  return words.join('\u0001');
}

function isLoneText({ type, children }: CodeNode): boolean {
  return type === 'expression_statement' && children.length === 1 && children[0]?.type === 'string';
}
