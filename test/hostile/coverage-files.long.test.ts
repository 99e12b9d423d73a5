import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitRepository, type GitRepository } from '../support/git-repository.ts';
import { hostileReports } from './coverage-files.ts';
import { printedReport, runSafely, type SafeRun } from './run-safely.ts';
import { expectUntouched, planted, setTraps, type Traps } from './traps.ts';

interface Described {
  readonly path: string;
  readonly totals: Readonly<Record<string, { readonly covered: number; readonly total: number }>>;
  readonly files: readonly { readonly reportPath: string; readonly path?: string }[];
  readonly mapped: number;
  readonly remarks: readonly string[];
}

let traps: Traps;
let repository: GitRepository;
let folder: string;
let run: SafeRun;
let text: SafeRun;
let read: readonly Described[];

beforeAll(async () => {
  traps = setTraps();
  repository = createGitRepository();
  repository.commit({ 'src/a.ts': 'a\n', 'src/a.py': 'a\n', 'src/a.js': 'a\n', 'etc/passwd': 'not it\n' });
  folder = mkdtempSync(join(tmpdir(), 'review-vitals-reports-'));
  for (const { file, content } of hostileReports) {
    writeFileSync(
      join(folder, file),
      typeof content === 'string' ? content.replaceAll('{secret}', traps.secretFile) : content,
    );
  }
  execFileSync('mkfifo', [join(folder, 'pipe.info')]);
  const files = [...hostileReports.map(({ file }) => file), 'pipe.info', 'missing.info', '.'];
  const describeAll = (format: string) =>
    runSafely(['coverage', ...files, '--repo', repository.folder, '--format', format], {
      cwd: folder,
      within: 50,
    });
  run = await describeAll('json');
  text = await describeAll('text');
  read = (JSON.parse(run.stdout) as { readonly reports: readonly Described[] }).reports;
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  repository.remove();
  traps.remove();
});

describe('a report with', () => {
  it.each(hostileReports)('$title', (report) => {
    const found = read.find(({ path }) => path === report.file);
    if ('refused' in report) {
      expect(found).toBeUndefined();
      expect(run.stderr.split('\n')).toContain(report.refused);
      return;
    }
    const { covered = 0, total = 0 } = found?.totals.lines ?? {};
    expect(`${covered}/${total}`).toBe(report.lines);
    expect(found?.remarks).toEqual(report.remarks ?? []);
    if (report.paths) expect(found?.files.map(({ reportPath }) => reportPath)).toEqual(report.paths);
  });

  it('no writer: a pipe is not waited for', () => {
    expect(run.stderr.split('\n')).toContain('`pipe.info` is no ordinary file');
  });

  it('no file behind its name', () => {
    expect(run.stderr.split('\n')).toContain('`missing.info` does not exist');
  });

  it('a folder behind its name', () => {
    expect(run.stderr.split('\n')).toContain('`.` is a folder');
  });
});

describe('all reports together', () => {
  it('a path that climbs out of the tree is matched with nothing outside', () => {
    const climbing = read.find(({ path }) => path === 'climbing.info');
    expect(climbing?.files[0]?.path ?? 'none').not.toContain('..');
  });

  it('the text says the same, without a command for the runner', () => {
    expect(text.exitCode).toBe(2);
    expect(text.stdout).toContain('\\u{3a}:error::pwned #\\u{23}[add-mask]x');
  });

  it('no file of the machine was read or written', () => {
    expect(run.stdout).not.toContain(planted.outside);
    expectUntouched(traps);
  });
});

describe('reports in a workspace', () => {
  it.each([
    ['a link to a file outside', 'lcov.info', (place: string) => symlinkSync(traps.secretFile, place)],
    ['a link to a device', 'lcov.info', (place: string) => symlinkSync('/dev/zero', place)],
    ['a link to itself', 'lcov.info', (place: string) => symlinkSync('lcov.info', place)],
    ['a pipe', 'lcov.info', (place: string) => execFileSync('mkfifo', [place])],
  ])('%s is passed over, and nothing passes for coverage', async (_, name, make) => {
    const clone = createGitRepository();
    clone.commit({ 'src/a.ts': 'a\n' });
    clone.branch('change', 'main');
    clone.commit({ 'src/a.ts': 'b\n' }, { branch: 'change' });
    make(join(clone.folder, name));
    const judged = await runSafely([
      'check',
      '--repo',
      clone.folder,
      '--base',
      'main',
      '--head',
      'change',
      '--format',
      'json',
    ]);
    const changed = printedReport(judged).rules.find(({ rule }) => rule === 'coverage/changed-lines-not-run');
    expect(changed?.outcome).toBe('not-available');
    clone.remove();
  });
});
