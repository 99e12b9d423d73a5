import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findReports } from '../../../src/collect/coverage/find-reports.ts';
import { readReport } from '../../../src/collect/coverage/read-report.ts';
import { globPattern } from '../../../src/core/glob-pattern.ts';

let workspace = '';

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'reports-'));
});

afterEach(async () => {
  await rm(workspace, { recursive: true, force: true });
});

async function put(...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), 'SF:a\nDA:1,1\nend_of_record\n');
  }
}

describe('the search for reports', () => {
  it('knows the names that tools use, sorted, and leaves everything else alone', async () => {
    const known = [
      'a/cobertura-coverage.xml',
      'build/reports/jacoco/test/jacocoTestReport.xml',
      'clover.xml',
      'cover.out',
      'coverage.out',
      'coverage.xml',
      'coverage/coverage-final.json',
      'coverage/lcov.info',
      'lcov-unit.info',
      'out/TestResults/1/coverage.cobertura.xml',
      'target/scoverage.xml',
      'target/site/jacoco/jacoco.xml',
    ];
    await put(
      ...known,
      'node_modules/a/lcov.info',
      '.git/lcov.info',
      'src/coverage.ts',
      'coverage/index.html',
      'pom.xml',
    );
    expect(findReports(workspace)).toEqual({ paths: known, remarks: [] });
  });

  it('takes globs instead', async () => {
    await put('a/lcov.info', 'a/b/unit.txt', 'c/unit.txt');
    expect(findReports(workspace, ['a/**/*.txt']).paths).toEqual(['a/b/unit.txt']);
    expect(findReports(workspace, ['./**/unit.txt']).paths).toEqual(['a/b/unit.txt', 'c/unit.txt']);
  });

  it('follows a link to a file inside, never to a folder or outside', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    try {
      await writeFile(join(outside, 'lcov.info'), '');
      await put('real/data.txt');
      await symlink(join(workspace, 'real/data.txt'), join(workspace, 'lcov.info'));
      await symlink(join(outside, 'lcov.info'), join(workspace, 'lcov-2.info'));
      await symlink(workspace, join(workspace, 'real/loop'));
      await symlink(join(workspace, 'gone'), join(workspace, 'cover.out'));
      expect(findReports(workspace)).toEqual({
        paths: ['lcov.info'],
        remarks: [
          expect.stringContaining('is a link out of the workspace or no file; it was not read'),
          expect.stringContaining('is a link out of the workspace or no file; it was not read'),
        ],
      });
    } finally {
      await rm(outside, { recursive: true });
    }
  });
});

describe('a glob', () => {
  it.each([
    ['*.info', 'a.info', true],
    ['*.info', 'x/a.info', false],
    ['**/*.info', 'a.info', true],
    ['**/*.info', 'x/y/a.info', true],
    ['cov/**', 'cov/a/b', true],
    ['{a,b}/c?.xml', 'b/c1.xml', true],
    ['{a,b}/c?.xml', 'c/c1.xml', false],
    ['a+(b).[x]', 'a+(b).[x]', true],
    ['a.info', 'aXinfo', false],
  ])('%s and %s: %s', (glob, path, matches) => {
    expect(globPattern(glob).test(path)).toBe(matches);
  });

  it('of many stars ends soon', () => {
    expect(globPattern(`${'**/'.repeat(50)}x`).test(`${'a/'.repeat(200)}y`)).toBe(false);
  });
});

describe('reading a report', () => {
  it('gives one sentence for what cannot be read', async () => {
    expect(await readReport(join(workspace, 'none.info'), 'none.info')).toEqual({
      unavailable: '`none.info` does not exist',
      isOtherContent: false,
    });
    expect(await readReport(workspace, 'folder')).toEqual({
      unavailable: '`folder` is a folder',
      isOtherContent: false,
    });
    await writeFile(join(workspace, 'empty.info'), '');
    expect(await readReport(join(workspace, 'empty.info'), 'empty.info')).toEqual({
      unavailable: '`empty.info` is not read: it is empty',
      isOtherContent: true,
    });
    expect(await readReport(new TextEncoder().encode('SF:a\nDA:x\n'), 'a`b\n.info')).toEqual({
      unavailable: '`aˋb\\u{a}.info`: line 2: `DA:x` is no lcov record',
      isOtherContent: false,
    });
  });
});
