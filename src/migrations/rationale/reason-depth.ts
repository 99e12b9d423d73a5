import type { MigrationFile, Operation } from '../../core/migration-facts.ts';
import { type Risk, riskOf } from '../measure/risk.ts';

/** How much has to be written about a change. */
export interface ReasonDepth {
  /** What could not be analysed is no low risk. */
  readonly risk: Risk;
  /**
   * Impact and way back stand in the statements themselves: down steps that bring everything back, or indexes that are
   * dropped or built concurrently, as the only thing known to touch what exists.
   */
  readonly tellsWayBack: boolean;
  /**
   * As far as the statements are known, little can go wrong, or nothing that the way back does not bring back: a subject
   * that names a purpose is enough.
   */
  readonly isPurposeEnough: boolean;
  /** All that is done to what exists is to drop indexes. */
  readonly onlyDropsIndexes: boolean;
}

/** `files`: the migrations that go forward; `wayBackPaths`: those of the change that go back. */
export function reasonDepth(files: readonly MigrationFile[], wayBackPaths: ReadonlySet<string>): ReasonDepth {
  const known = files.map((file) => ({ ...file, notAnalysed: [] }));
  const besides = (isBeside: (operation: Operation) => boolean): Risk =>
    riskOf(known.map((file) => ({ ...file, operations: file.operations.filter((one) => !isBeside(one)) })));
  const onOld = known
    .flatMap(({ operations }) => operations)
    .filter(({ isOld, onTableOfThisChange }) => !isOld && !onTableOfThisChange);
  const isReversed = files
    .filter(({ operations }) => operations.length > 0)
    .every(
      ({ path, wayBack, operations }) =>
        (wayBack === 'down-step' || (wayBack === 'unknown' && hasCounterpart(path, wayBackPaths))) &&
        !operations.some(({ destroysData, isOld }) => destroysData && !isOld),
    );
  const onlyDropsIndexes = onOld.length > 0 && onOld.every(({ kind }) => kind === 'drop-index');
  const isDrop = ({ kind }: Operation): boolean => kind === 'drop-index';
  return {
    risk: riskOf(files),
    tellsWayBack: isReversed || besides((one) => isDrop(one) || isConcurrentIndex(one)) === 'low',
    isPurposeEnough: isReversed || besides(isDrop) === 'low',
    onlyDropsIndexes,
  };
}

/** "V3.Users.up.sql" beside "V3.Users.down.sql", where the framework that would pair them is not known. */
function hasCounterpart(path: string, wayBackPaths: ReadonlySet<string>): boolean {
  return wayBackPaths.has(path.replace(/\bup\.sql$/i, 'down.sql'));
}

function isConcurrentIndex({ kind, concurrently }: Operation): boolean {
  return kind === 'create-index' && concurrently;
}
