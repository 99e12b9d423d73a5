import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readReport } from '../../src/collect/coverage/read-report.ts';
import { isUnavailable } from '../../src/core/part.ts';
import { eachLine } from '../../src/coverage/formats/each-line.ts';
import { type FileCoverage, unpackShare } from '../../src/coverage/formats/file-coverage.ts';
import { mergeCoverage } from '../../src/coverage/formats/merge-coverage.ts';
import { reportTotals, type Totals } from '../../src/coverage/measure/report-totals.ts';

const data = process.env.REVIEW_VITALS_DATA;
const folder = join(data ?? '', 'coverage');

async function filesOf(path: string): Promise<readonly FileCoverage[]> {
  const report = await readReport(join(folder, path), path);
  if (isUnavailable(report)) throw new Error(report.unavailable);
  return report.files;
}

/** "lines 4/6, branches 1/2": units in a fixed order, those that the report lacks left out. */
function told(totals: Totals): string {
  return (['lines', 'branches', 'functions', 'statements', 'instructions'] as const)
    .flatMap((unit) => (totals[unit] ? [`${unit} ${totals[unit].covered}/${totals[unit].total}`] : []))
    .join(', ');
}

function linesOf(file: FileCoverage | undefined, wanted: 'run' | 'missed'): string {
  const lines: number[] = [];
  if (file)
    eachLine(file, (line, status) => (status === 'miss') === (wanted === 'missed') && lines.push(line));
  return lines.join(' ');
}

async function merged(...paths: readonly string[]): Promise<FileCoverage | undefined> {
  let all: FileCoverage | undefined;
  for (const path of paths) {
    const [file] = await filesOf(path);
    all = all && file ? mergeCoverage(all, file) : file;
  }
  return all;
}

const suite = data !== undefined && existsSync(folder) ? describe : describe.skip;

/** Totals that the projects which collected these reports assert. */
suite('a report counts as its own project counts it', () => {
  it.each([
    ['lcov/coverage-model-single.lcov', 1, 'lines 1/1'],
    ['lcov/coverage-model-report.lcov', 3, 'lines 4/6'],
    ['lcov/coverage-model-large-hit-counts.lcov', 1, 'lines 1/2'],
    ['lcov/coveralls-test.lcov', 3, 'branches 7/8'],
    ['lcov/reportgenerator-csharp.info', 15, ''],
    ['cobertura/coverage-model-cobertura-ts.xml', 12, 'lines 63/156, branches 21/32, functions 14/38'],
    ['cobertura/coverage-model-cobertura-npe.xml', 2, 'lines 44/53, branches 3/4, functions 4/5'],
    ['cobertura/coverage-model-cobertura-absolute-path.xml', 1, 'lines 12/12, branches 6/6'],
    ['cobertura/coverage-model-cobertura-python.xml', 1, 'lines 19/19, branches 4/4'],
    ['cobertura/coverage-model-cobertura-duplicate-lines.xml', 1, 'lines 5/7, branches 6/14'],
    ['cobertura/coverage-model-cobertura-merge-a.xml', 1, 'lines 22/22, branches 2/3'],
    ['cobertura/coverage-model-cobertura-merge-b.xml', 1, 'lines 16/22, branches 0/3'],
    ['cobertura/coverage-model-csharp.xml', 20, ''],
    ['cobertura/coverage-model-cobertura-same-filename.xml', 2, ''],
    ['cobertura/coverage-model-cobertura-lots-of-data.xml', 19, ''],
    ['cobertura/coveralls-cobertura-conditions.xml', 1, 'lines 5/6, branches 4/9'],
    ['cobertura/coveralls-cobertura.xml', 16, ''],
    ['cobertura/reportgenerator-java-2.1.1.xml', 7, ''],
    [
      'jacoco/coverage-model-jacoco-codingstyle.xml',
      10,
      'lines 294/323, branches 109/116, functions 97/102, instructions 1260/1350',
    ],
    ['jacoco/coverage-model-jacocoTestReport.xml', 9, 'functions 68/68'],
    ['jacoco/coverage-model-pester.xml', 4, ''],
    ['jacoco/jacoco-report.xml', 2, 'branches 2/4'],
    ['jacoco/reportgenerator-0.8.3.xml', 7, ''],
    ['clover/coverage-model-clover.xml', 6, 'lines 143/165'],
    ['clover/coverage-model-clover-java.xml', 4, 'lines 1/17, branches 1/2, functions 1/10'],
    ['gocover/go-coverage-atomic.out', 4, 'lines 23/33'],
    ['gocover/go-relative-import.out', 4, 'lines 23/33'],
  ])('%s: %i files, %s', async (path, files, expected) => {
    const read = await filesOf(path);
    const totals = told(reportTotals(read)).split(', ');
    expect(read).toHaveLength(files);
    expect(totals).toEqual(expect.arrayContaining(expected.split(', ').filter(Boolean)));
  });

  it.each([
    [
      'cobertura/coverage-model-cobertura-python.xml',
      '',
      '6 8 9 10 11 13 16 25 41 42 46 48 49 50 54 55 56 57 60',
      '',
    ],
    ['cobertura/coveralls-cobertura-conditions.xml', '', '1 4 6 8 12', '10'],
    ['clover/coverage-model-clover.xml', 'File2.js', undefined, '92 127 204 369 492 503 515'],
    ['gocover/go-coverage-atomic.out', 'file1.go', undefined, '19 20'],
    ['gocover/go-coverage-atomic.out', 'file2.go', undefined, '12 13 14 15'],
    ['gocover/go-coverage-atomic.out', 'file3.go', '', '10 15 16 17'],
    ['gocover/go-coverage-atomic.out', 'file4.go', '10 11', ''],
    ['jacoco/jacoco-report.xml', 'MessageBuilder.java', '3 7 9 15 18', '11'],
  ])('%s %s: run %s, missed %s', async (path, name, run, missed) => {
    const file = (await filesOf(path)).find((one) => one.path.endsWith(name));
    if (run !== undefined) expect(linesOf(file, 'run')).toBe(run);
    expect(linesOf(file, 'missed')).toBe(missed);
  });

  it.each([
    ['jacoco/coverage-model-jacoco-codingstyle.xml', 'lines 294/323'],
    ['jacoco/coverage-model-jacoco-analysis-model.xml', 'lines 60/62'],
  ])('the package edu.hm.hafner.util of %s: %s', async (path, expected) => {
    const files = (await filesOf(path)).filter((file) => /^edu\/hm\/hafner\/util\/[^/]+$/.test(file.path));
    expect(told(reportTotals(files))).toContain(expected);
  });

  it('merges as they merge', async () => {
    const jacoco = (letter: string) => `jacoco/coverage-model-jacoco-merge-${letter}.xml`;
    const within = async (...letters: readonly string[]) =>
      linesOf(await merged(...letters.map(jacoco)), 'missed')
        .split(' ')
        .filter((line) => Number(line) >= 36 && Number(line) <= 49)
        .join(' ');
    expect(await within('a')).toBe('38 39 46 47');
    expect(await within('b')).toBe('38 39 42 43');
    expect(await within('c')).toBe('41 42 43 46 47');
    expect(await within('a', 'b')).toBe('38 39');
    expect(await within('a', 'b', 'c')).toBe('');
    const two = await merged(jacoco('a'), jacoco('b'));
    expect(two && told(reportTotals([two]))).toContain('branches 2/14');
    // Different numbers of branches on one line: the larger counts, in either order.
    const [a, b] = ['a', 'b'].map((letter) => `cobertura/coverage-model-merge-issue-244-${letter}.xml`);
    for (const paths of [
      [a ?? '', b ?? ''],
      [b ?? '', a ?? ''],
    ]) {
      const file = await merged(...paths);
      expect(file && told(reportTotals([file]))).toContain('branches 0/4');
    }
  });
});

