import { isExcludeFile } from '../../coverage/formats/tests/coverage-excludes.ts';
import { isThresholdFile } from '../../coverage/formats/tests/coverage-thresholds.ts';

/** Settings that say what a coverage report holds, and what it has to reach. */
export function isCoverageSetting(path: string): boolean {
  return isThresholdFile(path) || isExcludeFile(path);
}
