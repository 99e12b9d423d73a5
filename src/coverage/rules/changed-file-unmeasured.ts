import type { ChangedFile } from '../../core/change.ts';
import type { FindingDraft } from '../../core/finding.ts';
import { findings, notApplicable, notAvailable, pass } from '../../core/outcome.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { mappingDoubt } from '../measure/mapping-doubt.ts';
import { isSourceFile, sourceExtensions } from '../measure/source-file.ts';

export default defineRule({
  id: 'coverage/changed-file-unmeasured',
  since: '0.1.0',
  level: 'warning',
  question: 'Does the coverage report know every source file that this change touches?',
  docs: {
    triggered:
      'The change adds lines to a source file of a kind that the report covers (judged by the extension of its files), ' +
      'and the report does not name the file. Such a file is unmeasured: neither 0 nor 100 percent. A finding stays the ' +
      'same one while the file keeps its path.',
    why:
      'Many tools leave out a file that no test loads, so new code without any test makes the percentage look better. ' +
      'A missing file can also mean that a shard, a package or a path setting is missing.',
    fix: 'Let the coverage tool include untested files (`all`, `include`, `--source`, `-coverpkg`), or add a test that loads it.',
    quietWhen:
      'The file is a test, fixture, declaration, setting, example, migration, generated or vendored, fewer lines than ' +
      'the threshold were added, or the report covers no file with its extension. Without a report, or when over half of ' +
      'its files match no tracked file, the rule says that it could not look.',
  },
  sources: [
    {
      title: 'nyc issue 39: files that no test requires are missing from the report',
      url: 'https://github.com/istanbuljs/nyc/issues/39',
      supports: 'Coverage tools leave out files that no test loads unless they are told to include them.',
    },
  ],
  thresholds: {
    fewestAdded: {
      fallback: 10,
      unit: 'lines',
      meaning: 'A file with fewer added lines is not named: it may hold no code that runs.',
    },
    largestUnmapped: {
      fallback: 0.5,
      unit: 'ratio',
      meaning: 'Above this share of report files without a tracked file, the report is not believed.',
    },
  },
  needs: ['change', 'coverage'],
  identity: ({ about }) => [about.path ?? ''],
  evaluate({ change, coverage }, { fewestAdded, largestUnmapped }) {
    const doubt = mappingDoubt(coverage, largestUnmapped);
    if (doubt !== undefined) return notAvailable(doubt);
    const extensions = sourceExtensions(coverage.files.map(({ path }) => path));
    const expected = change.files.filter(
      (file) =>
        file.kind === 'file' &&
        file.status !== 'deleted' &&
        !file.isBinary &&
        addedLines(file) > 0 &&
        isSourceFile(file.path, extensions),
    );
    if (expected.length === 0)
      return notApplicable('no changed file is of a kind that the coverage report covers');
    const measured = new Set(coverage.changed.map(({ path }) => path));
    const missing = expected.filter(({ path }) => !measured.has(path));
    const named = missing.filter((file) => addedLines(file) >= fewestAdded);
    const seen = `${expected.length - missing.length} of ${expected.length} changed source files are in the report`;
    if (named.length === 0) {
      return pass(missing.length === 0 ? seen : `${seen}; the others add fewer than ${fewestAdded} lines`);
    }
    return findings(
      named
        .toSorted((a, b) => addedLines(b) - addedLines(a))
        .map((file) => draft(file, coverage.files.length, missing.length, expected.length)),
    );
  },
});

function draft(file: ChangedFile, reported: number, missing: number, expected: number): FindingDraft {
  const lines = addedLines(file);
  const [first] = file.added;
  return {
    about: { path: file.path },
    confidence: 'medium',
    place: { path: file.path, ...(first === undefined ? {} : { line: first.start, side: 'head' }) },
    observation:
      `${quoteName(file.path)} (${lines} added lines) is not in the coverage report, which knows ${reported} ` +
      `${reported === 1 ? 'file' : 'files'}; ${missing} of ${expected} changed source files are missing from it.`,
    impact: 'Whether tests run these lines is unknown, and coverage percentages leave them out.',
    action: 'Does any test load this file, or does the coverage setting leave it out?',
    measurements: [
      { name: 'added lines unmeasured', value: lines, unit: 'lines' },
      { name: 'changed source files missing from the report', value: missing, unit: 'files', base: expected },
    ],
  };
}

function addedLines(file: ChangedFile): number {
  return file.added.reduce((lines, { start, end }) => lines + end - start + 1, 0);
}