/** Every place where the count differs from what those projects assert, and why. */
suite('a report counts otherwise than its own project counts it', () => {
  it('a line that ran and took none of its branches ran: 63 of 82 lines, where 62 are asserted', async () => {
    const files = await filesOf('cobertura/coverage-model-cobertura.xml');
    expect(told(reportTotals(files))).toBe('lines 63/82, branches 2/4, functions 7/10');
  });

  it('classes without a file name belong to no file: nothing, where 31 of 32 branches are asserted', async () => {
    const report = await readReport(
      join(folder, 'cobertura/coverage-model-cobertura-counter-aggregation.xml'),
      'cobertura.xml',
    );
    if (isUnavailable(report)) throw new Error(report.unavailable);
    expect(report.files).toEqual([]);
    expect(report.remarks).toEqual(['2 classes without a file name left out']);
  });

  it('a block that a Go profile lists twice is one: 21 statements, where 22 are asserted', async () => {
    for (const name of ['go-coverage-atomic', 'go-relative-import'])
      expect(told(reportTotals(await filesOf(`gocover/${name}.out`)))).toBe('lines 23/33, statements 14/21');
  });

  it('two import paths are two files until tracked files say more: 28, where 27 are asserted', async () => {
    expect(await filesOf('gocover/coveralls-coverage.out')).toHaveLength(28);
  });

  it('a condition of Clover has the branches that it counts: 60, where 35 conditions are asserted', async () => {
    const [file] = await filesOf('clover/clover-unleash.xml');
    expect(file && told(reportTotals([file]))).toBe('lines 107/132, branches 41/60');
    expect(file?.branches.values.length).toBe(35);
    expect(
      [...(file?.branches.values ?? [])].reduce((sum, packed) => sum + unpackShare(packed).total, 0),
    ).toBe(60);
  });

  it('all branches of a file count: 2 of 3 in the merged file, where line 40 is asserted with 1 of 2', async () => {
    const file = await merged(
      'cobertura/coverage-model-cobertura-merge-a.xml',
      'cobertura/coverage-model-cobertura-merge-b.xml',
    );
    expect(file && told(reportTotals([file]))).toBe('lines 22/22, branches 2/3, functions 3/3');
  });

  it('instructions of Clover are its statements and conditions, which count as lines and branches', async () => {
    const totals = reportTotals(await filesOf('clover/coverage-model-clover-java.xml'));
    expect(totals.instructions).toBeUndefined();
  });

  it.each([
    'gcov/reportgenerator-main.cpp.gcov',
    'opencover/opencover.xml',
    'opencover/opencover-with-bom.xml',
    'simplecov/coveralls-resultset.json',
  ])('%s is of a format that is not read, and said to be', async (path) => {
    const report = await readReport(join(folder, path), path);
    expect(isUnavailable(report) && report.unavailable).toMatch(/is not read: .*no known report/);
  });
});
