import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileCoverage } from '../../../src/coverage/formats/file-coverage.ts';
import { FileCoverageBuilder } from '../../../src/coverage/formats/file-coverage-builder.ts';
import { mergeCoverage } from '../../../src/coverage/formats/merge-coverage.ts';
import { recogniseFormat } from '../../../src/coverage/formats/recognise-format.ts';
import { reportTotals } from '../../../src/coverage/measure/report-totals.ts';
import { statusRuns } from '../../../src/coverage/measure/status-runs.ts';
import { readText, runsOf } from './read-text.ts';

describe('a Go cover profile', () => {
  it('spreads blocks over lines, without the line of a closing brace, and counts each block once', () => {
    const text =
      'mode: atomic\nexample.com/m/a.go:5.12,8.2 3 1\nexample.com/m/a.go:10.9,11.23 2 0\nexample.com/m/a.go:10.9,11.23 2 4\nexample.com/m/a.go:13.2,13.9 1 0\n';
    expect(runsOf(text)).toEqual({
      'example.com/m/a.go': [
        [5, 3, 'hit'],
        [10, 2, 'hit'],
        [13, 1, 'miss'],
      ],
    });
    expect(reportTotals(readText(text).files)).toEqual({
      lines: { covered: 5, total: 6 },
      statements: { covered: 5, total: 6 },
    });
  });

  it('says that it is cut off when its last line is half a block', () => {
    expect(readText('mode: set\na.go:1.1,2.5 1 1\na.go:3.1,4').cutOff).toBe(
      'the report is cut off in line 3',
    );
  });

  it('refuses what is no block, and blocks that would fill the memory', () => {
    expect(() => readText('mode: set\nhello\n')).toThrow('line 2: `hello` is no block of a Go cover profile');
    expect(() => readText('mode: set\na.go:1.1,999999999.2 1 1\n')).toThrow('line 2: ');
    const wide = Array.from({ length: 30 }, (_, n) => `a${n}.go:1.1,900000.9 1 1\n`).join('');
    expect(() => readText(`mode: set\n${wide}`)).toThrow('its blocks span over 20000000 lines');
  });
});

