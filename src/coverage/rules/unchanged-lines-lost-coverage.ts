import type { BaseCoverage, LostLines } from '../../core/coverage-facts.ts';
import type { FindingDraft } from '../../core/finding.ts';
import { findings, notAvailable, pass } from '../../core/outcome.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { comparableBase, comparisonThresholds } from '../measure/comparison-doubt.ts';
import { linesIn } from '../measure/line-ranges.ts';
import { counted, lineList } from '../wording.ts';

const flaky = {
  title: 'codecov/feedback issue 561: detect coverage that changes without a change',
  url: 'https://github.com/codecov/feedback/issues/561',
  supports:
    'Lines that run on some runs of the same tests and not on others make differences that mean nothing.',
};

const mostNamed = 2;

export const unchangedLinesLostCoverage = defineRule({
  id: 'coverage/unchanged-lines-lost-coverage',
  since: '0.1.0',
  level: 'warning',
  question: 'Do lines that this change leaves as they are run no more?',
  docs: {
    triggered:
      'Lines that stand at the base and at the head in the same form ran at the base and do not run any more. Base lines ' +
      'are carried through renames and edits above them. One finding for the whole change, which names the files with ' +
      'most such lines.',
    why: 'A test that was removed, skipped or no longer reaches them leaves these lines unwatched, and no diff shows it.',
    fix: 'Find the test that ran them: it may have been deleted, skipped or moved out of the run.',
    quietWhen:
      'Fewer lines than the threshold are lost. Lines that came and went before without being changed are learned from up ' +
      'to eight older measurements and left out. Without a stored base, with a report missing, or when the two reports ' +
      'count lines differently, the rule says that it could not look.',
  },
  sources: [flaky],
  thresholds: {
    ...comparisonThresholds,
    fewestLost: {
      fallback: 5,
      unit: 'lines',
      meaning: 'Fewer lost lines in all are not named.',
      source: flaky,
    },
  },
  needs: ['change', 'coverage'],
  identity: () => ['pull request'],
  evaluate({ coverage }, thresholds) {
    const compared = comparableBase(coverage, thresholds);
    if ('doubt' in compared) return notAvailable(compared.doubt);
    const { base } = compared;
    const lost = base.lostLines.filter(({ ranges }) => ranges.length > 0);
    const lines = lost.reduce((sum, { ranges }) => sum + linesIn(ranges), 0);
    const flakyLines = base.lostLines.reduce((sum, file) => sum + file.flaky, 0);
    const left = flakyLines > 0 ? ` (${counted(flakyLines, 'line')} that came and went before left out)` : '';
    if (lines < thresholds.fewestLost)
      return pass(`${lines} of ${base.unchanged.lines} unchanged lines run no more${left}`);
    return findings([draft(lost, lines, flakyLines, base)]);
  },
});

function draft(
  lost: readonly LostLines[],
  lines: number,
  flakyLines: number,
  base: BaseCoverage,
): FindingDraft {
  const files = lost.toSorted((a, b) => linesIn(b.ranges) - linesIn(a.ranges) || (a.path < b.path ? -1 : 1));
  const named = files
    .slice(0, mostNamed)
    .map(({ path, ranges }) => `${quoteName(path)} ${lineList('line', largestFirst(ranges))}`);
  const more = files.length - named.length;
  const others = base.distance === 0 ? '' : ` ${counted(base.distance, 'commit')} of others lie between.`;
  return {
    about: {},
    confidence: base.distance === 0 ? 'high' : 'medium',
    otherPlaces: files.flatMap(({ path, ranges }) =>
      ranges
        .slice(0, 1)
        .map(({ start, end }) => ({ path, line: start, endLine: end, side: 'head' as const })),
    ),
    observation: `${counted(lines, 'unchanged line')} in ${counted(files.length, 'file')} ran at ${base.commit.slice(0, 7)} and run no more: ${named.join('; ')}${more > 0 ? `; and ${more} more ${more === 1 ? 'file' : 'files'}` : ''}.`,
    impact: `The diff shows none of them, so a fault there would now pass the tests.${others}`,
    action: 'Was a test that ran them removed, skipped or left out of this run?',
    measurements: [
      { name: 'unchanged lines that run no more', value: lines, unit: 'lines', base: base.unchanged.lines },
      ...(flakyLines > 0
        ? [{ name: 'flaky lines left out', value: flakyLines, unit: 'lines' } as const]
        : []),
    ],
  };
}

function largestFirst(ranges: LostLines['ranges']): LostLines['ranges'] {
  return ranges.toSorted((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
}
