import type { ChangedFile } from '../../core/change.ts';
import type {
  AddedExclude,
  AddedPragma,
  ChangedTestFile,
  LoweredThreshold,
  TestCase,
} from '../../core/test-facts.ts';
import { coverageExcludes, isExcludeFile } from '../../coverage/formats/tests/coverage-excludes.ts';
import { coveragePragmas } from '../../coverage/formats/tests/coverage-pragmas.ts';
import { coverageThresholds, isThresholdFile } from '../../coverage/formats/tests/coverage-thresholds.ts';
import { testReaderFor } from '../../coverage/formats/tests/tests-of-file.ts';
import { isFixture, isSourceFile, isTestFile } from '../../coverage/measure/source-file.ts';

/** A changed file with its text at the base and at the head; empty where it does not exist. */
export interface TwoTexts {
  readonly file: ChangedFile;
  readonly base: string;
  readonly head: string;
}

/** The tests of a changed file before and after; none for a fixture and for a language that is not read. */
export function testFileOf({ file, base, head }: TwoTexts): readonly ChangedTestFile[] {
  const [before, now] = [file.previousPath ?? file.path, file.path];
  const readerOf = (path: string) => (isTestFile(path) && !isFixture(path) ? testReaderFor(path) : undefined);
  const [reader, former] = [readerOf(now), readerOf(before)];
  const framework = (reader ?? former)?.framework;
  if (framework === undefined) return [];
  const sides = { base: former?.read(base) ?? [], head: reader?.read(head) ?? [] };
  if (sides.base.length + sides.head.length === 0) return [];
  // What is no test any more is spoken of as the test that it was.
  const helperChecks = { base: checksOutside(base, sides.base), head: checksOutside(head, sides.head) };
  return [{ path: reader ? now : before, framework, ...sides, helperChecks }];
}

/** Words that assertions of all the languages that are read begin with; only that there are more of them is asked. */
const seemsToCheck =
  /\b(?:expect|[Aa]ssert\w*|Expect\w*|Eventually|Consistently|require\.[A-Z]\w*|verify\w*|fail|(?:t|s)\.(?:Error|Fatal)f?)\s*[({.]|^\s*assert\b|\.\s*should\b/;
const isAside = /^\s*(?:\/\/|\*|#|import\b|from\b|export\b.*\bfrom\b|using\b|require\b)/;

function checksOutside(text: string, tests: readonly TestCase[]): number {
  const inside = tests.map(({ lines }) => lines).toSorted((a, b) => a.start - b.start);
  let checks = 0;
  let next = 0;
  for (const [index, line] of text.split('\n').entries()) {
    while (next < inside.length && (inside[next]?.end ?? 0) < index + 1) next += 1;
    const isInside = (inside[next]?.start ?? Number.POSITIVE_INFINITY) <= index + 1;
    if (!isInside && line.length <= longestLine && seemsToCheck.test(line) && !isAside.test(line))
      checks += 1;
  }
  return checks;
}

const longestLine = 1_000;

/** Comments that take code of a source file out of the report, when there are more of them than before. */
export function pragmasOf(
  { file, base, head }: TwoTexts,
  extensions: ReadonlySet<string>,
): readonly AddedPragma[] {
  const { path, previousPath = path } = file;
  if (isTestFile(path) || !isSourceFile(path, extensions)) return [];
  const [before, now] = [coveragePragmas(previousPath, base), coveragePragmas(path, head)];
  if (now.length <= before.length) return [];
  const line = now.find((one) => file.added.some(({ start, end }) => one >= start && one <= end));
  return [{ path, more: now.length - before.length, ...(line !== undefined && { line }) }];
}

export function thresholdsOf({ file, base, head }: TwoTexts): readonly LoweredThreshold[] {
  if (!isThresholdFile(file.path)) return [];
  const before = coverageThresholds(file.previousPath ?? file.path, base);
  const after = coverageThresholds(file.path, head);
  return [...before].flatMap(([name, values]) => {
    const now = after.get(name) ?? [];
    // With another number of entries it is not known which belongs to which.
    if (now.length !== values.length) return [];
    return values.flatMap((value, index) => {
      const lower = now[index];
      return lower !== undefined && lower < value
        ? [{ path: file.path, name, before: value, after: lower }]
        : [];
    });
  });
}

/** `/test/`, `**\/*.spec.ts`: that tests are not measured takes nothing from what they measure. */
const ofTestsAlone =
  /^[/^*.\\"'()]*(?:(?:src|lib|packages|app)\/)?(?:\*+\/)*_{0,2}(?:tests?|specs?|e2e|cypress|fixtures?|mocks?|testdata|testing)_{0,2}(?:$|[/$*.\\])|[._-](?:test|tests|spec|specs|e2e|stories)\.[\w*{},()|?\\]+\$?$|_(?:test|spec)\.\w+\$?$/i;

/**
 * Paths that settings leave out of the report now and did not before, in files that existed before. A pattern that only
 * went to another file is none, and neither is one that took the place of another in its file.
 */
export function excludesOf(texts: readonly TwoTexts[]): readonly AddedExclude[] {
  const settings = texts.filter(({ file }) => isExcludeFile(file.path) && file.status !== 'deleted');
  const former = texts.flatMap(({ file, base }) => coverageExcludes(file.previousPath ?? file.path, base));
  const known = new Set(former.map(({ pattern }) => pattern));
  return settings.flatMap(({ file, base, head }) => {
    if (base === '') return [];
    const before = coverageExcludes(file.previousPath ?? file.path, base);
    const now = coverageExcludes(file.path, head);
    const stays = new Set(now.map(({ pattern }) => pattern));
    const replaced = before.filter(({ pattern }) => !stays.has(pattern)).length;
    return now
      .filter(({ pattern }) => !known.has(pattern) && !ofTestsAlone.test(pattern))
      .slice(replaced)
      .map(({ pattern, line }) => ({ path: file.path, pattern, line }));
  });
}
