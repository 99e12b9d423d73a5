import { jsTokens } from './js-tokens.ts';

export interface CoverageExclude {
  /** As the file writes it. Untrusted text. */
  readonly pattern: string;
  /** Where it stands, from 1. */
  readonly line: number;
}

type Reader = (text: string, path: string) => readonly CoverageExclude[];

const listNames = /^(?:exclude|coveragePathIgnorePatterns)$/;
const coverageParents = /^(?:coverage|nyc|c8)$/;

/** What each tool calls the code that it leaves out of the report. */
const readers: readonly (readonly [name: RegExp, read: Reader])[] = [
  [
    /(?:^|\/)(?:(?:jest|vite|vitest)\.config\.[cm]?[jt]s|package\.json|\.?(?:nycrc|c8rc)(?:\.json)?)$/,
    fromScript,
  ],
  [/(?:^|\/)(?:\.coveragerc|setup\.cfg|tox\.ini|pyproject\.toml)$/, fromCoveragePy],
  [/(?:^|\/)sonar-project\.properties$/, fromProperties],
  [/(?:^|\/)\.?codecov\.ya?ml$/, fromCodecov],
  [/(?:^|\/)pom\.xml$/, fromPom],
  [/(?:^|\/)(?:[\w-]+\.)?gradle(?:\.kts)?$/, fromGradle],
  [/(?:^|\/)(?:\.simplecov|(?:spec|rails|test|coverage)_helper\.rb)$/, fromSimplecov],
];

/** Can this file say what the coverage report leaves out? */
export function isExcludeFile(path: string): boolean {
  return readers.some(([name]) => name.test(path));
}

/**
 * What a settings file takes out of the coverage report, as globs or expressions of its tool: Istanbul, c8, jest, vitest;
 * coverage.py; Sonar, Codecov, JaCoCo, SimpleCov. Comments do not count, other settings of the file neither.
 */
export function coverageExcludes(path: string, text: string): readonly CoverageExclude[] {
  return readers.find(([name]) => name.test(path))?.[1](text, path) ?? [];
}

/** `coverage: { exclude: […] }` of vitest, `coveragePathIgnorePatterns` and `'!…'` in `collectCoverageFrom` of jest, nyc's. */
function fromScript(text: string, path: string): readonly CoverageExclude[] {
  const isFlat = /(?:nycrc|c8rc)(?:\.json)?$/.test(path);
  const tokens = jsTokens(text).filter(({ kind }) => kind !== 'comment');
  const found: CoverageExclude[] = [];
  let [depth, coverageDepth] = [0, isFlat ? 0 : -1];
  /** Of the list that is read: how deep it stands, and which of its strings count. */
  let list: { readonly depth: number; readonly of: 'all' | 'negated' } | undefined;
  for (const [index, { kind, text: word, line }] of tokens.entries()) {
    if (kind === 'mark') {
      if (/^[{[(]$/.test(word)) depth += 1;
      else if (/^[}\])]$/.test(word)) {
        depth -= 1;
        if (list && depth < list.depth) list = undefined;
        if (coverageDepth > 0 && depth < coverageDepth) coverageDepth = -1;
      }
      continue;
    }
    if (tokens[index + 1]?.text === ':' && tokens[index + 1]?.kind === 'mark') {
      const opens = tokens[index + 2]?.text;
      if (coverageParents.test(word) && opens === '{' && coverageDepth < 0) coverageDepth = depth + 1;
      const isList = opens === '[';
      if (isList && word === 'coveragePathIgnorePatterns') list = { depth: depth + 1, of: 'all' };
      else if (isList && word === 'collectCoverageFrom') list = { depth: depth + 1, of: 'negated' };
      else if (isList && listNames.test(word) && coverageDepth >= 0 && depth >= coverageDepth)
        list = { depth: depth + 1, of: 'all' };
      continue;
    }
    if (kind !== 'string' || list?.depth !== depth) continue;
    if (list.of === 'all') found.push({ pattern: word, line });
    else if (word.startsWith('!')) found.push({ pattern: word.slice(1), line });
  }
  return found;
}

/**
 * `omit` lists paths, `exclude_also` and `exclude_lines` expressions of lines, one a line; over one or several lines, in a
 * section that has to do with coverage.
 */
