import type { CommitId } from '../../core/change.ts';
import type { ChangedLine, ChangedText } from '../../review/measure/quiet-lines.ts';
import type { ObjectStore } from './object-store.ts';
import { pathText } from './raw-diff.ts';
import type { ScratchRepository } from './scratch-repository.ts';
import { readDifference } from './tree-difference.ts';

/** Beyond this many changed lines nobody looks for moved blocks: such a difference is no move. */
const mostLines = 200_000;
/** Lines are compared up to here. */
const keptBytes = 400;

/**
 * The added and deleted lines of every changed file with their text, by the path at `to` (at `from` where it is gone).
 * Empty when more than 200,000 lines differ.
 */
export async function changedTexts(
  scratch: ScratchRepository,
  store: ObjectStore,
  from: CommitId,
  to: CommitId,
): Promise<readonly ChangedText[]> {
  const sides: { added: ChangedLine[]; deleted: ChangedLine[] }[] = [];
  let lines = 0;
  const differences = await readDifference(scratch, store, from, to, {
    context: 0,
    keptBytes,
    onLine: (index, sign, line, bytes) => {
      lines += 1;
      if (lines > mostLines) return;
      const side = sides[index] ?? { added: [], deleted: [] };
      sides[index] = side;
      side[sign === '+' ? 'added' : 'deleted'].push({ line, text: Buffer.from(bytes).toString('utf8') });
    },
  });
  if (lines > mostLines) return [];
  return differences.flatMap(({ record }, index) => {
    const side = sides[index];
    return side ? [{ path: pathText(record.headPath), ...side }] : [];
  });
}
