import fc from 'fast-check';
import { readReport } from '../../src/collect/coverage/read-report.ts';
import { createPatchReader } from '../../src/collect/git/patch-lines.ts';
import { parseRawDiff } from '../../src/collect/git/raw-diff.ts';
import { redact } from '../../src/collect/github/redact.ts';
import { loadMigrationParsers } from '../../src/collect/sql-parser/load-migration-parsers.ts';
import { parseSettings } from '../../src/config/parse-settings.ts';
import type { Facts } from '../../src/core/facts.ts';
import { globPattern } from '../../src/core/glob-pattern.ts';
import { decodeHealthRecord } from '../../src/core/health-record.ts';
import { quoteName } from '../../src/core/quote-name.ts';
import { parseReplies } from '../../src/core/replies.ts';
import { decodeRunState, encodeRunState } from '../../src/core/run-state.ts';
import { withoutCommands } from '../../src/core/runner-commands.ts';
import { lastLineNumber } from '../../src/coverage/formats/file-coverage.ts';
import { coverageExcludes } from '../../src/coverage/formats/tests/coverage-excludes.ts';
import { coverageThresholds } from '../../src/coverage/formats/tests/coverage-thresholds.ts';
import { testReaderFor } from '../../src/coverage/formats/tests/tests-of-file.ts';
import { branchDepths } from '../../src/coverage/measure/branch-depth.ts';
import { reportPath } from '../../src/coverage/report-path.ts';
import { readMigrations } from '../../src/migrations/read-migrations.ts';
import { scanSql } from '../../src/migrations/sql/scan-sql.ts';
import { json } from '../../src/render/json.ts';
import { code, plain, prose } from '../../src/render/markdown.ts';
import { markdown } from '../../src/render/markdown-report.ts';
import { readAnswerMarker, readFindingMarker, readSummaryMarker } from '../../src/render/marker.ts';
import { text } from '../../src/render/text.ts';
import { reportOn } from '../../src/report-on.ts';
import { rules } from '../../src/rules.ts';
import { facts } from '../support/facts.ts';
import { obeyedCommands } from './obeyed-commands.ts';

/** What has to hold of a parser, whatever it is given. */
export interface ParserProperty {
  readonly name: string;
  readonly input: fc.Arbitrary<unknown>;
  /** Throws, or gives false, where it does not hold. */
  readonly holds: (input: never) => unknown;
}

/** One input takes no longer than this on a busy machine; all are below 100 kB. */
const mostMilliseconds = 5_000;

function property<T>(name: string, input: fc.Arbitrary<T>, holds: (input: T) => unknown): ParserProperty {
  return {
    name,
    input,
    holds: (async (value: T) => {
      const started = performance.now();
      const result = await holds(value);
      const took = performance.now() - started;
      if (took > mostMilliseconds) throw new Error(`it took ${Math.round(took)} ms`);
      return result;
    }) as ParserProperty['holds'],
  };
}

/** Text made of the words of a language, of anything else, and of long repetitions of either. */
function wordsOf(...words: readonly string[]): fc.Arbitrary<string> {
  const word = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...words) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  );
  const repeated = fc
    .tuple(word, fc.integer({ min: 2, max: 3_000 }))
    .map(([one, times]) => one.repeat(times));
  return fc
    .array(fc.oneof({ weight: 30, arbitrary: word }, { weight: 1, arbitrary: repeated }), { maxLength: 60 })
    .map((parts) => parts.join(''));
}

