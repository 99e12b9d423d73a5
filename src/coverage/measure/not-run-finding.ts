import type { LineRange } from '../../core/change.ts';
import type { CoverageFacts, CoveredChangedFile } from '../../core/coverage-facts.ts';
import type { FindingDraft, Place } from '../../core/finding.ts';
import { thousands } from '../../core/quantity-text.ts';
import { quoteName } from '../../core/quote-name.ts';
import { counted, lineList, lineRange, percent } from '../wording.ts';
import { moduleTrend, usualShare } from './module-trend.ts';
import type { NearestTest } from './nearest-test.ts';
import { executableLines, type PatchCoverage } from './patch-coverage.ts';
import type { FindSurroundings } from './surroundings.ts';

/** What is looked up for every finding, made once for all of them. */
export interface Around {
  readonly nearestTest: NearestTest;
  readonly surroundings: FindSurroundings;
}

interface Limits {
  readonly leastSurroundings: number;
  readonly fewestMeasurements: number;
}

/** One finding about the added lines of a file that no test runs. */
export function notRunFinding(
  patch: PatchCoverage,
  file: CoveredChangedFile | undefined,
  coverage: CoverageFacts,
  { nearestTest, surroundings }: Around,
  limits: Limits,
): FindingDraft {
  const lines = executableLines(patch);
  const [largest, ...others] = patch.notRun.map(
    (group): LineRange => ({ start: group.start, end: group.end }),
  );
  const partial =
    patch.partial === 0 ? '' : ` ${lineList('Line', patch.partialLines)} ran on some branches only.`;
  return {
    about: { path: patch.path },
    confidence: patch.unknown > 0 ? 'medium' : 'high',
    ...(largest === undefined ? {} : { place: placeOf(patch.path, largest) }),
    ...(others.length === 0 ? {} : { otherPlaces: others.map((group) => placeOf(patch.path, group)) }),
    observation:
      `${thousands(patch.miss)} of ${counted(lines, 'added line')} with code in ${quoteName(patch.path)} ${patch.miss === 1 ? 'is' : 'are'} run by no test: ` +
      `${lineList('line', patch.notRun)}.${partial}`,
    impact: impact(patch, file, coverage, surroundings, limits),
    action: action(file?.nearestTest ?? nearestTest(patch.path), largest),
    measurements: [
      { name: 'added lines not run', value: patch.miss, unit: 'lines', base: lines },
      { name: 'added lines run in part', value: patch.partial, unit: 'lines', base: lines },
      ...(file?.branchDepth === undefined
        ? []
        : [{ name: 'branches around a line not run', value: file.branchDepth, unit: 'levels' } as const]),
    ],
  };
}

function impact(
  patch: PatchCoverage,
  file: CoveredChangedFile | undefined,
  coverage: CoverageFacts,
  surroundings: FindSurroundings,
  { leastSurroundings, fewestMeasurements }: Limits,
): string {
  const history = fromHistory(patch, file, coverage, fewestMeasurements);
  if (history !== undefined) return history;
  const around = surroundings(patch.path, leastSurroundings);
  if (around === undefined) return 'A fault in these lines would pass the tests unseen.';
  const ran = executableLines(patch) - patch.miss;
  const isBelow = ran * around.lines < around.ran * executableLines(patch);
  const usual = `${percent(around.ran, around.lines)} of lines run (${thousands(around.ran)} of ${thousands(around.lines)})`;
  return isBelow
    ? `Elsewhere in ${around.where} ${usual}; a fault here is likelier to pass unseen than is usual.`
    : `Elsewhere in ${around.where} ${usual}, so tests around here would seldom notice a fault.`;
}

/** What is usual in the file's module, where enough measurements are stored. */
function fromHistory(
  patch: PatchCoverage,
  file: CoveredChangedFile | undefined,
  coverage: CoverageFacts,
  fewest: number,
): string | undefined {
  const name = file?.module;
  const range = name === undefined ? undefined : usualShare(moduleTrend(coverage, name), fewest);
  if (name === undefined || range === undefined) return undefined;
  const where = name === '' ? 'this part of the code' : quoteName(name);
  const shares = `${Math.floor(range.low * 100)} to ${Math.floor(range.high * 100)} %`;
  const lines = executableLines(patch);
  const isBelow = lines - patch.miss < range.low * lines;
  return `Usually tests run ${shares} of ${where} (${range.measurements} measurements); ${
    isBelow ? 'a fault here is likelier to pass unseen than is usual.' : 'this file is no exception.'
  }`;
}

function action(test: string | undefined, largest: LineRange | undefined): string {
  const where = largest === undefined ? 'these lines' : lineRange('line', largest);
  return test === undefined
    ? `Which test could reach ${where}?`
    : `Could a case in ${quoteName(test)} reach ${where}?`;
}

function placeOf(path: string, { start, end }: LineRange): Place {
  return { path, line: start, ...(end > start ? { endLine: end } : {}), side: 'head' };
}
