import type { ChangedFile } from '../../core/change.ts';
import type { FindingDraft, Place } from '../../core/finding.ts';
import { findings, notApplicable, notAvailable, pass } from '../../core/outcome.ts';
import { quoteName } from '../../core/quote-name.ts';
import { defineRule } from '../../core/rule.ts';
import { missingShardDoubt } from '../measure/comparison-doubt.ts';
import { mappingDoubt } from '../measure/mapping-doubt.ts';
import { isSourceFile, sourceExtensions } from '../measure/source-file.ts';
import { counted } from '../wording.ts';

export const changedFileUnmeasured = defineRule({
  id: 'coverage/changed-file-unmeasured',
  since: '0.1.0',
  level: 'warning',
  question: 'Does the coverage report know every source file that this change touches?',
  docs: {
    triggered:
      'The change adds lines to a source file of a kind that the report covers (judged by the extension of its files), ' +
      'and the report does not name the file. Such a file is unmeasured: neither 0 nor 100 percent. A pull request has at ' +
      'most one such finding, which names the largest files.',
    why:
      'Many tools leave out a file that no test loads, so new code without any test makes the percentage look better. ' +
      'A missing file can also mean that a shard, a package or a path setting is missing.',
    fix: 'Let the coverage tool include untested files (`all`, `include`, `--source`, `-coverpkg`), or add a test that loads it.',
    quietWhen:
      'The file is a test, fixture, declaration, setting, example, migration, generated or vendored, fewer lines than ' +
      'the threshold were added, it declares types only, the report covers no file with its extension, or none of the ' +
      'other files of its top folder. Without a report, when over half of its files match no tracked file, or when a ' +
      'report that the base has is missing, the rule says that it could not look.',
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
  identity: () => ['pull request'],
  evaluate({ change, coverage }, { fewestAdded, largestUnmapped }) {
    const doubt = mappingDoubt(coverage, largestUnmapped) ?? missingShardDoubt(coverage);
    if (doubt !== undefined) return notAvailable(doubt);
    const extensions = sourceExtensions(coverage.files.map(({ path }) => path));
    const withoutCode = new Set(coverage.withoutCode ?? []);
    const expected = change.files.filter(
      (file) =>
        file.kind === 'file' &&
        file.status !== 'deleted' &&
        !file.isBinary &&
        addedLines(file) > 0 &&
        !withoutCode.has(file.path) &&
        isSourceFile(file.path, extensions),
    );
    if (expected.length === 0)
      return notApplicable('no changed file is of a kind that the coverage report covers');
    const measured = new Set(coverage.changed.map(({ path }) => path));
    const missing = expected.filter(({ path }) => !measured.has(path));
    // Where the report covered nothing before, on purpose or not, this change is not what is missing.
    const leftOut = coverage.foldersLeftOut ?? [];
    const isLeftOut = ({ path }: ChangedFile) => leftOut.some((folder) => path.startsWith(`${folder}/`));
    const elsewhere = missing.filter(isLeftOut);
    const named = missing.filter((file) => addedLines(file) >= fewestAdded && !isLeftOut(file));
    const seen = [
      `${expected.length - missing.length} of ${counted(expected.length, 'changed source file')} ${expected.length === 1 ? 'is' : 'are'} in the report`,
      ...(elsewhere.length > 0
        ? [`${elsewhere.length} ${elsewhere.length === 1 ? 'lies' : 'lie'} in folders that it covers nowhere`]
        : []),
    ].join('; ');
    if (named.length === 0) {
      const small = missing.length - elsewhere.length;
      return pass(
        small === 0
          ? seen
          : `${seen}; ${small} ${small === 1 ? 'adds' : 'add'} fewer than ${fewestAdded} lines`,
      );
    }
    return findings([
      draft(
        named.toSorted((a, b) => addedLines(b) - addedLines(a)),
        expected.length,
        coverage.files.length,
      ),
    ]);
  },
});

function draft(missing: readonly ChangedFile[], expected: number, reported: number): FindingDraft {
  const lines = missing.reduce((sum, file) => sum + addedLines(file), 0);
  const [largest] = missing;
  const shown = missing.slice(0, 3).map(({ path }) => quoteName(path));
  const more = missing.length > shown.length ? ` and ${missing.length - shown.length} more` : '';
  return {
    about: {},
    confidence: 'medium',
    ...(largest && { place: placeOf(largest) }),
    otherPlaces: missing.slice(1).map(placeOf),
    observation: `${missing.length} of ${counted(expected, 'changed source file')} ${missing.length === 1 ? 'is' : 'are'} not in the coverage report: ${shown.join(', ')}${more} (${counted(lines, 'added line')}).`,
    impact: `The report knows ${counted(reported, 'file')}; whether tests run these lines is unknown, and coverage percentages leave them out.`,
    action: `Does any test load ${missing.length === 1 ? 'this file' : 'these files'}, or does the coverage setting leave ${missing.length === 1 ? 'it' : 'them'} out?`,
    measurements: [
      { name: 'added lines unmeasured', value: lines, unit: 'lines' },
      {
        name: 'changed source files missing from the report',
        value: missing.length,
        unit: 'files',
        base: expected,
      },
    ],
  };
}

function placeOf({ path, added }: ChangedFile): Place {
  const [first] = added;
  return { path, ...(first && { line: first.start, side: 'head' as const }) };
}

function addedLines(file: ChangedFile): number {
  return file.added.reduce((lines, { start, end }) => lines + end - start + 1, 0);
}
