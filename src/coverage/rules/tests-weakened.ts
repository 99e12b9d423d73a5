import type { Change } from '../../core/change.ts';
import type { CoverageFacts } from '../../core/coverage-facts.ts';
import type { FindingDraft, Place } from '../../core/finding.ts';
import { findings, notApplicable, notAvailable, pass } from '../../core/outcome.ts';
import { isUnavailable, type Part } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import type { TestFacts } from '../../core/test-facts.ts';
import { isTestOf } from '../measure/nearest-test.ts';
import { type PlacedTest, type WeakenedTests, weakenedTests } from '../measure/weakened-tests.ts';
import { counted } from '../wording.ts';

const ignored = {
  title: 'netlify/build pull request 1032: remove ignore comments',
  url: 'https://github.com/netlify/build/pull/1032',
  supports: 'Comments that take code out of the report raise the percentage and test nothing.',
};

export const testsWeakened = defineRule({
  id: 'coverage/tests-weakened',
  since: '0.1.0',
  level: 'warning',
  question: 'Does this change take away from the tests while the code they check remains?',
  docs: {
    triggered:
      'In the test files of jest, vitest and pytest that the change touches: tests are gone, skipped that ran before, or ' +
      'focused so that others stay out; tests have fewer assertions; or comments that take code out of the coverage report ' +
      'are added, or a coverage threshold is lowered. Tests that were renamed or moved are followed by name and body. Files ' +
      'are read token by token, so comments and strings do not count. One finding for the whole change.',
    why: 'A percentage can stay the same or rise while the tests check less; a reader of the diff easily misses it.',
    fix: 'Say in the review why the test is not needed any more, or bring it back.',
    quietWhen:
      'Nothing of this is so, the source file that a deleted test is named after is deleted too, or a skip depends on where ' +
      'the tests run (`skipIf`, `skipif`).',
  },
  sources: [ignored],
  thresholds: {
    fewestAssertions: {
      fallback: 3,
      unit: 'assertions',
      meaning: 'Fewer assertions gone from tests that remain, less those added, are not named.',
    },
  },
  needs: ['change'],
  identity: () => ['pull request'],
  evaluate({ change, tests, coverage }, { fewestAssertions }) {
    if (tests === undefined) return notAvailable('the tests of the change were not read');
    if (isUnavailable(tests)) return notAvailable(tests.unavailable);
    if (tests.files.length + tests.pragmas.length + tests.thresholds.length === 0)
      return notApplicable(
        tests.notRead[0]
          ? `${quoteName(tests.notRead[0].path)} was not read: ${tests.notRead[0].why}`
          : 'the change touches no test file of jest, vitest or pytest, no ignore comment and no coverage threshold',
      );
    const seen = weakenedTests(tests.files);
    const weakened = {
      ...seen,
      deleted: seen.deleted.filter(({ path }) => !isSubjectGone(path, change)),
      assertionsGone: seen.assertionsGone >= fewestAssertions ? seen.assertionsGone : 0,
    };
    const said = sentences(weakened, tests);
    if (said.length === 0) {
      const kept = tests.files.reduce((sum, { head }) => sum + head.length, 0);
      return pass(
        `${counted(kept, 'test')} in ${counted(tests.files.length, 'changed test file')} check no less than before`,
      );
    }
    return findings([draft(said, weakened, tests, coverage)]);
  },
});

/** A test that goes with the code it is named after is no loss. */
function isSubjectGone(test: string, change: Change): boolean {
  return change.files.some(({ path, status }) => status === 'deleted' && isTestOf(test, path));
}

function sentences(seen: WeakenedTests, tests: TestFacts): readonly string[] {
  const named = (list: readonly PlacedTest[], words: string) =>
    list[0]
      ? [
          `${counted(list.length, 'test')} ${words} (${quoteName(shortName(list[0]))}${list.length > 1 ? ', …' : ''})`,
        ]
      : [];
  const [threshold] = tests.thresholds;
  const pragmas = tests.pragmas.reduce((sum, { more }) => sum + more, 0);
  return [
    ...named(seen.deleted, 'deleted'),
    ...named(seen.skipped, 'skipped'),
    ...named(seen.focused, 'focused, so that others stay out'),
    ...(seen.assertionsGone > 0
      ? [`${counted(seen.assertionsGone, 'assertion')} fewer in tests that remain`]
      : []),
    ...(pragmas > 0
      ? [`${counted(pragmas, 'comment')} added that take code out of the coverage report`]
      : []),
    ...(threshold
      ? [`the threshold ${quoteName(threshold.name)} lowered from ${threshold.before} to ${threshold.after}`]
      : []),
  ];
}

function shortName({ test }: PlacedTest): string {
  return test.name.length > 60 ? `…${test.name.slice(-59)}` : test.name;
}

function draft(
  said: readonly string[],
  seen: WeakenedTests,
  tests: TestFacts,
  coverage: Part<CoverageFacts>,
): FindingDraft {
  const places: readonly Place[] = [
    ...[...seen.focused, ...seen.skipped, ...seen.loosened].map(
      ({ path, test }): Place => ({ path, line: test.lines.start, side: 'head' }),
    ),
    ...seen.deleted.map(({ path, test }): Place => ({ path, line: test.lines.start, side: 'base' })),
    ...tests.pragmas.map(
      ({ path, line }): Place => ({ path, ...(line !== undefined && { line, side: 'head' }) }),
    ),
    ...tests.thresholds.map(({ path }): Place => ({ path })),
  ];
  const [place, ...otherPlaces] = places;
  return {
    about: {},
    confidence: seen.focused.length > 0 || tests.thresholds.length > 0 ? 'high' : 'medium',
    ...(place && { place }),
    ...(otherPlaces.length > 0 && { otherPlaces }),
    observation: `The change takes away from the tests: ${said.join('; ')}.`,
    impact: impact(coverage),
    action: 'Is what they checked still checked somewhere?',
    measurements: [
      { name: 'tests deleted', value: seen.deleted.length, unit: 'tests' },
      { name: 'tests skipped', value: seen.skipped.length, unit: 'tests' },
      { name: 'tests focused', value: seen.focused.length, unit: 'tests' },
      { name: 'assertions gone', value: seen.assertionsGone, unit: 'assertions' },
    ],
  };
}

/** With a report of the base it can be said what the code lost by it. */
function impact(coverage: Part<CoverageFacts>): string {
  const base = isUnavailable(coverage) ? undefined : coverage.base;
  if (base === undefined || isUnavailable(base))
    return 'The code they checked remains, and a report of coverage may not show the difference.';
  const lost = base.lostLines.reduce(
    (sum, { ranges }) => sum + ranges.reduce((lines, { start, end }) => lines + end - start + 1, 0),
    0,
  );
  const left = -Math.min(0, base.ledger.indirect.lines);
  const effects = [
    ...(lost > 0 ? [`${counted(lost, 'unchanged line')} run no more`] : []),
    ...(left > 0 ? [`${counted(left, 'line')} left the denominator`] : []),
  ];
  return effects.length === 0
    ? 'The code they checked remains, and the coverage report does not show the difference.'
    : `The code they checked remains: ${effects.join(', and ')}.`;
}