const lcovText = wordsOf(
  'TN:\n', 'SF:', 'src/a.ts', '\n', 'DA:', '1', ',', '0', '-', 'e309', 'BRDA:', 'FN:', 'FNDA:', 'FNL:', 'FNA:', 'LH:',
  'end_of_record\n', '\r\n', '"', '\\303', '../', '\u2028', '#', 'EOF',
); // biome-ignore format: a list reads better in few lines
const xmlText = wordsOf(
  '<coverage', '<report', '<scoverage', ' generated="1"', '>', '/>', '</coverage>', '<class', ' filename="a"', ' name="a"',
  '<lines>', '<line', ' number="1"', ' hits="', '1', '"', ' nr="1"', ' ci="1"', '<!--', '-->', '<![CDATA[', ']]>', '<!DOCTYPE',
  '[', ']', '<?xml', '?>', '&', '&#x41;', '&lt;', '<sourcefile', '<package', '<file', ' path="a"', ' num="1"', '<source>',
  '</source>', '<statement', '\n', ' condition-coverage="50% (1/2)"',
); // biome-ignore format: a list reads better in few lines
const sqlText = wordsOf(
  'CREATE ', 'INDEX ', 'TABLE ', 'ALTER ', 'DROP ', 'COLUMN ', 'ON ', 't', ' (x)', ';', '\n', "'", '"', '$$', '$a$', '--', '/*',
  '*/', '\\', "E'", 'BEGIN ATOMIC ', 'END', 'COPY t FROM stdin;', '\\.\n', '(', ')', '\r', 'SELECT 1', ' ', '::', '\ufeff',
); // biome-ignore format: a list reads better in few lines
const dialectText = wordsOf(
  'ALTER TABLE t ', 'CREATE TABLE t (', 'CREATE INDEX i ON t (x)', 'DROP TABLE t', 'RENAME TABLE t TO u', 'ADD COLUMN ', 'ADD INDEX i (x)', 'MODIFY x ',
  'CHANGE x y ', 'DROP COLUMN x', 'RENAME TO t', 'PARTITION BY ', 'int ', 'varchar(9) ', "enum('a')", 'NOT NULL ', 'DEFAULT ', 'GENERATED ALWAYS AS (',
  'CONSTRAINT c ', 'FOREIGN KEY (x) REFERENCES p', 'PRIMARY KEY ', ', ', ';', '\n', "'", '"', '`', '[', ']', '(', ')', '-- ', '#', '/*', '*/', '/*!50000 ',
  '/*M! ', '\\', 'DELIMITER //\n', '//', 'CREATE TRIGGER g ON t BEGIN ', 'END', 'CASE ', 'IF ', 'INSERT INTO t SELECT * FROM u', 'UPDATE t SET x = ', 'DELETE FROM t ',
  'WHERE ', 'x', '.', '=', '1', 'ALGORITHM=', 'LOCK=NONE', 'BEGIN;', 'COMMIT;', 'SET foreign_key_checks=0;', '\r', '\0', '😀',
); // biome-ignore format: a list reads better in few lines
const yamlText = wordsOf(
  'rules:', 'waivers:', 'ignore:', 'extends:', 'comment:', 'fail-on:', ' never', '\n', '  ', '- ', '[', ']', '{', '}', ': ', ',',
  '&a ', '*a', '!!js', '|', '>', '"', "'", '---', '%YAML', '<<', '?', '#', 'migrations/blocking-index', 'off', '~', '1e999',
); // biome-ignore format: a list reads better in few lines
const testText = wordsOf(
  'it(', 'describe(', "'a'", '"b"', '`', '${', '}', '{', '(', ')', '=> ', 'expect(', '.skip', '\n', '  ', '\t', '@Test ', '@Disabled', 'class A ', 'fun ', 'void a',
  'func TestA', 't *testing.T', 't.Run(', 't.Skip()', 'assert.Equal(', 'def test_a', 'it "a" do', 'end', '<<~A', '#{', '%w[', '/', '\\', '"""', '//', '/*', '#', '=begin',
  'if ', 'else', 'case ', ') {', '=', ':', ',', 'import pytest', '@pytest.mark.skip', '__END__', '\r\n',
); // biome-ignore format: a list reads better in few lines
const settingsText = wordsOf(
  'coverage: {', 'exclude: [', "'a/**'", ']', '}', ',', '\n', 'omit =', '[run]', '  a.py', 'sonar.exclusions=', '\\', 'ignore:', '- a', '<artifactId>jacoco-maven-plugin',
  '<exclude>a</exclude>', '<!--', '-->', 'jacoco { ', 'excludes ', '"', 'add_filter ', 'minimum = 0.5', '<minimum>', 'target: 80%', '#', '//',
); // biome-ignore format: a list reads better in few lines
const goText = wordsOf('mode: set\n', 'a.go', ':', '1.1', ',', '2.2', ' 1', ' 0', '\n', '.', '-1', '1e9');
const commentText = wordsOf(
  '/vitals ', 'waive ', 'noise ', 'explain ', 'aaaaaa', ':', ' reason', '\n', '```', '~~~', '> ', '    ', '\t', '<!-- ',
  'review-vitals:summary default none', ' -->', 'review-vitals:finding default aaaaaa coverage/x', '\u2028', '\r',
); // biome-ignore format: a list reads better in few lines
const patchText = wordsOf(
  'diff --git a/f1 b/f1\n', '@@ -1 +1 @@\n', '@@ -1,2 +1,3 @@\n', '+', '-', ' ', '\n', 'x', '\\ No newline at end of file\n',
  'Binary files a/f1 and b/f1 differ\n', '--- a/f1\n', '+++ b/f1\n', '@@ -0,0 +1,99999999999 @@\n',
); // biome-ignore format: a list reads better in few lines
const rawText = wordsOf(
  ':100644 100644 ', '1111111111111111111111111111111111111111 ', '2222222222222222222222222222222222222222 ', 'M', 'R100', 'A',
  '\0', 'a.ts', ':000000 ',
); // biome-ignore format: a list reads better in few lines
const secretText = wordsOf(
  'ghs_', 'ghp_', 'github_pat_', 'eyJ', '.', 'a', 'https://', '@', 'x-access-token:', 'authorization: basic ', '/', ' ', '"', '=',
); // biome-ignore format: a list reads better in few lines
const markdownText = wordsOf(
  '`', '``', '```', '~~~', '[', ']', '(', ')', '!', '<', '>', '<!--', '-->', '@acme', '&commat;', '&#64;', '#1', 'GH-1', '|', '*', '_',
  '\n', '\r', '\u2028', '\u202e', '::error::', '##[add-mask]', '\\', 'https://e.example', 'www.e.example', 'a', ' ', '- ', '1. ',
); // biome-ignore format: a list reads better in few lines

