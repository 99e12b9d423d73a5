import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitRepository, type GitRepository } from '../support/git-repository.ts';
import { runSafely } from './run-safely.ts';
import { expectUntouched, setTraps, type Traps } from './traps.ts';

let repository: GitRepository;
let traps: Traps;

beforeAll(() => {
  repository = createGitRepository();
  traps = setTraps();
  repository.commit({ 'README.md': '# Shop\n' });
  repository.branch('change', 'main');
  repository.commit({ 'README.md': '# The shop\n' }, { branch: 'change' });
});

afterAll(() => {
  expectUntouched(traps);
  repository.remove();
  traps.remove();
});

/** A run that could not do what it was asked, in one sentence. */
async function refused(parameters: readonly string[], cwd = traps.folder): Promise<string> {
  const run = await runSafely(parameters, { cwd });
  expect(run.exitCode).toBe(2);
  expect(run.stdout).toBe('');
  return run.stderr;
}

describe('a command', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'named like a part of every object, %s, does not exist',
    async (name) => {
      expect(await refused([name])).toContain(`There is no command \`${name}\`.`);
    },
  );

  it('with a line feed and a workflow command in its name is shown so that nobody obeys it', async () => {
    expect(await refused(['a\n::error::b'])).toContain('There is no command `a\n\\u{3a}:error::b`.');
  });

  it('asked about a rule of the prototype knows none', async () => {
    expect(await refused(['explain', '__proto__'])).toBe(
      'There is no rule "__proto__". `review-vitals rules` lists them.\n',
    );
  });
});

describe('a revision', () => {
  it.each([
    ['an option of git', '--output=pwned'],
    ['a search in messages', ':/.*'],
    ['a search that backtracks', 'HEAD^{/(a+)+$}'],
    ['an entry of the reflog', '@{-1}'],
    ['a path in a commit', 'HEAD:README.md'],
    ['a range', 'main..change'],
    ['an exclusion', '^main'],
    ['a pathspec', ':(glob)**'],
    ['a line feed and a command', 'main\n::error::x'],
    ['a hundred thousand steps', `main${'^'.repeat(100_000)}`],
  ])('that is %s is refused in a sentence', async (_, revision) => {
    const sentence = await refused([
      'check', '--repo', repository.folder, `--base=${revision}`, '--head', 'change',
    ]); // biome-ignore format: one command
    expect(sentence.trimEnd().split('\n')).toHaveLength(1);
    expect(sentence).toMatch(
      /is no revision: give a branch, a tag or a commit id|is known here|leads to no commit/,
    );
  });
});

describe('a folder to judge', () => {
  it.each([
    ['does not exist', '/nonexistent/\n::error::x'],
    ['is a file', '/etc/hostname'],
    ['is no repository', '/etc'],
  ])('that %s is said in one sentence', async (_, folder) => {
    const sentence = await refused(['check', '--repo', folder]);
    expect(sentence.trimEnd().split('\n').at(-1)).toMatch(/could not be opened: .*\.$/);
  });
});

