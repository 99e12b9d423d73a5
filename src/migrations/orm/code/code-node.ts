import type { LineRange } from '../../../core/change.ts';

/** One node of a program's syntax tree, as plain data: what tree-sitter saw, without its machinery. */
export interface CodeNode {
  /** In the grammar's words ("call", "string_content"); a word or sign of the language stands for itself. */
  readonly type: string;
  /** Its part in the node around it ("arguments"); absent where the grammar names none. */
  readonly field?: string;
  readonly isNamed: boolean;
  /** Character offsets into the source, the end excluded. */
  readonly start: number;
  readonly end: number;
  readonly lines: LineRange;
  readonly children: readonly CodeNode[];
}

export type CodeLanguage = 'ruby' | 'python';

/** Turns a source text into its tree, or says why not. Never throws. */
export type ParseCode = (source: string) => CodeNode | { readonly fault: string };

/** By language; a text says why a parser is not there. */
export type CodeParsers = Readonly<Partial<Record<CodeLanguage, ParseCode | string>>>;

/** A tree with the text it was read from. */
export interface Program {
  readonly source: string;
  readonly root: CodeNode;
}

export function fieldOf(node: CodeNode | undefined, name: string): CodeNode | undefined {
  return node?.children.find(({ field }) => field === name);
}

/** Without signs, words of the language and comments. */
export function namedIn(node: CodeNode | undefined): readonly CodeNode[] {
  return (node?.children ?? []).filter(({ isNamed, type }) => isNamed && type !== 'comment');
}

export function sourceOf({ source }: Pick<Program, 'source'>, node: CodeNode): string {
  return source.slice(node.start, node.end);
}

/** Every node that passes, in the order of the text, the outermost only where `isWhole`. */
export function findAll(
  root: CodeNode,
  test: (node: CodeNode) => boolean,
  isWhole = false,
): readonly CodeNode[] {
  const found: CodeNode[] = [];
  const open: CodeNode[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    const passes = test(node);
    if (passes) found.push(node);
    if (passes && isWhole) continue;
    for (const child of node.children.toReversed()) open.push(child);
  }
  return found;
}
