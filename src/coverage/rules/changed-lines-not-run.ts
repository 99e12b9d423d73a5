import type { ChangedFile, LineRange } from '../../core/change.ts';
import type { CoverageFacts } from '../../core/coverage-facts.ts';
import type { FindingDraft, Place } from '../../core/finding.ts';
import { findings, notApplicable, notAvailable, pass } from '../../core/outcome.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { mappingDoubt } from '../measure/mapping-doubt.ts';
import { nearestTest } from '../measure/nearest-test.ts';
import { executableLines, type PatchCoverage, patchCoverage } from '../measure/patch-coverage.ts';
import { surroundings } from '../measure/surroundings.ts';
import { lineList, lineRange, percent } from '../wording.ts';

const sonarSmallChange = {
  title: 'SonarQube: SmallChangesetQualityGateSpecialCase (MAXIMUM_NEW_LINES_FOR_SMALL_CHANGESETS)',
  url: 'https://github.com/SonarSource/sonarqube',
  supports: 'Conditions on the coverage of new code are ignored for a change of at most 19 new lines.',
};

export default defineRule({
  id: 'coverage/changed-lines-not-run',
  since: '0.1.0',
  level: 'warning',
  question: 'Do the tests run the lines that this change adds?',
  docs: {
    triggered:
      'Lines that the change adds to a file hold code and the coverage report says that no test ran them. One finding ' +
      'a file; lines belong together when at most three lines without code lie between them. The unit is lines: a line ' +
      'that ran on some of its branches only counts as run and is named as partial. The report is read for the commit ' +
      'that was tested and its lines are carried to the head; a line written since is counted as unknown. A finding ' +
      'stays the same one while the file keeps its path.',
    why:
      'A test cannot notice a fault in a line that it does not run. Changed lines are where new faults come from, and ' +
      'the review is the cheapest moment to see which of them nothing watches.',
    fix: 'Extend the test nearest to the named lines, or say in the review why they are not tested.',
    quietWhen:
      'The change adds fewer than 20 lines to measured files, a file leaves fewer than 3 lines out, or nothing that the ' +
      'change adds holds code. Without a report, or when over half of its files match no tracked file, the rule says ' +
      'that it could not look.',
  },
  sources: [sonarSmallChange],
  thresholds: {
    smallChange: {
      fallback: 19,
      unit: 'lines',
      meaning: 'A change that adds at most this many lines to measured files is not judged.',
      source: sonarSmallChange,
    },
    fewestNotRun: {
      fallback: 3,
      unit: 'lines',
      meaning: 'A file with fewer lines that did not run is not named.',
    },
    largestGap: {
      fallback: 3,
      unit: 'lines',
      meaning: 'Lines that did not run belong together over at most this many lines that hold no code.',
      source: {
        title: 'python-coverage-comment-action: MAX_ANNOTATION_GAP',
        url: 'https://github.com/py-cov-action/python-coverage-comment-action',
        supports: 'Annotations on missing lines are joined over gaps of up to three lines.',
      },
    },
    leastSurroundings: {
      fallback: 20,
      unit: 'lines',
      meaning: 'Fewest lines of code around a file that its usual share is stated from.',
    },
    largestUnmapped: {
      fallback: 0.5,
      unit: 'ratio',
      meaning: 'Above this share of report files without a tracked file, the report is not believed.',
    },
  },
  needs: ['change', 'coverage'],
  identity: ({ about }) => [about.path ?? ''],
  evaluate({ change, coverage }, thresholds) {
    const doubt = mappingDoubt(coverage, thresholds.largestUnmapped);
    if (doubt !== undefined) return notAvailable(doubt);
    const covered = new Map(coverage.changed.map((file) => [file.path, file]));
    const patches: PatchCoverage[] = [];
    let addedLines = 0;
    for (const { path, added } of change.files) {
      const file = covered.get(path);
      if (file === undefined || added.length === 0) continue;
      addedLines += added.reduce((lines, range) => lines + range.end - range.start + 1, 0);
      patches.push(patchCoverage(file, added, thresholds.largestGap));
    }
    const lines = patches.reduce((total, patch) => total + executableLines(patch), 0);
    const unknown = patches.reduce((total, patch) => total + patch.unknown, 0);
    if (lines === 0 && unknown > 0) {
      return notAvailable(
        `${unknown} added lines are newer than the measured commit ${coverage.measuredCommit.slice(0, 7)}; run the tests on this head`,
      );
    }
    if (lines === 0) return notApplicable('no added line holds code that the coverage report knows');
    const ran = patches.reduce((total, patch) => total + patch.hit + patch.partial, 0);
    const seen = `${ran} of ${lines} added lines with code run${unknown > 0 ? ` (${unknown} newer than the measured commit, unknown)` : ''}`;
    if (addedLines <= thresholds.smallChange) {
      return pass(
        `${seen}; a change of ${addedLines} ${addedLines === 1 ? 'line' : 'lines'} is too small to judge`,
      );
    }
    const named = patches.filter((patch) => patch.miss >= thresholds.fewestNotRun);
    if (named.length === 0) return pass(seen);
    const drafts = named
      .toSorted((a, b) => b.miss - a.miss)
      .map((patch) => draft(patch, coverage, change.files, thresholds.leastSurroundings));
    return findings(drafts);
  },
});

function draft(
  patch: PatchCoverage,
  coverage: CoverageFacts,
  changed: readonly ChangedFile[],
  leastSurroundings: number,
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
      `${patch.miss} of ${lines} added lines with code in ${quoteName(patch.path)} are run by no test: ` +
      `${lineList('line', patch.notRun)}.${partial}`,
    impact: impact(patch, coverage, leastSurroundings),
    action: action(patch, coverage, changed, largest),
    measurements: [
      { name: 'added lines not run', value: patch.miss, unit: 'lines', base: lines },
      { name: 'added lines run in part', value: patch.partial, unit: 'lines', base: lines },
    ],
  };
}

function impact(patch: PatchCoverage, coverage: CoverageFacts, leastLines: number): string {
  const around = surroundings(coverage, patch.path, leastLines);
  if (around === undefined) return 'A fault in these lines would pass the tests unseen.';
  const ran = executableLines(patch) - patch.miss;
  const isBelow = ran * around.lines < around.ran * executableLines(patch);
  const usual = `${percent(around.ran, around.lines)} of lines run (${around.ran} of ${around.lines})`;
  return isBelow
    ? `Elsewhere in ${around.where} ${usual}; a fault here is likelier to pass unseen than is usual.`
    : `Elsewhere in ${around.where} ${usual}, so tests around here would seldom notice a fault.`;
}

function action(
  patch: PatchCoverage,
  coverage: CoverageFacts,
  changed: readonly ChangedFile[],
  largest: LineRange | undefined,
): string {
  const known = [
    ...changed.filter(({ status }) => status !== 'deleted').map(({ path }) => path),
    ...coverage.files.map(({ path }) => path),
  ];
  const test = nearestTest(patch.path, known);
  const where = largest === undefined ? 'these lines' : lineRange('line', largest);
  return test === undefined
    ? `Which test could reach ${where}?`
    : `Could a case in ${quoteName(test)} reach ${where}?`;
}

function placeOf(path: string, { start, end }: LineRange): Place {
  return { path, line: start, ...(end > start ? { endLine: end } : {}), side: 'head' };
}
