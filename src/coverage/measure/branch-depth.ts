import type { LineRange } from '../../core/change.ts';
import type { StatusRun } from '../../core/coverage-facts.ts';

/** What decides whether, or how often, the lines below it run; the first words of a line, whatever closes before them. */
const branching =
  /^[\])}\s]*(?:(?:else|do|try|loop|default|ensure|finally)\b|(?:if|elif|elsif|elseif|else\s+if|unless|for|foreach|while|until|switch|match|case|when|catch|except|rescue|select|guard)\b(?!\s*[=:,.;)]))/;
/** Goes on with the block that the line above it opened: the end of a condition over several lines, a brace of its own. */
const continuing = /^(?:[\])]+.*[{:]|\{|then|do)$/;
/** A longer file is generated, and its depth would be the generator's. */
const mostLines = 50_000;

interface Block {
  readonly indent: number;
  readonly depth: number;
  readonly isBranch: boolean;
}

/**
 * How many branches and loops (`if`, `else`, `case`, `for`, `while`, `catch` …) a line stands in. Unit: levels, 0 for a
 * line that runs whenever its function does. Read from indentation, in any language whose blocks are indented; blank
 * lines and lines of a file over 50,000 lines have none. By line, from 1.
 */
export function branchDepths(text: string): readonly number[] {
  const lines = text.split('\n', mostLines + 1);
  if (lines.length > mostLines) return [];
  const depths: number[] = [];
  const open: Block[] = [];
  for (const line of lines) {
    const words = line.trim();
    if (words === '') {
      depths.push(0);
      continue;
    }
    const indent = indentOf(line);
    let before: Block | undefined;
    while ((open.at(-1)?.indent ?? -1) >= indent) before = open.pop();
    const around = open.at(-1);
    const depth = around === undefined ? 0 : around.depth + (around.isBranch ? 1 : 0);
    const goesOn = before?.indent === indent && before.isBranch && continuing.test(words);
    open.push({ indent, depth, isBranch: goesOn || branching.test(words) });
    depths.push(depth);
  }
  return depths;
}

/**
 * The mean depth of the added lines that did not run. Unit: levels; 0 when all added lines ran. `depths` as
 * `branchDepths` gives them, `runs` and `added` in the numbering of the same text.
 */
export function meanBranchDepth(
  depths: readonly number[],
  runs: readonly StatusRun[],
  added: readonly LineRange[],
): number {
  let [lines, levels] = [0, 0];
  for (const [first, length, status] of runs) {
    if (status !== 'miss') continue;
    for (const { start, end } of added) {
      for (let line = Math.max(first, start); line <= Math.min(first + length - 1, end); line += 1) {
        lines += 1;
        levels += depths[line - 1] ?? 0;
      }
    }
  }
  return lines === 0 ? 0 : levels / lines;
}

/** A tab leads to the next multiple of eight, as compilers count it. */
function indentOf(line: string): number {
  let indent = 0;
  for (const character of line) {
    if (character === ' ') indent += 1;
    else if (character === '\t') indent = (Math.floor(indent / 8) + 1) * 8;
    else break;
  }
  return indent;
}
