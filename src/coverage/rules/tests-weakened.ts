import type { Commit } from '../../core/change.ts';
import { findings, notApplicable, notAvailable, pass } from '../../core/outcome.ts';
import { isUnavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import type { TestFacts } from '../../core/test-facts.ts';
import { isSubjectGone } from '../measure/is-subject-gone.ts';
import { isSourceFile, sourceExtensions } from '../measure/source-file.ts';
import { weakenedFinding } from '../measure/weakened-finding.ts';
import { weakenedTests } from '../measure/weakened-tests.ts';
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
      'In the test files of jest, vitest, pytest, go test (Ginkgo), JUnit (TestNG, kotlin.test) and RSpec (Minitest) that the change ' +
      'touches: tests are gone, skipped that ran before, or focused so that others stay out; tests have fewer assertions; or ' +
      'comments that take code out of the coverage report are added, settings leave more paths out of it, or a coverage ' +
      'threshold is lowered (Istanbul, coverage.py, Sonar, Codecov, JaCoCo, SimpleCov). Tests that were renamed or moved are followed by name and body. Files ' +
      'are read token by token, so comments and strings do not count. One finding for the whole change.',
    why: 'A percentage can stay the same or rise while the tests check less; a reader of the diff easily misses it.',
    fix: 'Say in the review why the test is not needed any more, or bring it back.',
    quietWhen:
      'Nothing of this is so; other tests take the place of the deleted ones; the source files that a test file ' +
      'is named after, or those beside it, are deleted or lose more lines than they gain; a deleted test names code that the ' +
      'change takes away, or was skipped before; a table of cases or a helper checks instead; the change is a revert; or a skip ' +
      'depends on where the tests run (`skipIf`, `skipif`).',
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
    if (tests.files.length + settingsTouched(tests) === 0)
      return notApplicable(
        tests.notRead[0]
          ? `${quoteName(tests.notRead[0].path)} was not read: ${tests.notRead[0].why}`
          : 'the change touches no test file that is read, no ignore comment, no exclusion and no coverage threshold',
      );
    const commits = change.commits.filter(({ parents }) => parents.length < 2);
    if (commits.length > 0 && commits.every(isRevert))
      return notApplicable('the change takes another one back, with its tests');
    const seen = weakenedTests(tests.files, (path) => isSubjectGone(path, change));
    const weakened = {
      ...seen,
      assertionsGone: seen.assertionsGone >= fewestAssertions ? seen.assertionsGone : 0,
    };
    const extensions = sourceExtensions(change.files.map(({ path }) => path));
    const takesSource = change.files.some(
      ({ path, deleted }) => deleted.length > 0 && isSourceFile(path, extensions),
    );
    const finding = weakenedFinding(weakened, tests, coverage, takesSource);
    if (finding === undefined) {
      const kept = tests.files.reduce((sum, { head }) => sum + head.length, 0);
      return pass(
        `${counted(kept, 'test')} in ${counted(tests.files.length, 'changed test file')} ${kept === 1 ? 'checks' : 'check'} no less than before`,
      );
    }
    return findings([finding]);
  },
});

/** As git and conventional commits write it. */
function isRevert({ subject }: Commit): boolean {
  return /^(?:Revert "|revert(?:\([^()]*\))?!?: )/.test(subject);
}

function settingsTouched({ pragmas, thresholds, excludes = [] }: TestFacts): number {
  return pragmas.length + thresholds.length + excludes.length;
}
