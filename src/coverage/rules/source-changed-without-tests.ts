import type { ChangedFile } from '../../core/change.ts';
import type { FindingDraft } from '../../core/finding.ts';
import { findings, notApplicable, notAvailable, pass } from '../../core/outcome.ts';
import { isUnavailable } from '../../core/part.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import type { TestHabit } from '../../core/test-facts.ts';
import { isTestFile } from '../measure/source-file.ts';
import { counted } from '../wording.ts';

const coChange = {
  title:
    'Zaidman, Van Rompaey, van Deursen, Demeyer: Studying the co-evolution of production and test code (2011)',
  url: 'https://doi.org/10.1007/s10664-010-9143-7',
  supports:
    'Whether production and test code change together is a habit of a project that its history shows.',
};

export const sourceChangedWithoutTests = defineRule({
  id: 'coverage/source-changed-without-tests',
  since: '0.1.0',
  level: 'notice',
  question:
    'Without a coverage report: does source code change alone that usually changes together with tests?',
  docs: {
    triggered:
      'There is no coverage report, the change touches no test file, and it adds lines to source files that, over the half ' +
      'year before, were mostly changed together with tests. This says nothing about coverage: only what is usual for ' +
      'these files. One finding for the whole change, which names the file with the clearest habit.',
    why: 'A project that tests what it changes shows it in its history; an exception is worth a look.',
    fix: 'Extend the test that usually changes with the file, or say why this change needs none. Better: give a coverage report.',
    quietWhen:
      'A coverage report was read, the change touches a test, adds few lines, or none of its files has the habit in enough ' +
      'earlier changes.',
  },
  sources: [coChange],
  thresholds: {
    fewestAdded: {
      fallback: 20,
      unit: 'lines',
      meaning: 'Fewer added lines in source files with the habit are not named.',
    },
    fewestChanges: {
      fallback: 5,
      unit: 'changes',
      meaning: 'Earlier changes of a file that a habit is told from.',
    },
    leastTogether: {
      fallback: 0.7,
      unit: 'ratio',
      meaning: 'The share of earlier changes with tests from which on a file has the habit.',
    },
  },
  needs: ['change'],
  identity: () => ['pull request'],
  evaluate({ change, coverage, tests }, { fewestAdded, fewestChanges, leastTogether }) {
    if (!isUnavailable(coverage)) return notApplicable('a coverage report was read, which says more');
    if (tests === undefined) return notAvailable('the tests of the change were not read');
    if (isUnavailable(tests)) return notAvailable(tests.unavailable);
    const touched = change.files.filter(({ path }) => isTestFile(path)).length;
    if (touched > 0) return pass(`the change touches ${counted(touched, 'test file')}`);
    const files = new Map(change.files.map((file) => [file.path, file]));
    const known = (tests.habits ?? []).filter(({ changes }) => changes >= fewestChanges);
    if (known.length === 0)
      return notApplicable(
        `no changed source file was changed ${fewestChanges} times in the half year before`,
      );
    const habitual = known.filter(({ changes, withTests }) => withTests >= changes * leastTogether);
    const lines = habitual.reduce((sum, { path }) => sum + addedLines(files.get(path)), 0);
    if (lines < fewestAdded)
      return pass(
        `${counted(lines, 'line')} added to source files that usually change with tests (${habitual.length} of ${known.length} with a history)`,
      );
    const [clearest, ...others] = habitual.toSorted(
      (a, b) =>
        b.withTests / b.changes - a.withTests / a.changes ||
        b.changes - a.changes ||
        (a.path < b.path ? -1 : 1),
    );
    return clearest
      ? findings([draft(clearest, others.length, lines, files.get(clearest.path))])
      : pass('none');
  },
});

function draft(habit: TestHabit, others: number, lines: number, file: ChangedFile | undefined): FindingDraft {
  const [first] = file?.added ?? [];
  const more = others > 0 ? ` and ${counted(others, 'more file')} like it,` : '';
  return {
    about: { path: habit.path },
    confidence: habit.changes >= 10 ? 'medium' : 'low',
    place: { path: habit.path, ...(first && { line: first.start, side: 'head' }) },
    observation: `The change adds ${counted(lines, 'line')} to ${quoteName(habit.path)}${more} and touches no test.`,
    impact: `Of ${others > 0 ? 'the first one’s' : 'its'} last ${counted(habit.changes, 'change')}, ${habit.withTests} came with tests. There is no coverage report, so whether tests run these lines is unknown.`,
    action:
      habit.test === undefined
        ? 'Is this change checked by tests that exist?'
        : `Is this change checked in ${quoteName(habit.test)}, which changed with it most often?`,
    measurements: [
      { name: 'added lines', value: lines, unit: 'lines' },
      { name: 'earlier changes with tests', value: habit.withTests, unit: 'changes', base: habit.changes },
    ],
  };
}

function addedLines(file: ChangedFile | undefined): number {
  return (file?.added ?? []).reduce((sum, { start, end }) => sum + end - start + 1, 0);
}
