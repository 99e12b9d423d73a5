import type { MigrationFile } from '../../core/migration-facts.ts';
import { type Risk, riskOf } from '../measure/risk.ts';

/** How much has to be written about a change. */
export interface ReasonDepth {
  /** Its risk as far as its statements are known: what could not be analysed is asked for its reason only. */
  readonly risk: Risk;
  /**
   * Impact and way back stand in the statements themselves: down steps that bring everything back, or indexes that are
   * built concurrently, as the only thing that touches what exists.
   */
  readonly tellsWayBack: boolean;
}

/** `files`: the migrations that go forward; `wayBackPaths`: those of the change that go back. */
export function reasonDepth(files: readonly MigrationFile[], wayBackPaths: ReadonlySet<string>): ReasonDepth {
  const known = files.map((file) => ({ ...file, notAnalysed: [] }));
  const beside = known.map((file) => ({
    ...file,
    operations: file.operations.filter(({ kind, concurrently }) => kind !== 'create-index' || !concurrently),
  }));
  const isReversed = files
    .filter(({ operations }) => operations.length > 0)
    .every(
      ({ path, wayBack, operations }) =>
        (wayBack === 'down-step' || (wayBack === 'unknown' && hasCounterpart(path, wayBackPaths))) &&
        !operations.some(({ destroysData, isOld }) => destroysData && !isOld),
    );
  return { risk: riskOf(known), tellsWayBack: isReversed || riskOf(beside) === 'low' };
}

/** "V3.Users.up.sql" beside "V3.Users.down.sql", where the framework that would pair them is not known. */
function hasCounterpart(path: string, wayBackPaths: ReadonlySet<string>): boolean {
  return wayBackPaths.has(path.replace(/\bup\.sql$/i, 'down.sql'));
}
