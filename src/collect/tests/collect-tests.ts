import type { Change, ChangedFile } from '../../core/change.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import type { ChangedTestFile, TestFacts, TestHabit } from '../../core/test-facts.ts';
import { isSourceFile, isTestFile } from '../../coverage/measure/source-file.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import type { ChangeWithoutLines } from '../git/read-change.ts';
import type { ReadTestFile } from './code-gone.ts';
import { isCoverageSetting } from './coverage-settings.ts';
import type { TwoTexts } from './weakening.ts';

const largestFile = 1024 * 1024;
const mostFiles = 2_000;
/** With more of them it is not looked which code is gone. */
const mostSources = 200;
const habitDays = 180;
const mostHabits = 200;
const sourceExtensions: ReadonlySet<string> = new Set(
  '.js .mjs .cjs .jsx .ts .mts .cts .tsx .py .go .java .kt .kts .scala .rb .rs .php .cs .swift .c .cc .cpp .ex .exs'.split(
    ' ',
  ),
);

/**
 * What a change does to tests, from the files it touches: their tests before and after, ignore comments, coverage
 * thresholds, and how often the changed source files were changed together with tests.
 */
export async function collectTests(
  repository: JudgedRepository,
  change: Change,
  known?: Promise<readonly TestHabit[]>,
): Promise<Part<TestFacts>> {
  const places = repository.contentsOf(change);
  if (!places) return unavailable('The tests that a change touches could not be read: it is not known here.');
  const asked = change.files.filter(
    (file) =>
      file.kind === 'file' &&
      !file.isBinary &&
      [file.path, file.previousPath ?? file.path].some(
        (path) => isRead(path) && (isToBeRead(path) || places.get(file.path)?.mayAddPragma === true),
      ),
  );
  const oids = ({ path }: ChangedFile) => ({ base: places.get(path)?.base, head: places.get(path)?.head });
  const wanted = asked.slice(0, mostFiles);
  const [habits, contents] = await Promise.all([
    known ?? habitsOf(repository, change),
    repository.readBlobs(
      wanted.flatMap((file) => Object.values(oids(file)).filter((oid) => oid !== undefined)),
      { maxBytes: largestFile },
    ),
  ]);
  if (asked.length === 0)
    return { files: [], pragmas: [], thresholds: [], excludes: [], habits, notRead: [] };
  // What reads tests and settings is loaded only for them.
  const { excludesOf, pragmasOf, testFileOf, thresholdsOf } = await import('./weakening.ts');
  const read: TwoTexts[] = [];
  const notRead = asked
    .slice(mostFiles)
    .map(({ path }) => ({ path, why: `over ${mostFiles} files changed` }));
  for (const file of wanted) {
    const { base: old, head: now } = oids(file);
    const [before, after] = [old, now].map((oid) => (oid === undefined ? '' : contents.get(oid)));
    const texts = [before, after].map((content) =>
      content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : content,
    );
    const [one, other] = texts;
    const failed = texts.find((text) => text === 'too large' || text === 'missing' || text === undefined);
    if (failed !== undefined || one === undefined || other === undefined)
      notRead.push({
        path: file.path,
        why: failed === 'too large' ? 'it is larger than 1 MB' : 'its content is missing',
      });
    else read.push({ file, base: one, head: other });
  }
  const tests = read.flatMap((texts) =>
    testFileOf(texts).map((file) => ({ file, base: texts.base, head: texts.head })),
  );
  return {
    files: await withoutGoneCode(repository, change, tests),
    pragmas: read.flatMap((texts) => pragmasOf(texts, sourceExtensions)),
    thresholds: read.flatMap(thresholdsOf),
    excludes: excludesOf(read),
    habits,
    notRead,
  };
}

/** Reads the changed source files, too, but only where tests are gone. */
async function withoutGoneCode(
  repository: JudgedRepository,
  change: Change,
  tests: readonly ReadTestFile[],
): Promise<readonly ChangedTestFile[]> {
  const files = tests.map(({ file }) => file);
  const sources = change.files.filter(
    ({ path, previousPath = path, kind, isBinary }) =>
      kind === 'file' && !isBinary && [path, previousPath].some((one) => isSourceFile(one, sourceExtensions)),
  );
  const hasFewer = files.some(({ base, head }) => {
    const names = new Set(head.map(({ name }) => name));
    return base.some(({ name }) => !names.has(name));
  });
  if (!hasFewer || sources.length === 0 || sources.length > mostSources) return files;
  const places = repository.contentsOf(change);
  const oids = sources.map(({ path }) => [places?.get(path)?.base, places?.get(path)?.head] as const);
  const contents = await repository.readBlobs(
    oids.flat().filter((oid) => oid !== undefined),
    { maxBytes: largestFile },
  );
  const text = (oid: string | undefined) => {
    if (oid === undefined) return '';
    const content = contents.get(oid);
    return content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : undefined;
  };
  const { withoutTestsOfGoneCode } = await import('./code-gone.ts');
  return withoutTestsOfGoneCode(
    tests,
    sources.flatMap((file, index) => {
      const [base, head] = (oids[index] ?? []).map(text);
      return base === undefined || head === undefined ? [] : [{ file, base, head }];
    }),
  );
}

/** Other files are read only where an added line may take code out of the coverage report. */
function isToBeRead(path: string): boolean {
  return isCoverageSetting(path) || isTestFile(path);
}

function isRead(path: string): boolean {
  return isCoverageSetting(path) || sourceExtensions.has(path.slice(path.lastIndexOf('.')).toLowerCase());
}

/** How often the changed source files were changed together with tests; asked of no line, so it can begin early. */
export async function habitsOf(
  repository: JudgedRepository,
  change: ChangeWithoutLines,
): Promise<readonly TestHabit[]> {
  const paths = change.files
    .filter(
      ({ path, status, kind }) =>
        kind === 'file' && status === 'modified' && isSourceFile(path, sourceExtensions),
    )
    .map(({ path }) => path)
    .slice(0, mostHabits);
  // A change with tests needs no habit to be judged by.
  if (paths.length === 0 || change.files.some(({ path }) => isTestFile(path))) return [];
  const base = await repository.firstParents(change.mergeBase, 1);
  const [commit] = isUnavailable(base) ? [] : base;
  if (!commit) return [];
  const since = new Date(Date.parse(commit.committedAt) - habitDays * 86_400_000).toISOString();
  const past = await repository.pastChanges(change.mergeBase, since, paths);
  if (isUnavailable(past)) return [];
  return [...past].map(([path, { changes, withTests, test }]) => ({
    path,
    changes,
    withTests,
    ...(test !== undefined && { test }),
  }));
}
