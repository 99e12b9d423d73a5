import type { CoveredChangedFile } from '../../core/coverage-facts.ts';
import { findings, notApplicable, notAvailable, pass } from '../../core/outcome.ts';
import { defineRule } from '../../core/rule.ts';
import { missingShardDoubt } from '../measure/comparison-doubt.ts';
import { mappingDoubt } from '../measure/mapping-doubt.ts';
import { nearestTestAmong } from '../measure/nearest-test.ts';
import { notRunFinding } from '../measure/not-run-finding.ts';
import { executableLines, type PatchCoverage, patchCoverage } from '../measure/patch-coverage.ts';
import { surroundingsIn } from '../measure/surroundings.ts';

const sonarSmallChange = {
  title: 'SonarQube: SmallChangesetQualityGateSpecialCase (MAXIMUM_NEW_LINES_FOR_SMALL_CHANGESETS)',
  url: 'https://github.com/SonarSource/sonarqube',
  supports: 'Conditions on the coverage of new code are ignored for a change of at most 19 new lines.',
};
const indentation = {
  title:
    'A. Hindle, M. W. Godfrey, R. C. Holt: Reading Beside the Lines (Science of Computer Programming 74, 2009)',
  url: 'https://doi.org/10.1016/j.scico.2009.02.005',
  supports:
    'Indentation alone ranks changes by complexity much as the measures of McCabe and Halstead do, in any language; how deep lines stand is read from it.',
};

export const changedLinesNotRun = defineRule({
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
      'stays the same one while the file keeps its path. Files that were often changed and often repaired in the half year ' +
      'before come first, and of those the ones whose lines stand deep in branches and loops.',
    why:
      'A test cannot notice a fault in a line that it does not run. Changed lines are where new faults come from, and ' +
      'the review is the cheapest moment to see which of them nothing watches.',
    fix: 'Extend the test nearest to the named lines, or say in the review why they are not tested.',
    quietWhen:
      'The change adds fewer than 20 lines to measured files, a file leaves fewer than 3 lines out, or nothing that the ' +
      'change adds holds code. Without a report, when over half of its files match no tracked file, or when a report that ' +
      'the base has is missing, the rule says that it could not look.',
  },
  sources: [sonarSmallChange, indentation],
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
    fewestMeasurements: {
      fallback: 20,
      unit: 'measurements',
      meaning:
        'Fewest stored measurements that a usual range is stated from; with fewer, this report alone is.',
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
    const doubt = mappingDoubt(coverage, thresholds.largestUnmapped) ?? missingShardDoubt(coverage);
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
    const around = {
      surroundings: surroundingsIn(coverage.files),
      nearestTest: nearestTestAmong([
        ...change.files.filter(({ status }) => status !== 'deleted').map(({ path }) => path),
        ...coverage.files.map(({ path }) => path),
      ]),
    };
    const drafts = named
      .map((patch) => ({ patch, file: covered.get(patch.path) }))
      .toSorted((a, b) => weight(b) - weight(a) || b.patch.miss - a.patch.miss)
      .map(({ patch, file }) => notRunFinding(patch, file, coverage, around, thresholds));
    return findings(drafts);
  },
});

/** Each line counts once, and once more for every branch and loop around it; files often changed and repaired come first. */
function weight({ patch, file }: { patch: PatchCoverage; file: CoveredChangedFile | undefined }): number {
  const { past = { changes: 0, fixes: 0 }, branchDepth = 0 } = file ?? {};
  return patch.miss * (1 + branchDepth) * (1 + past.changes) * (1 + past.fixes);
}
