import { describe, expect, it } from 'vitest';
import { coveragePragmas } from '../../../../src/coverage/formats/tests/coverage-pragmas.ts';
import {
  coverageThresholds,
  isThresholdFile,
} from '../../../../src/coverage/formats/tests/coverage-thresholds.ts';

describe('comments that take code out of the report', () => {
  it.each([
    ['a.ts', '/* istanbul ignore next */\nf();\n// v8 ignore start\ng();\n/* c8 ignore stop */', [1, 3, 5]],
    ['a.ts', "const text = '/* istanbul ignore next */';\n// we ignore istanbul here", []],
    ['a.py', 'x = 1  # pragma: no cover\ny = "# pragma: no cover"', [1]],
    ['a.cpp', 'f(); // LCOV_EXCL_LINE\ng();', [1]],
    ['a.rs', '#[coverage(off)]\nfn f() {}', [1]],
  ])('are found in %s: %j', (path, text, lines) => {
    expect(coveragePragmas(path, text)).toEqual(lines);
  });
});

describe('coverage thresholds', () => {
  it.each([
    [
      'vitest.config.ts',
      'export default { test: { coverage: { thresholds: { lines: 90, branches: 80.5 } } }, other: { lines: 1 } }',
      { lines: [90], branches: [80.5] },
    ],
    [
      'package.json',
      '{ "jest": { "coverageThreshold": { "global": { "lines": 90 }, "./src/": { "lines": 70 } } } }',
      { lines: [90, 70] },
    ],
    ['.nycrc', '{ "check-coverage": true, "lines": 95 }', { lines: [95] }],
    ['vite.config.ts', '// thresholds: { lines: 90 }\nexport default { lines: 3 }', {}],
    ['pyproject.toml', '[tool.coverage.report]\nfail_under = 85 # was 90', { fail_under: [85] }],
    [
      'setup.cfg',
      '[tool:pytest]\naddopts = --cov=src --cov-fail-under=80\n# fail_under = 1',
      { fail_under: [80] },
    ],
  ])('are read from %s', (path, text, expected) => {
    expect(Object.fromEntries(coverageThresholds(path, text))).toEqual(expected);
  });
});

describe('thresholds of other tools', () => {
  it.each([
    ['pom.xml', '<limit><value>COVEREDRATIO</value><minimum>0.80</minimum></limit>', 'minimum', [0.8]],
    ['app/build.gradle', 'limit {\n  minimum = 0.75 // why\n}\n', 'minimum', [0.75]],
    ['build.gradle.kts', 'minimum = "0.5".toBigDecimal()\nminBound(60)', 'minimum', [0.5, 60]],
    ['codecov.yml', 'project:\n  target: 85%\npatch:\n  target: auto\n# target: 3\n', 'target', [85]],
    ['.simplecov', 'SimpleCov.minimum_coverage line: 90\n', 'minimum_coverage', [90]],
    ['spec/spec_helper.rb', '  minimum_coverage 92.5\n', 'minimum_coverage', [92.5]],
  ])('in %s', (path, text, name, values) => {
    expect(isThresholdFile(path)).toBe(true);
    expect(coverageThresholds(path, text).get(name)).toEqual(values);
  });
});

describe('annotations that take code out of the report', () => {
  it.each([
    ['src/Cart.java', '@ExcludeFromJacocoGeneratedReport\nclass Cart {}', [1]],
    ['src/Cart.cs', 'x\n[ExcludeFromCodeCoverage]', [2]],
    ['src/Cart.java', 'String s = "@ExcludeFromCoverage";', []],
  ])('in %s: %j', (path, text, lines) => {
    expect(coveragePragmas(path, text)).toEqual(lines);
  });
});
