import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CoverageRequest, collectCoverage } from '../../../src/collect/coverage/collect-coverage.ts';
import { changedFile, changeOf } from '../../coverage/coverage-facts-for.ts';

let workspace = '';

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'coverage-'));
});

afterEach(async () => {
  await rm(workspace, { recursive: true, force: true });
});

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(workspace, path)), { recursive: true });
  await writeFile(join(workspace, path), text);
}

function collect(more: Partial<CoverageRequest> = {}) {
  return collectCoverage({
    workspace,
    trackedFiles: ['src/a.ts', 'src/b.ts', 'README.md'],
    measuredCommit: '3'.repeat(40),
    change: changeOf([changedFile('src/a.ts', [{ start: 1, end: 3 }])]),
    hunksFromMeasuredToHead: new Map(),
    ...more,
  });
}

const reportOfA = 'SF:src/a.ts\nDA:1,1\nDA:2,0\nDA:12,1\nend_of_record\n';

describe('coverage of a workspace', () => {
  it('is read from well-known names, mapped, and given per file and for changed lines', async () => {
    await put('coverage/lcov.info', `${reportOfA}SF:${workspace}/src/b.ts\nDA:1,0\nend_of_record\n`);
    expect(await collect()).toEqual({
      measuredCommit: '3'.repeat(40),
      reports: [{ path: 'coverage/lcov.info', format: 'lcov', files: 2, remarks: [] }],
      unit: 'lines',
      files: [
        { path: 'src/a.ts', totals: { hit: 2, partial: 0, miss: 1 } },
        { path: 'src/b.ts', totals: { hit: 0, partial: 0, miss: 1 } },
      ],
      changed: [
        {
          path: 'src/a.ts',
          runs: [
            [1, 1, 'hit'],
            [2, 1, 'miss'],
            [12, 1, 'hit'],
          ],
          notCarried: [],
          newSinceMeasured: [],
        },
      ],
      unmapped: [],
      reportedFiles: 2,
    });
  });

  it('is carried from the measured commit to the head, through a rename too', async () => {
    await put('coverage/lcov.info', reportOfA);
    const facts = await collect({
      change: changeOf([
        changedFile('src/new.ts', [{ start: 1, end: 9 }], { previousPath: 'src/a.ts', status: 'renamed' }),
      ]),
      hunksFromMeasuredToHead: new Map([
        [
          'src/a.ts',
          { path: 'src/new.ts', hunks: [{ baseStart: 2, baseLines: 10, headStart: 1, headLines: 0 }] },
        ],
      ]),
    });
    expect(facts).toMatchObject({
      changed: [
        {
          path: 'src/new.ts',
          runs: [[1, 2, 'hit']],
          notCarried: [{ start: 2, end: 2 }],
          newSinceMeasured: [],
        },
      ],
    });
  });

  it('joins the reports of several shards', async () => {
    await put('out/lcov-1.info', reportOfA);
    await put('out/lcov-2.info', 'SF:src/a.ts\nDA:2,4\nend_of_record\n');
    expect(await collect()).toMatchObject({ files: [{ totals: { hit: 3, partial: 0, miss: 0 } }] });
  });

  it('is unavailable, with the way to give one, when there is no report', async () => {
    await put('node_modules/x/lcov.info', reportOfA);
    await put('.git/lcov.info', reportOfA);
    expect(await collect()).toEqual({
      unavailable:
        'no coverage report was found; run the tests with a coverage report (lcov, Cobertura, JaCoCo, Clover, Go or Istanbul) before this step, or name it with the `coverage` input (`--coverage` on the command line)',
    });
    expect(await collect({ reports: ['cov/**/*.info'] })).toEqual({
      unavailable: expect.stringMatching(/^no coverage report matches `cov\/\*\*\/\*\.info`; run the tests/),
    });
  });

  it('passes over a committed report unless it is asked for', async () => {
    await put('test/data/lcov.info', reportOfA);
    const trackedFiles = ['src/a.ts', 'test/data/lcov.info'];
    expect(await collect({ trackedFiles })).toHaveProperty('unavailable');
    expect(await collect({ trackedFiles, reports: ['test/**/lcov.info'] })).toHaveProperty('files');
  });

  it('is unavailable as a whole when one of its reports is malformed or cut off', async () => {
    await put('coverage/lcov.info', reportOfA);
    await put('coverage/lcov-2.info', 'SF:src/b.ts\nDA:one,1\nend_of_record\n');
    expect(await collect()).toEqual({
      unavailable: '`coverage/lcov-2.info`: line 2: `DA:one,1` is no lcov record',
    });
    await put('coverage/lcov-2.info', 'SF:src/b.ts\nDA:1,1\n');
    expect(await collect()).toEqual({
      unavailable:
        '`coverage/lcov-2.info`: the report is cut off: the record of `src/b.ts` (line 1) has no end; run the tests again',
    });
  });

  it('passes over a file of that name with other content and says so', async () => {
    await put('coverage.xml', '<html></html>');
    await put('lcov.info', reportOfA);
    expect(await collect()).toMatchObject({
      reports: [
        {
          path: 'lcov.info',
          remarks: ['`coverage.xml` is not read: its XML begins with <html>, which is no known report'],
        },
      ],
    });
  });

  it('never follows a link out of the workspace', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    try {
      await writeFile(join(outside, 'secret.info'), reportOfA);
      await put('src/a.ts', '');
      await symlink(join(outside, 'secret.info'), join(workspace, 'lcov.info'));
      await symlink(outside, join(workspace, 'coverage'));
      expect(await collect()).toHaveProperty('unavailable');
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  it('lists paths that match no tracked file', async () => {
    await put('lcov.info', `${reportOfA}SF:/elsewhere/gone.ts\nDA:1,1\nend_of_record\n`);
    expect(await collect()).toMatchObject({
      unmapped: [{ reportPath: '/elsewhere/gone.ts', why: 'no tracked file matches', isThirdParty: false }],
      reportedFiles: 2,
    });
  });
});
