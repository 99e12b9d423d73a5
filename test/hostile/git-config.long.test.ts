import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitRepository, fixedGitEnvironment, type GitRepository } from '../support/git-repository.ts';
import { hidingAttributes, hostileSettings, hostileVariables } from './git-config.ts';
import { type PrintedReport, printedReport, runSafely } from './run-safely.ts';
import { expectUntouched, planted, setTraps, type Traps } from './traps.ts';

let repository: GitRepository;
let traps: Traps;
let report: PrintedReport;
let before: string;
let temporary: string;

/** A program of git that leaves a trace named after the case, and then does what a harmless one would. */
function script(name: string): string {
  const path = join(repository.folder, 'programs', name);
  mkdirSync(join(repository.folder, 'programs'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${traps.trip(name)}\nexit 0\n`);
  chmodSync(path, 0o755);
  return path;
}

function filled(value: string, name: string): string {
  return value
    .replaceAll('{trap}', `${traps.trip(name)}; cat`)
    .replaceAll('{script}', script(name))
    .replaceAll('{hooks}', join(repository.folder, 'hooks'))
    .replaceAll('{trace}', join(traps.folder, 'canaries', name))
    .replaceAll('{outside}', traps.folder)
    .replaceAll('{config}', join(repository.folder, 'programs', 'config'))
    .replaceAll('{attributes}', join(repository.folder, 'programs', 'attributes'));
}

/** Everything in the clone's own folder, with sizes: a run leaves it as it was. */
function contents(): string {
  return execFileSync('find', [repository.folder, '-printf', '%p %s %m %T@\n'], { encoding: 'utf8' });
}

function tablesFound(): readonly (string | undefined)[] {
  return report.findings
    .filter(({ rule }) => rule === 'migrations/blocking-index')
    .map(({ about }) => about.table);
}

beforeAll(async () => {
  repository = createGitRepository();
  traps = setTraps();
  repository.commit({ 'README.md': '# Shop\n' });
  repository.branch('change', 'main');
  repository.commit(
    {
      '.gitattributes': hidingAttributes
        .map(([attributes, file]) => `db/migrations/${file}.sql ${attributes}\n`)
        .join(''),
      ...Object.fromEntries(
        hidingAttributes.map(([, file]) => [
          `db/migrations/${file}.sql`,
          `CREATE INDEX i ON "${file}" (x);\n`,
        ]),
      ),
    },
    { branch: 'change' },
  );
  repository.git('read-tree', 'change');
  for (const { name, settings } of hostileSettings) {
    for (const [key, value] of settings)
      repository.git('config', '--add', filled(key, name), filled(value, name));
  }
  writeFileSync(
    join(repository.folder, 'programs', 'config'),
    `[core]\n\tfsmonitor = ${script('included')}\n`,
  );
  writeFileSync(join(repository.folder, 'programs', 'attributes'), '* binary -diff\n');
  writeFileSync(join(repository.gitDirectory, 'info', 'attributes'), '* binary -diff filter=evil\n');
  repository.git('config', 'include.path', join(repository.folder, 'programs', 'config'));
  repository.git(
    'config',
    'remote.origin.url',
    `https://x-access-token:${planted.clone}@127.0.0.1:9/acme/shop`,
  );
  mkdirSync(join(repository.folder, 'hooks'));
  for (const folder of [join(repository.folder, 'hooks'), join(repository.gitDirectory, 'hooks')]) {
    mkdirSync(folder, { recursive: true });
    for (const hook of [
      'post-checkout',
      'post-index-change',
      'reference-transaction',
      'pre-auto-gc',
      'fsmonitor-watchman',
    ]) {
      writeFileSync(join(folder, hook), `#!/bin/sh\n${traps.trip(`hook-${hook}`)}\n`, { mode: 0o755 });
    }
  }
  temporary = mkdtempSync(join(tmpdir(), 'review-vitals-temporary-'));
  const env = Object.fromEntries(hostileVariables.map(([name, value]) => [name, filled(value, name)]));
  before = contents();
  report = printedReport(
    await runSafely(
      ['check', '--repo', repository.folder, '--base', 'main', '--head', 'change', '--format', 'json'],
      { env: { ...env, TMPDIR: temporary } },
    ),
  );
});

afterAll(() => {
  rmSync(temporary, { recursive: true, force: true });
  repository.remove();
  traps.remove();
});

describe('a setting of the clone starts nothing', () => {
  it.each(hostileSettings)('$name', ({ name }) => {
    expect(traps.wasTripped(name)).toBe(false);
  });

  it('include.path', () => {
    expect(traps.wasTripped('included')).toBe(false);
  });

  it.each([
    'post-checkout',
    'post-index-change',
    'reference-transaction',
    'pre-auto-gc',
    'fsmonitor-watchman',
  ])('the hook %s', (hook) => {
    expect(traps.wasTripped(`hook-${hook}`)).toBe(false);
  });
});

describe('a variable of the environment starts nothing, and leads nowhere', () => {
  it.each(hostileVariables)('%s', (name) => {
    expect(traps.wasTripped(name)).toBe(false);
    expect(tablesFound()).toHaveLength(hidingAttributes.length);
  });
});

describe('an attribute hides no migration', () => {
  it.each(hidingAttributes)('%s', (_, file) => {
    expect(tablesFound()).toContain(file);
  });
});

describe('after the run', () => {
  it('the clone is as it was, to the time of every file', () => {
    expect(contents()).toBe(before);
  });

  it('nothing outside of it was written', () => expectUntouched(traps));

  it('no temporary folder of ours is left', () => {
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('the traps work where git is asked without care', () => {
  it('a status, a diff and an alias start programs of the clone', () => {
    const careless = (...args: readonly string[]) =>
      spawnSync('git', args, { cwd: repository.folder, env: fixedGitEnvironment, encoding: 'utf8' });
    repository.git('config', '--unset-all', 'core.worktree');
    careless('status');
    careless('diff', 'main', 'change');
    const tripped = readdirSync(join(traps.folder, 'canaries'));
    expect(tripped).toEqual(expect.arrayContaining(['diff.external']));
    expect(tripped.some((name) => name === 'core.fsmonitor' || name === 'included')).toBe(true);
  });
});