function fromCoveragePy(text: string, path: string): readonly CoverageExclude[] {
  const found: CoverageExclude[] = [];
  let isCoverage = path.endsWith('.coveragerc');
  let list: 'paths' | 'expressions' | undefined;
  for (const [index, whole] of text.split('\n').entries()) {
    const line = whole.replace(/(?:^|\s)[#;].*$/, '');
    const [, section] = /^\[+([\w.:-]+)\]+\s*$/.exec(line) ?? [];
    if (section !== undefined) {
      isCoverage = /coverage|^(?:run|report)$/.test(section);
      list = undefined;
      continue;
    }
    if (!isCoverage) continue;
    const [, name, value] = /^([A-Za-z_]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined)
      list = name === 'omit' ? 'paths' : /^exclude_(?:also|lines)$/.test(name) ? 'expressions' : undefined;
    if (list === undefined) continue;
    const told = value ?? line;
    const patterns = list === 'paths' ? words(told) : [unquoted(told)];
    for (const pattern of patterns) if (pattern !== '') found.push({ pattern, line: index + 1 });
    if (/\]\s*$/.test(line) && list === 'paths') list = undefined;
  }
  return found;
}

/** One string of a list, without its quotes, its comma and the brackets of the list. */
function unquoted(line: string): string {
  return line
    .trim()
    .replace(/^\[?\s*["']?/, '')
    .replace(/["']?\s*,?\s*\]?$/, '');
}

function words(list: string): readonly string[] {
  return list
    .split(/[\s,]+/)
    .map((word) => word.replace(/^[["']+|["'\]]+$/g, ''))
    .filter((word) => word !== '');
}

/** Java's properties: a backslash at the end goes on with the next line. */
function fromProperties(text: string): readonly CoverageExclude[] {
  const found: CoverageExclude[] = [];
  let isList = false;
  for (const [index, whole] of text.split('\n').entries()) {
    const line = whole.trim();
    if (!isList && /^[#!]/.test(line)) continue;
    const [, name, value] = /^([\w.]+)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (!isList && name !== undefined) isList = /^sonar\.(?:coverage\.)?exclusions$/.test(name);
    if (!isList) continue;
    for (const pattern of words((value ?? line).replace(/\\$/, ''))) found.push({ pattern, line: index + 1 });
    isList = line.endsWith('\\');
  }
  return found;
}

/** The list under `ignore:` at the start of a line. */
function fromCodecov(text: string): readonly CoverageExclude[] {
  const found: CoverageExclude[] = [];
  let isList = false;
  for (const [index, whole] of text.split('\n').entries()) {
    const line = whole.replace(/(?:^|\s)#.*$/, '');
    if (/^\S/.test(line) && !line.startsWith('-')) isList = /^ignore\s*:/.test(line);
    const [, item] = /^\s*-\s*["']?(.*?)["']?\s*$/.exec(line) ?? [];
    if (isList && item) found.push({ pattern: item, line: index + 1 });
  }
  return found;
}

/** `<exclude>` of the plugin whose artifact is `jacoco-maven-plugin`, and Sonar's properties. */
function fromPom(text: string): readonly CoverageExclude[] {
  const found: CoverageExclude[] = [];
  let [isJacoco, isComment] = [false, false];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.includes('<!--')) isComment = true;
    if (!isComment) {
      if (line.includes('<artifactId>')) isJacoco = line.includes('jacoco-maven-plugin');
      if (line.includes('</plugin>')) isJacoco = false;
      const [, excluded] = (isJacoco && /<exclude>\s*([^<]+?)\s*<\/exclude>/.exec(line)) || [];
      if (excluded !== undefined) found.push({ pattern: excluded, line: index + 1 });
      const [, list] = /<sonar\.(?:coverage\.)?exclusions>([^<]*)/.exec(line) ?? [];
      for (const pattern of words(list ?? '')) found.push({ pattern, line: index + 1 });
    }
    if (line.includes('-->')) isComment = false;
  }
  return found;
}

/** What `exclude` and `excludes` list in a build file, in a block whose name has to do with coverage. */
function fromGradle(text: string): readonly CoverageExclude[] {
  // Groovy and Kotlin are near enough to JavaScript for their tokens.
  const tokens = jsTokens(text).filter(({ kind }) => kind !== 'comment');
  const found: CoverageExclude[] = [];
  let depth = 0;
  let coverageDepth = -1;
  let listLine = -1;
  let isList = false;
  let since = 0;
  for (const [index, { kind, text: word, line }] of tokens.entries()) {
    if (kind === 'mark' && word === '{') depth += 1;
    else if (kind === 'mark' && word === '}') {
      depth -= 1;
      if (depth < coverageDepth) coverageDepth = -1;
    } else if (kind === 'name') {
      if (/^(?:jacoco|kover)\w*$/i.test(word) && coverageDepth < 0) coverageDepth = depth + 1;
      isList = coverageDepth >= 0 && depth >= coverageDepth && /^excludes?$/.test(word);
      if (isList) [listLine, since] = [line, index];
    } else if (kind === 'string' && isList && (line === listLine || index - since < 200))
      found.push({ pattern: word, line });
  }
  return found;
}

/** `add_filter "…"` */
function fromSimplecov(text: string): readonly CoverageExclude[] {
  return text.split('\n').flatMap((line, index) => {
    const [, pattern] =
      /^\s*(?:SimpleCov\s*\.\s*)?add_filter[\s(]+["'%]?r?[{(]?["']?([^"'})]+)/.exec(line) ?? [];
    return pattern === undefined ? [] : [{ pattern, line: index + 1 }];
  });
}