async function holdsForReport(content: string): Promise<boolean> {
  const report = await readReport(new TextEncoder().encode(content), 'report');
  if ('unavailable' in report) return !/[\n\r]/.test(report.unavailable);
  return report.files.every(({ lines }) => {
    let before = 0;
    for (const packed of lines) {
      const line = packed >>> 1;
      if (line <= before || line > lastLineNumber) return false;
      before = line;
    }
    return true;
  });
}

/** Facts that parts of were replaced by anything JSON can hold. */
const brokenFacts = fc
  .tuple(
    fc.constantFrom<keyof Facts>('change', 'coverage', 'review', 'migrations', 'pullRequest'),
    fc.jsonValue(),
  )
  .map(([part, value]) => ({ ...facts(), [part]: value }) as unknown as Facts);

const parsers = await loadMigrationParsers({
  dialects: new Set(['postgresql', 'mysql', 'mariadb', 'sqlite'] as const),
});

export const parserProperties: readonly ParserProperty[] = [
  property('lcov is read, or refused in one sentence', lcovText.map((words) => `TN:\n${words}`), holdsForReport),
  property('XML reports are read, or refused in one sentence', xmlText.map((words) => `<coverage>${words}`), holdsForReport),
  property('JaCoCo is read, or refused in one sentence', xmlText.map((words) => `<report>${words}`), holdsForReport),
  property('Clover is read, or refused in one sentence', xmlText.map((words) => `<coverage generated="1">${words}`), holdsForReport),
  property('scoverage is read, or refused in one sentence', xmlText.map((words) => `<scoverage>${words}`), holdsForReport),
  property('Go profiles are read, or refused in one sentence', goText.map((words) => `mode: set\n${words}`), holdsForReport),
  property(
    'JSON reports are read, or refused in one sentence',
    fc.jsonValue().map((value) => `{"a.js":{"path":"a.js","statementMap":${JSON.stringify(value)},"s":${JSON.stringify(value)}}}`),
    holdsForReport,
  ),
  property(
    'JSON summaries are read, or refused in one sentence',
    fc.jsonValue().map((value) => `{"total":{"lines":{"total":1}},"a.js":${JSON.stringify(value)}}`),
    holdsForReport,
  ),
  property('a report path has no empty and no dotted segment inside', lcovText, (path) =>
    reportPath(path).path.split('/').every((part, place, all) => part !== '.' && (part !== '' || all.length === 1) && (part !== '..' || all.slice(0, place).every((one) => one === '..'))),
  ),
  property('the tests of a file are read in every language, and their lines lie inside of it', testText, (text) => {
    const last = text.split('\n').length;
    return ['a.test.ts', 'test_a.py', 'a_test.go', 'ATest.java', 'ATest.kt', 'a_spec.rb'].every((path) =>
      (testReaderFor(path)?.read(text) ?? []).every(({ lines, assertions }) => lines.start >= 1 && lines.start <= lines.end && lines.end <= last && assertions >= 0),
    );
  }),
  property('what settings leave out of a report is read, and stands inside the file', settingsText, (text) => {
    const last = text.split('\n').length;
    return ['vitest.config.ts', '.nycrc', '.coveragerc', 'sonar-project.properties', 'codecov.yml', 'pom.xml', 'build.gradle', '.simplecov'].every((path) => {
      coverageThresholds(path, text);
      return coverageExcludes(path, text).every(({ line, pattern }) => line >= 1 && line <= last && typeof pattern === 'string');
    });
  }),
  property('every line of a text stands in some number of branches', testText, (text) => {
    const depths = branchDepths(text);
    return depths.length === text.split('\n').length && depths.every((depth) => Number.isInteger(depth) && depth >= 0);
  }),
  property('settings are read, and each problem names the file', yamlText, (yaml) =>
    parseSettings(yaml, 'f.yml', rules).problems.every((problem) => problem.startsWith('f.yml')),
  ),
  property('SQL is split into spans that lie in order inside the text', sqlText, (sql) => {
    const { statements } = scanSql(sql);
    return statements.every(({ start, end }, place) => start < end && end <= sql.length && start >= (statements[place - 1]?.end ?? 0));
  }),
  property('a migration is read, and its lines lie inside the file', sqlText, (sql) => {
    const bytes = new TextEncoder().encode(sql);
    const files = readMigrations([{ path: 'db/migrations/1.sql', status: 'added', bytes }], { companions: new Map() }, parsers);
    const last = sql.split('\n').length;
    return files.every(({ operations, notAnalysed }) => [...operations, ...notAnalysed].every(({ lines }) => lines.start >= 1 && lines.start <= lines.end && lines.end <= last));
  }),
  property('a migration of MySQL, MariaDB or SQLite is read, before and after a change, and its lines lie inside the file', fc.tuple(dialectText, dialectText), ([sql, more]) => {
    const [bytes, previousBytes] = [`${sql}${more}`, sql].map((part) => new TextEncoder().encode(part));
    const inputs = ['mysql', 'mariadb', 'sqlite'].map((name) => ({ path: `${name}/migrations/1.sql`, status: 'modified' as const, bytes: bytes ?? new Uint8Array(), ...(previousBytes && { previousBytes }) }));
    const files = readMigrations(inputs, { companions: new Map() }, parsers);
    const last = `${sql}${more}`.split('\n').length;
    return files.length === 3 && files.every(({ operations, notAnalysed }) => [...operations, ...notAnalysed].every(({ lines }) => lines.start >= 1 && lines.start <= lines.end && lines.end <= last));
  }),
  property('a patch is read, or refused with a sentence', fc.tuple(patchText, fc.integer({ min: 1, max: 50 })), ([patch, size]) => {
    const bytes = new TextEncoder().encode(patch);
    return refusesAtMost(/patch|hunk/, () => {
      const reader = createPatchReader();
      for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
      reader.end();
    });
  }),
  property('a list of changed files is read, or refused with a sentence', rawText, (raw) =>
    refusesAtMost(/the list of changed files/, () => parseRawDiff(new TextEncoder().encode(raw))),
  ),
  property('commands in comments have an id and at most 500 characters of reason', commentText, (body) =>
    parseReplies(body).every(
      ({ kind, fingerprint, reason }) =>
        (kind === 'unclear' ? fingerprint === '' : /^[\da-z]{6}$/.test(fingerprint)) &&
        [...reason].length <= 500 &&
        !/\p{Cs}/u.test(reason),
    ),
  ),
  property('markers are read, or are none', commentText, (body) => {
    readSummaryMarker(body);
    readAnswerMarker(body);
    const found = readFindingMarker(body);
    return found === undefined || /^[\da-z]{6}$/.test(found.fingerprint);
  }),
  property('a state of an earlier run is read, or is none', fc.oneof(commentText, fc.jsonValue().map((results) => encodeRunState({ version: 1, mergeBase: 'a', results } as never))), (body) => {
    const state = decodeRunState(body);
    return state === undefined || Array.isArray(state.results);
  }),
  property('a health record is read, or is none', wordsOf('review-vitals health 1\n', 'week ', '2026-W10', '\n', 'a', ' 1', ' 2', '-'), (message) => {
    decodeHealthRecord(message);
  }),
  property('saved facts break a rule at most, or are refused as a whole', brokenFacts, (saved) => {
    let report: ReturnType<typeof reportOn>;
    try {
      report = reportOn(saved);
    } catch (error) {
      return error instanceof TypeError;
    }
    return report.results.length === rules.length && JSON.parse(json(report)).schemaVersion === 1;
  }),
  property('a glob matches itself where it has no wildcard, and always comes to an end', fc.tuple(wordsOf('*', '**', '**/', '?', '{', '}', ',', 'a', '/', '.'), fc.string({ maxLength: 300 })), ([glob, path]) => {
    const isPlain = !/[*?{}]|^\.\//.test(glob);
    globPattern(glob).test(path);
    return !isPlain || globPattern(glob).test(glob);
  }),
  property('no secret of GitHub’s shapes is left in a text', secretText, (words) => {
    const safe = redact(`${words} ghs_${'a'.repeat(36)} `);
    return !/ghs_a{36}/.test(safe) && redact(safe) === safe;
  }),
  property('plain Markdown has no live mention, tag, link or line break', markdownText, (words) => {
    const safe = plain(words);
    return !/[\r\n]|(?<!\\)[[<`*_|]|@\w|&(?!amp;|lt;|gt;)|https?:/i.test(safe);
  }),
  property('a code span ends where it is meant to', markdownText, (words) => {
    const span = code(words);
    const fence = /^`+/.exec(span)?.[0] ?? '';
    return !(span.slice(fence.length, -fence.length).match(/`+/g) ?? []).some((run) => run.length === fence.length);
  }),
  property('a quoted name is one line of one code span, and no command', markdownText, (words) => {
    const quoted = quoteName(words);
    return /^`[^`\n\r]+`$/u.test(quoted) && !prose(quoted).includes('\n') && obeyedCommands(quoted).length === 0;
  }),
  property('printed lines hold no command for the runner', markdownText, (words) => obeyedCommands(withoutCommands(words.replaceAll('\r', '\n'))).length === 0),
  property('a report about hostile names obeys nobody in any format', markdownText, (words) => {
    const report = reportOn(facts({ repository: { name: words }, remarks: [words, quoteName(words)] }));
    const printed = [text(report, { colour: false, width: 60 }), json(report), markdown(report)];
    return printed.every((output) => obeyedCommands(output).length === 0);
  }),
]; // biome-ignore format: a property reads better in few lines

/** True unless it throws something that is no sentence of the parser's own. */
function refusesAtMost(sentence: RegExp, work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (error) {
    return error instanceof Error && sentence.test(error.message);
  }
}
