import type { CoverageModule } from '../../core/coverage-facts.ts';
import type { FindingDraft } from '../../core/finding.ts';
import { findings, notApplicable, notAvailable, pass } from '../../core/outcome.ts';
import { isUnavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { comparableBase, comparisonThresholds } from '../measure/comparison-doubt.ts';
import { coverageDrop } from '../measure/coverage-drop.ts';
import { type Erosion, erosion } from '../measure/erosion.ts';
import { ledgerMeasurements } from '../measure/ledger-measurements.ts';
import { type ModulePoint, moduleTrend } from '../measure/module-trend.ts';
import { counted, pointsText, shareText } from '../wording.ts';

const mann = {
  title: 'H. B. Mann: Nonparametric Tests Against Trend (Econometrica 13, 1945)',
  url: 'https://doi.org/10.2307/1907187',
  supports: 'A steady fall can be told from chance without assuming how measurements scatter.',
};
const sen = {
  title: 'P. K. Sen: Estimates of the Regression Coefficient Based on Kendall’s Tau (JASA 63, 1968)',
  url: 'https://doi.org/10.1080/01621459.1968.10480934',
  supports:
    'The median slope says how much it falls and is not bent by single measurements that are far out.',
};

interface Eroding {
  readonly module: CoverageModule;
  readonly since: string;
  readonly erosion: Erosion;
}

export const moduleCoverageEroding = defineRule({
  id: 'coverage/module-coverage-eroding',
  since: '0.1.0',
  level: 'warning',
  question: 'Is the share of a module that tests run falling slowly, over many changes?',
  docs: {
    triggered:
      'The stored measurements of the base branch and this one fall steadily in a module: the robust (Theil–Sen) line ' +
      'through them falls by a point or more in all, a Mann–Kendall test tells the fall from mere scatter, and this change, ' +
      'which touches the module, lowers it too. The chance that the test gives is a sieve and no claim: it takes the ' +
      'measurements for independent, and each builds on the one before. A finding stays the same one for a module.',
    why: 'Each step is too small for any threshold; together they take the net away, and nobody decided that.',
    fix: 'Look at the module once as a whole: which of its newer parts deserve tests, and which do not?',
    quietWhen:
      'There are fewer stored measurements than the threshold (those from before a change of the tool that counts lines are ' +
      'left out, told by a jump in the number of lines, and so are those with reports that are not made any more), the change ' +
      'does not touch the module or does not lower it, one step alone makes most of the fall, or it is small or may be chance. Without a stored history or base the rule says that it could not look.',
  },
  sources: [mann, sen],
  thresholds: {
    ...comparisonThresholds,
    fewestMeasurements: {
      fallback: 8,
      unit: 'measurements',
      meaning: 'With fewer measurements of a module, this one included, nothing is said of a trend.',
    },
    mostMeasurements: {
      fallback: 30,
      unit: 'measurements',
      meaning: 'Only so many of the newest measurements are looked at.',
    },
    fewestLines: { fallback: 50, unit: 'lines', meaning: 'A measurement of fewer lines is left out.' },
    smallestFall: {
      fallback: 0.01,
      unit: 'ratio',
      meaning: 'A smaller fall over all measurements is not named.',
    },
    largestStep: {
      fallback: 0.5,
      unit: 'ratio',
      meaning:
        'When one step of a point or more makes up a larger share of the fall than this, it is a single drop and no erosion.',
    },
    largestChance: {
      fallback: 0.05,
      unit: 'ratio',
      meaning: 'A fall that the test calls likelier than this without any trend is not named.',
      source: mann,
    },
  },
  needs: ['change', 'coverage'],
  identity: ({ about }) => [about.module ?? ''],
  evaluate({ coverage }, thresholds) {
    const compared = comparableBase(coverage, thresholds);
    if ('doubt' in compared) return notAvailable(compared.doubt);
    if (coverage.trend === undefined || isUnavailable(coverage.trend))
      return notAvailable(coverage.trend?.unavailable ?? 'no history of the coverage was looked for');
    const touched = (coverage.modules ?? []).filter(({ isTouched, ledger }) => isTouched && ledger);
    if (touched.length === 0) return notApplicable('the change touches no measured module');
    const judged = touched.flatMap((module): readonly Eroding[] => {
      const points = [...moduleTrend(coverage, module.name), { committedAt: '', count: module.count }]
        .filter(({ count }: ModulePoint) => count.lines >= thresholds.fewestLines)
        .slice(-thresholds.mostMeasurements);
      if (points.length < thresholds.fewestMeasurements) return [];
      const since = points[0]?.committedAt ?? '';
      return [{ module, since, erosion: erosion(points.map(({ count }) => count)) }];
    });
    if (judged.length === 0)
      return notApplicable(
        `no touched module has ${thresholds.fewestMeasurements} measurements that can be compared (${coverage.trend.length} of the same reports are stored)`,
      );
    const eroding = judged.filter(
      ({ module, erosion: { fall, chance, largestStep } }) =>
        fall >= thresholds.smallestFall &&
        (largestStep < onePoint || largestStep <= fall * thresholds.largestStep) &&
        chance <= thresholds.largestChance &&
        module.ledger !== undefined &&
        coverageDrop(module.ledger).drop > 0,
    );
    if (eroding.length === 0)
      return pass(
        `${counted(judged.length, 'touched module')} with a history, none falls steadily and in this change too`,
      );
    return findings(eroding.toSorted((a, b) => b.erosion.fall - a.erosion.fall).map(draft));
  },
});

function draft({ module, since, erosion: seen }: Eroding): FindingDraft {
  const name = module.name === '' ? 'the rest of the code' : quoteName(module.name);
  return {
    about: { module: module.name },
    confidence: seen.chance <= 0.01 ? 'high' : 'medium',
    observation: `The share of ${name} that tests run fell in ${seen.falls} of ${seen.steps} measurements since ${since.slice(0, 10)}, by ${pointsText(seen.fall)} in all; this change lowers it too (now ${shareText(module.count)}).`,
    impact: `${steps(seen)} Together they are ${pointsText(seen.fall)} that no single change has decided.`,
    action: `Which of the newer parts of ${name} deserve tests?`,
    measurements: [
      { name: 'fall over all measurements', value: seen.fall, unit: 'ratio' },
      { name: 'measurements that fell', value: seen.falls, unit: 'measurements', base: seen.steps },
      { name: 'chance without a trend', value: seen.chance, unit: 'ratio' },
      ...(module.ledger ? ledgerMeasurements(module.ledger) : []),
    ],
  };
}

const onePoint = 0.01;

function steps({ largestStep }: Erosion): string {
  return largestStep < onePoint
    ? 'No single step reached one point, so none of them stood out.'
    : `The largest single step was ${pointsText(largestStep)}.`;
}