describe('an Istanbul report', () => {
  const at = (line: number) => ({ start: { line, column: 0 }, end: { line, column: 9 } });
  const entry = {
    path: '/w/src/a.ts',
    statementMap: { 0: at(1), 1: at(1), 2: at(4) },
    s: { 0: 0, 1: 3, 2: 0 },
    fnMap: { 0: { name: 'f', decl: at(1), loc: at(1) } },
    f: { 0: 3 },
    branchMap: { 0: { type: 'if', loc: at(1), locations: [at(1), at(2)] } },
    b: { 0: [3, 0] },
  };

  it('has a line where a statement starts, and the numbers of the lcov report of the same run', () => {
    const json = readText(JSON.stringify({ '/w/src/a.ts': entry }));
    expect(json.files.map(statusRuns)).toEqual([
      [
        [1, 1, 'partial'],
        [4, 1, 'miss'],
      ],
    ]);
    const lcov = readText(
      'SF:/w/src/a.ts\nFN:1,f\nFNDA:3,f\nDA:1,3\nDA:4,0\nBRDA:1,0,0,3\nBRDA:1,0,1,0\nend_of_record\n',
    );
    const [a] = json.files;
    const [b] = lcov.files;
    if (a === undefined || b === undefined) throw new Error('a report is empty');
    expect(reportTotals([mergeCoverage(a, b)])).toEqual({
      lines: { covered: 1, total: 2 },
      branches: { covered: 1, total: 2 },
      functions: { covered: 1, total: 1 },
      statements: { covered: 1, total: 3 },
    });
  });

  it('counts functions of one name apart, as the lcov report of the same run does', () => {
    const several = {
      ...entry,
      fnMap: {
        0: { name: 'get', decl: at(1), loc: at(2) },
        1: { name: 'get', decl: at(4), loc: at(5) },
        2: { name: 'get', decl: at(4), loc: at(5) },
        3: { name: '(anonymous_3)', line: 6 },
      },
      f: { 0: 3, 1: 0, 2: 1, 3: 0 },
    };
    const json = readText(JSON.stringify({ '/w/src/a.ts': several }));
    const lcov = readText(
      'SF:/w/src/a.ts\nFN:1,get\nFN:4,get\nFN:4,get\nFN:6,(anonymous_3)\nFNDA:3,get\nFNDA:0,get\nFNDA:1,get\nFNDA:0,(anonymous_3)\nDA:1,3\nend_of_record\n',
    );
    const [a] = json.files;
    const [b] = lcov.files;
    if (a === undefined || b === undefined) throw new Error('a report is empty');
    for (const files of [[a], [b], [mergeCoverage(a, b)]])
      expect(reportTotals(files).functions).toEqual({ covered: 2, total: 4 });
  });

  it('takes its lines from a line map where it has one', () => {
    const text = JSON.stringify({ a: { ...entry, path: 'a.sol', l: { 1: 3, 2: 0, 9: 1 } } });
    expect(runsOf(text)).toEqual({
      'a.sol': [
        [1, 1, 'partial'],
        [2, 1, 'miss'],
        [9, 1, 'hit'],
      ],
    });
  });

  it('takes __proto__ and constructor for ordinary names', () => {
    const text = `{"__proto__": ${JSON.stringify(entry)}, "constructor": {"path": "c", "statementMap": {"__proto__": {"start": {"line": 2}}}, "s": {"__proto__": 1}}}`;
    expect(runsOf(text)).toMatchObject({ c: [[2, 1, 'hit']] });
    expect(({} as Record<string, unknown>).statementMap).toBeUndefined();
  });

  it.each([
    [
      '{"a": {"statementMap": {"0": {}}, "s": {}}}',
      'the entry `a` cannot be read: statement `0` has no start line',
    ],
    ['{"a": {"statementMap": [], "s": {}}}', 'the entry `a` cannot be read: statementMap or s is no object'],
    [
      '{"a": {"statementMap": {"0": {"start": {"line": 1}}}, "s": {"0": "x"}}}',
      'the entry `a` cannot be read: `"x"` is no count',
    ],
    [
      '{"a": {"branchMap": {"0": {"line": 2}}, "b": {"0": 4}}}',
      'the entry `a` cannot be read: branch `0` has no line',
    ],
    ['{"a": {"statementMap": {', 'it is no valid JSON; it may be cut off'],
    ['{"a": {"statementMap": {}, "l": {"x": 1}}}', 'the entry `a` cannot be read: `x` is no line'],
    ['{"a": {"statementMap": {}, "l": [1]}}', 'the entry `a` cannot be read: l is no object'],
    ['{"a": 1, "b": {"fnMap": {}}}', 'the entry `a` cannot be read: no object'],
  ])('refuses %s', (text, sentence) => {
    expect(() => readText(text)).toThrow(sentence);
  });

  it('is told from its summary, which has totals and no line', () => {
    const share = (covered: number, total: number) => ({ total, covered, skipped: 0, pct: 0 });
    const file = {
      lines: share(1, 2),
      statements: share(1, 3),
      functions: share(1, 1),
      branches: share(0, 0),
    };
    const report = readText(JSON.stringify({ total: file, 'src/a.ts': file }));
    expect(report.format).toBe('istanbul-summary');
    expect(report.files.map((each) => [each.path, statusRuns(each)])).toEqual([['src/a.ts', []]]);
    expect(reportTotals(report.files)).toEqual({
      lines: { covered: 1, total: 2 },
      functions: { covered: 1, total: 1 },
      statements: { covered: 1, total: 3 },
    });
  });
});