describe('saved facts that', () => {
  const parts = ['now', 'repository', 'asked', 'settings', 'pullRequest', 'change', 'coverage', 'review'];
  const everyPart = (value: unknown) =>
    Object.fromEntries(
      [...parts, 'migrations', 'earlierResults', 'replies', 'remarks'].map((part) => [part, value]),
    );

  it.each([
    ['are prose', 'trust me', 'holds no saved facts: Unexpected token'],
    ['are a list', '[]', 'holds no saved facts: a JSON object is expected.'],
    [
      'are of another version',
      '{"schemaVersion":9}',
      'was saved with schemaVersion 9; this version reads 1.',
    ],
    ['lack their parts', '{"schemaVersion":1}', 'holds no complete facts: now, repository, asked'],
    [
      'hold numbers for parts',
      JSON.stringify({ schemaVersion: 1, ...everyPart(1) }),
      'holds facts that cannot be judged: ',
    ],
    [
      'hold null for parts',
      JSON.stringify({ schemaVersion: 1, ...everyPart(null) }),
      'holds facts that cannot be judged: ',
    ],
    [
      'hold lists for parts',
      JSON.stringify({ schemaVersion: 1, ...everyPart([]) }),
      'holds facts that cannot be judged: ',
    ],
    [
      'change the prototype',
      `{"schemaVersion":1,"__proto__":${JSON.stringify(everyPart({}))}}`,
      'holds no complete facts: ',
    ],
    ['are nested 100,000 deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'holds no saved facts: '],
  ])('%s are refused in one sentence', async (_, content, says) => {
    const folder = mkdtempSync(join(tmpdir(), 'review-vitals-facts-'));
    writeFileSync(join(folder, 'facts.json'), content);
    const sentence = await refused(['check', '--facts', 'facts.json'], folder);
    expect(sentence).toContain(`facts.json ${says}`);
    expect(sentence.trimEnd().split('\n')).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });
});

describe('setting up a clone', () => {
  function clone(make: (folder: string) => void): GitRepository {
    const made = createGitRepository();
    make(made.folder);
    return made;
  }

  it.each([
    [
      '.github leads out of it',
      (folder: string) => symlinkSync(traps.folder, join(folder, '.github')),
      '.github',
    ],
    [
      'its workflows lead out of it',
      (folder: string) => {
        mkdirSync(join(folder, '.github'));
        symlinkSync(traps.folder, join(folder, '.github/workflows'));
      },
      '.github/workflows',
    ],
    [
      'its settings are a link to a file that is not there',
      (folder: string) => {
        mkdirSync(join(folder, '.github'));
        symlinkSync(join(traps.folder, 'new'), join(folder, '.github/review-vitals.yml'));
      },
      '.github/review-vitals.yml',
    ],
  ])('writes nothing where %s', async (_, make, link) => {
    const made = clone(make);
    expect(await refused(['init', '--repo', made.folder])).toContain(
      `${link} is a link: nothing was written`,
    );
    expect(existsSync(join(traps.folder, 'new'))).toBe(false);
    expectUntouched(traps);
    made.remove();
  });

  it.each([
    [
      'a link out of it',
      (place: string) => symlinkSync(traps.secretFile, place),
      'is a link and was not followed',
    ],
    ['a pipe', (place: string) => execFileSync('mkfifo', [place]), 'is no ordinary file'],
    ['of 300 KiB', (place: string) => writeFileSync(place, '#'.repeat(300 * 1024)), 'is larger than 256 KiB'],
    [
      'a list that holds itself',
      (place: string) => writeFileSync(place, 'ignore: &a [*a]\n'),
      'a part of the file holds itself',
    ],
  ])('reads no settings that are %s', async (_, make, says) => {
    const made = clone((folder) => {
      mkdirSync(join(folder, '.github/workflows'), { recursive: true });
      make(join(folder, '.github/review-vitals.yml'));
    });
    const run = await runSafely(['doctor', '--repo', made.folder]);
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toMatch(new RegExp(`to do   \\.github/review-vitals\\.yml:? ${says}`));
    made.remove();
  });

  it.each([
    [
      'a link out of it',
      (place: string) => symlinkSync(traps.secretFile, place),
      'ci.yml is a link and was not followed',
    ],
    ['a pipe', (place: string) => execFileSync('mkfifo', [place]), 'ci.yml is no ordinary file'],
    ['no YAML', (place: string) => writeFileSync(place, 'jobs: [\n\u001b[31m::error::x'), 'ci.yml: '],
    [
      'a script that backtracks',
      (place: string) =>
        writeFileSync(place, `jobs:\n  a:\n    steps:\n      - run: ${'mvn '.repeat(50_000)}\n`),
      'no workflow uses Review Vitals',
    ],
  ])('comes back from a workflow that is %s', async (_, make, says) => {
    const made = clone((folder) => {
      mkdirSync(join(folder, '.github/workflows'), { recursive: true });
      make(join(folder, '.github/workflows/ci.yml'));
    });
    const run = await runSafely(['doctor', '--repo', made.folder], { within: 20 });
    expect(run.stdout).toContain(says);
    expect(readdirSync(join(made.folder, '.github/workflows'))).toEqual(['ci.yml']);
    made.remove();
  });
});
