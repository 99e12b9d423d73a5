import { jsTokens } from './js-tokens.ts';

const settingsFile =
  /(?:^|\/)(?:(?:jest|vite|vitest)\.config\.[cm]?[jt]s|package\.json|\.?(?:nycrc|c8rc)(?:\.json)?|\.coveragerc|setup\.cfg|tox\.ini|pyproject\.toml|pom\.xml|(?:[\w-]+\.)?gradle(?:\.kts)?|\.?codecov\.ya?ml|\.simplecov|(?:spec|rails|test|coverage)_helper\.rb)$/;
const metric = /^(?:statements|branches|functions|lines|perFile|autoUpdate)$/;
const jsParent = /^(?:coverageThreshold|thresholds?|check-coverage|nyc|c8)$/;

/** Thresholds that stand on one line: JaCoCo's ratios, Kover's, Codecov's and SimpleCov's percentages. */
const oneLine: readonly (readonly [file: RegExp, name: string, value: RegExp])[] = [
  [/pom\.xml$/, 'minimum', /<minimum>\s*(\d+(?:\.\d+)?)/],
  [/gradle(?:\.kts)?$/, 'minimum', /^\s*(?:minimum|minValue|minBound)\s*(?:=|\()?\s*["']?(\d+(?:\.\d+)?)/],
  [/codecov\.ya?ml$/, 'target', /^\s*target\s*:\s*["']?(\d+(?:\.\d+)?)/],
  [/\.simplecov$|_helper\.rb$/, 'minimum_coverage', /\bminimum_coverage\D{0,20}(\d+(?:\.\d+)?)/],
];

/** Can this file hold coverage thresholds? */
export function isThresholdFile(path: string): boolean {
  return settingsFile.test(path);
}

/** Thresholds by name, in the order they stand; a name may occur several times (globs of jest). */
export function coverageThresholds(path: string, text: string): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  const add = (name: string, value: number) => {
    const values = found.get(name) ?? [];
    found.set(name, values);
    values.push(value);
  };
  if (/\.(?:[cm]?[jt]s|json)$|rc$/.test(path) && !path.endsWith('.coveragerc')) {
    let inThresholds = 0;
    let depth = 0;
    const tokens = jsTokens(text).filter(({ kind }) => kind !== 'comment');
    for (const [index, { kind, text: word }] of tokens.entries()) {
      if (kind === 'mark' && /^[{[(]$/.test(word)) depth += 1;
      if (kind === 'mark' && /^[}\])]$/.test(word)) {
        depth -= 1;
        if (depth < inThresholds) inThresholds = 0;
      }
      if (kind === 'mark' || tokens[index + 1]?.text !== ':') continue;
      if (jsParent.test(word) && inThresholds === 0) inThresholds = depth + 1;
      const value = tokens[index + 2];
      const isFlat = /(?:nycrc|c8rc)(?:\.json)?$/.test(path);
      if (metric.test(word) && value?.kind === 'number' && (inThresholds > 0 || isFlat))
        add(word, Number(value.text));
    }
    return found;
  }
  const others = oneLine.find(([file]) => file.test(path));
  for (const line of text.split('\n')) {
    const code = line.replace(/\s[#;].*$|^\s*[#;].*$/, '');
    if (others) {
      const [, value] = others[2].exec(code) ?? [];
      if (value !== undefined) add(others[1], Number(value));
      continue;
    }
    const [, value] =
      /(?:^|\s)fail_under\s*=\s*["']?(\d+(?:\.\d+)?)/.exec(code) ??
      /--cov-fail-under[=\s]+(\d+(?:\.\d+)?)/.exec(code) ??
      [];
    if (value !== undefined) add('fail_under', Number(value));
  }
  return found;
}