describe('a format', () => {
  it.each([
    ['TN:\nSF:a\n', 'lcov'],
    ['\ufeff# made by x\nSF:a\n', 'lcov'],
    ['mode: set\n', 'go-cover'],
    ['<?xml version="1.0"?>\n<!-- <report> -->\n<coverage line-rate="1">', 'cobertura'],
    ['<coverage generated="1" clover="3.2.0">', 'clover'],
    ['<coverage><project name="x">', 'clover'],
    ['<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="x">', 'jacoco'],
    ['<scoverage statement-rate="1">', 'scoverage'],
    ['{"/a.ts":{"path":"/a.ts","statementMap":{}', 'istanbul'],
    ['{"total": {"lines":{"total":1', 'istanbul-summary'],
  ])('is told by content: %s', (text, format) => {
    expect(recogniseFormat(new TextEncoder().encode(text))).toBe(format);
  });

  it.each([
    ['', 'it is empty'],
    ['<html>', 'its XML begins with <html>, which is no known report'],
    [
      '<?xml version="1.0"?>\n<CoverageSession xmlns:xsi="x">',
      'its XML begins with <CoverageSession>, which is no known report (OpenCover: let coverlet or ReportGenerator write Cobertura)',
    ],
    [
      '{"meta": {"version": "7.6", "branch_coverage": false}, "files": {}}',
      'its JSON is no known report (coverage.py: `coverage xml` or `coverage lcov` writes one)',
    ],
    ['{"data":[{"files":[', 'its JSON is no known report (llvm-cov: write lcov)'],
    [
      '{ "RSpec": { "coverage": { "/a.rb": [1] } } }',
      'its JSON is no known report (SimpleCov: let simplecov-lcov or simplecov-cobertura write one)',
    ],
    ['{"name": "x"}', 'its JSON is no known report'],
    ['hello', 'its content is no known report format'],
  ])('that is none is refused with the reason: %s', (text, sentence) => {
    expect(recogniseFormat(new TextEncoder().encode(text))).toEqual({ notRecognised: sentence });
  });

  it('in UTF-16 or compressed says what to do', () => {
    expect(recogniseFormat(Uint8Array.of(0xff, 0xfe, 0x53, 0))).toEqual({
      notRecognised: 'it is written in UTF-16; write it as UTF-8',
    });
    expect(recogniseFormat(Uint8Array.of(0x1f, 0x8b))).toEqual({
      notRecognised: 'it is compressed; unpack it first',
    });
  });
});

describe('merging', () => {
  const share = fc
    .tuple(fc.nat(3), fc.nat(3))
    .map(([covered, missed]) => [covered, covered + missed + 1] as const);
  const file = fc
    .record({
      lines: fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()), { maxLength: 12 }),
      branches: fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(2), share), { maxLength: 8 }),
      items: fc.array(
        fc.tuple(fc.constantFrom('functions' as const, 'statements' as const), fc.nat(5), share),
        {
          maxLength: 8,
        },
      ),
    })
    .map((parts): FileCoverage => {
      const builder = new FileCoverageBuilder();
      for (const [line, ran] of parts.lines) builder.line(line, ran);
      for (const [line, key, [covered, total]] of parts.branches) builder.branch(line, key, covered, total);
      for (const [unit, key, [covered, total]] of parts.items) builder.item(unit, key, covered, total);
      return builder.finish('a');
    });
  /** Plain numbers, units in a fixed order. */
  const plain = ({ lines, branches, items }: FileCoverage) => ({
    lines: [...lines],
    branches: Object.values(branches).map((column: Uint32Array) => [...column]),
    items: [...items].toSorted().map(([unit, { keys, values }]) => [unit, [...keys], [...values]]),
  });

  it('does not depend on order, grouping or repetition', () => {
    fc.assert(
      fc.property(file, file, file, (a, b, c) => {
        expect(plain(mergeCoverage(a, b))).toEqual(plain(mergeCoverage(b, a)));
        expect(plain(mergeCoverage(mergeCoverage(a, b), c))).toEqual(
          plain(mergeCoverage(a, mergeCoverage(b, c))),
        );
        expect(plain(mergeCoverage(a, a))).toEqual(plain(a));
        expect(plain(mergeCoverage(mergeCoverage(a, b), b))).toEqual(plain(mergeCoverage(a, b)));
      }),
    );
  });

  it('never turns a line that ran into one that did not', () => {
    fc.assert(
      fc.property(file, file, (a, b) => {
        const merged = new Set(mergeCoverage(a, b).lines);
        for (const packed of a.lines) if ((packed & 1) === 1) expect(merged.has(packed)).toBe(true);
      }),
    );
  });
});
