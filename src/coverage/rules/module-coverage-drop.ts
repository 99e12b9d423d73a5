import type { BaseCoverage, CoverageModule } from '../../core/coverage-facts.ts';
import type { FindingDraft, Measurement } from '../../core/finding.ts';
import { findings, notApplicable, notAvailable, pass } from '../../core/outcome.ts';
import { thousands } from '../../core/quantity-text.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { comparableBase, comparisonThresholds } from '../measure/comparison-doubt.ts';
import { coverageAccount } from '../measure/coverage-account.ts';
import { type CoverageDrop, coverageDrop } from '../measure/coverage-drop.ts';
import { ledgerMeasurements } from '../measure/ledger-measurements.ts';
import { moduleTrend, type UsualShare, usualShare } from '../measure/module-trend.ts';
import { counted, pointsText, shareText } from '../wording.ts';

const fairness = {
  title: 'codecov/feedback issue 64: a check fails because covered lines were deleted',
  url: 'https://github.com/codecov/feedback/issues/64',
  supports: 'A percentage falls when tested code is removed, although nothing is tested less.',
};

export const moduleCoverageDrop = defineRule({
  id: 'coverage/module-coverage-drop',
  since: '0.1.0',
  level: 'notice',
  question: 'Does this change make the tests run a smaller share of a module?',
  docs: {
    triggered:
      'The share of lines that run falls by a point or more in a module, because of lines that the change adds or of ' +
      'unchanged lines that do not run any more. Both measurements are compared line by line: every line of the ' +
      'difference is counted as added, removed, moved, unchanged (indirect), of other changes (elsewhere) or unmapped, and ' +
      'these add up. The unit is lines; a line that ran in part ran. Modules are those of the settings, else workspace ' +
      'packages, Go and Maven modules, else areas of CODEOWNERS, and top folders for what these leave. A finding stays the same one for a module.',
    why: 'One number for a whole repository hides the module that falls while others rise.',
    fix: 'Extend the tests of the module, or say in the review why its new lines need less of them.',
    quietWhen:
      'The module has fewer lines than the threshold, fewer lines than the threshold are run less, or the share falls ' +
      'only because tested code was removed or moved away. Without a stored base, with a report missing, or when the two ' +
      'reports count lines differently, the rule says that it could not look.',
  },
  sources: [fairness],
  thresholds: {
    ...comparisonThresholds,
    smallestDrop: { fallback: 0.01, unit: 'ratio', meaning: 'A smaller drop of the share is not named.' },
    fewestLines: { fallback: 50, unit: 'lines', meaning: 'A module with fewer lines of code is not judged.' },
    fewestMeasurements: {
      fallback: 20,
      unit: 'measurements',
      meaning: 'Fewest stored measurements that a usual range is stated from.',
    },
    fewestNotRun: {
      fallback: 10,
      unit: 'lines',
      meaning:
        'A drop that fewer lines explain (added and not run, or unchanged and not run any more) is not named.',
    },
  },
  needs: ['change', 'coverage'],
  identity: ({ about }) => [about.module ?? ''],
  evaluate({ coverage }, thresholds) {
    const compared = comparableBase(coverage, thresholds);
    if ('doubt' in compared) return notAvailable(compared.doubt);
    const account = coverageAccount(compared.base, coverage.modules ?? []);
    const judged = (coverage.modules ?? []).flatMap((module) => {
      const drop = module.ledger && coverageDrop(module.ledger);
      return drop && drop.before.lines >= thresholds.fewestLines ? [{ module, drop }] : [];
    });
    if (judged.length === 0)
      return notApplicable(`no module has ${thresholds.fewestLines} measured lines here and at the base`);
    const named = judged.filter(
      ({ module, drop }) =>
        drop.drop >= thresholds.smallestDrop && notRunBy(module) >= thresholds.fewestNotRun,
    );
    if (named.length === 0) {
      const { base, head } = compared.base.ledger;
      const seen = `${counted(judged.length, 'module')}, none falls by ${pointsText(thresholds.smallestDrop)} through lines added or run no more; together ${shareText(base)} at ${compared.base.commit.slice(0, 7)}, ${shareText(head)} now`;
      return { ...pass(seen), coverage: account };
    }
    const drafts = named
      .toSorted((a, b) => notRunBy(b.module) - notRunBy(a.module) || (a.module.name < b.module.name ? -1 : 1))
      .map(({ module, drop }) =>
        draft(
          module,
          drop,
          compared.base,
          usualShare(moduleTrend(coverage, module.name), thresholds.fewestMeasurements),
        ),
      );
    return { ...findings(drafts), coverage: account };
  },
});

/** Added lines that do not run, and unchanged ones that do not any more. */
function notRunBy({ ledger }: CoverageModule): number {
  return ledger ? ledger.added.lines - ledger.added.ran - Math.min(0, ledger.indirect.ran) : 0;
}

function draft(
  module: CoverageModule,
  { before, after, drop }: CoverageDrop,
  base: BaseCoverage,
  usual: UsualShare | undefined,
): FindingDraft {
  const { ledger } = module;
  const name = module.name === '' ? 'the rest of the code' : quoteName(module.name);
  const added = ledger?.added ?? { ran: 0, lines: 0 };
  const fewer = -Math.min(0, ledger?.indirect.ran ?? 0);
  const reasons = [
    ...(added.lines > added.ran
      ? [`${thousands(added.lines - added.ran)} of ${counted(added.lines, 'added line')} do not run`]
      : []),
    ...(fewer > 0 ? [`${counted(fewer, 'unchanged line runs', 'unchanged lines run')} no more`] : []),
  ];
  const back = base.distance === 0 ? '' : `, ${counted(base.distance, 'commit')} before the merge base`;
  return {
    about: { module: module.name },
    confidence: base.from === 'history' && base.distance > 0 ? 'medium' : 'high',
    observation: `The tests run ${shareText(after)} of ${name}, ${pointsText(drop)} less than before (${shareText(before)} at ${base.commit.slice(0, 7)}${back}): ${reasons.join(', ')}.`,
    impact: usual
      ? `Usually tests run ${Math.floor(usual.low * 100)} to ${Math.floor(usual.high * 100)} % of it (${usual.measurements} measurements).`
      : `Of its ${counted(after.lines, 'line')} ${thousands(after.lines - after.ran)} run in no test now; code that was removed or moved is left out.`,
    action: `Do these lines of ${name} need fewer tests than the rest of it?`,
    measurements: [
      { name: 'share run', value: after.ran / after.lines, unit: 'ratio' },
      { name: 'drop', value: drop, unit: 'ratio' },
      ...(ledger ? ledgerMeasurements(ledger) : ([] as readonly Measurement[])),
    ],
  };
}
