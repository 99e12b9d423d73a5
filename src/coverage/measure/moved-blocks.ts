/** A line that a difference removes or adds, without the white space around it. */
export interface ChangedLine {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** Lines that were taken from one place and put, in the same order and form, to another. */
export interface MovedBlock {
  readonly fromPath: string;
  readonly fromLine: number;
  readonly toPath: string;
  readonly toLine: number;
  readonly lines: number;
}

/** A shorter block may be anything: a closing brace, a `return`, an import. */
const fewestLines = 3;
const fewestCharacters = 20;

/**
 * Finds blocks among the removed lines that stand among the added ones. A block starts from a line that occurs exactly
 * once on either side, grows as long as both sides agree, and counts from three lines with 20 characters on. Both lists
 * are in the order of the difference.
 */
export function movedBlocks(
  removed: readonly ChangedLine[],
  added: readonly ChangedLine[],
): readonly MovedBlock[] {
  const [from, to] = [onlyOnce(removed), onlyOnce(added)];
  const takenFrom = new Set<number>();
  const takenTo = new Set<number>();
  const blocks: MovedBlock[] = [];
  for (const [text, start] of from) {
    const stop = to.get(text);
    if (stop === undefined || takenFrom.has(start) || takenTo.has(stop)) continue;
    let before = 0;
    while (agree(start - before - 1, stop - before - 1, start - before, stop - before)) before += 1;
    let after = 0;
    while (agree(start + after + 1, stop + after + 1, start + after, stop + after)) after += 1;
    const lines = before + after + 1;
    const texts = removed.slice(start - before, start + after + 1).map((line) => line.text);
    if (texts.filter(Boolean).length < fewestLines || texts.join('').length < fewestCharacters) continue;
    for (let step = -before; step <= after; step += 1) {
      takenFrom.add(start + step);
      takenTo.add(stop + step);
    }
    const [first, target] = [removed[start - before], added[stop - before]];
    if (first && target) {
      blocks.push({
        fromPath: first.path,
        fromLine: first.line,
        toPath: target.path,
        toLine: target.line,
        lines,
      });
    }
  }
  return blocks;

  /** Are two lines the same, each beside the one that is known to be in the block? */
  function agree(i: number, j: number, besideI: number, besideJ: number): boolean {
    const [a, b] = [removed[i], added[j]];
    if (!a || !b || a.text !== b.text || takenFrom.has(i) || takenTo.has(j)) return false;
    return isBeside(a, removed[besideI]) && isBeside(b, added[besideJ]);
  }
}

function isBeside(a: ChangedLine, b: ChangedLine | undefined): boolean {
  return b !== undefined && a.path === b.path && Math.abs(a.line - b.line) === 1;
}

/** Text → index, of lines whose text occurs once. */
function onlyOnce(lines: readonly ChangedLine[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const several = new Set<string>();
  for (const [index, { text }] of lines.entries()) {
    if (text === '') continue;
    if (found.has(text)) several.add(text);
    found.set(text, index);
  }
  for (const text of several) found.delete(text);
  return found;
}
