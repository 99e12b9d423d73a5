import { describe, expect, it } from 'vitest';
import { coveragePragmas } from '../../../../src/coverage/formats/tests/coverage-pragmas.ts';
import { coverageThresholds } from '../../../../src/coverage/formats/tests/coverage-thresholds.ts';

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
