import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ciWorkflow as ci } from '../support/ci-workflow.ts';
import { createGitRepository, type GitRepository } from '../support/git-repository.ts';
import { runCli } from '../support/run-cli.ts';

let repository: GitRepository;
const at = (path: string) => join(repository.folder, path);

beforeEach(() => {
  repository = createGitRepository();
  mkdirSync(at('.github/workflows'), { recursive: true });
  writeFileSync(at('.github/workflows/ci.yml'), ci);
});
afterEach(() => repository.remove());

describe('the owner of the action', () => {
  it("is this project's where none is named, which init says", async () => {
    const { stdout } = await runCli(['init'], { cwd: repository.folder });
    expect(readFileSync(at('.github/workflows/review-vitals.yml'), 'utf8')).toContain(
      '      - uses: review-vitals/review-vitals@v1\n',
    );
    expect(stdout).toContain(
      'The workflows use `review-vitals/review-vitals@v1`; `--owner NAME` names a copy of it that is yours.\n',
    );
  });

  it('is the named one, and from then on the one in use', async () => {
    const named = await runCli(['init', '--owner', 'acme'], { cwd: repository.folder });
    expect(readFileSync(at('.github/workflows/review-vitals.yml'), 'utf8')).toContain(
      '      - uses: acme/review-vitals@v1\n',
    );
    expect(named.stdout).not.toContain('review-vitals/review-vitals@');
    const { stdout } = await runCli(['doctor'], { cwd: repository.folder });
    expect(stdout).toContain(
      'add as its last step: - { uses: acme/review-vitals@v1, if: always(), with: { mode: collect } }',
    );
    const later = await runCli(['init', '--force'], { cwd: repository.folder });
    expect(later.stdout).toContain('  +      - uses: acme/review-vitals@v1\n');
  });

  it.each(['', 'a/b', '-a', 'a b', 'a\n- run: x'])('is no %j', async (owner) => {
    const { stderr, exitCode } = await runCli(['init', `--owner=${owner}`], { cwd: repository.folder });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('it takes the name of an account on GitHub');
  });
});

describe('tests that come after the set-up', () => {
  it('are told by doctor with the exact line, and added by init', async () => {
    writeFileSync(at('.github/workflows/ci.yml'), 'on: push\njobs: {}\n');
    await runCli(['init', '--owner', 'acme'], { cwd: repository.folder });
    const quiet = await runCli(['doctor'], { cwd: repository.folder });
    expect(quiet.stdout).toContain('ok      no workflow runs tests: coverage is judged once one does\n');
    expect(quiet.exitCode).toBe(0);

    writeFileSync(at('.github/workflows/ci.yml'), ci);
    const line = 'workflow_run: { workflows: ["CI"], types: [completed] }';
    const { stdout } = await runCli(['doctor'], { cwd: repository.folder });
    expect(stdout).toContain(
      `to do   .github/workflows/review-vitals.yml does not start when CI is done, so coverage is not judged\n          put under on: ${line}\n`,
    );
    const shown = await runCli(['init', '--owner', 'acme'], { cwd: repository.folder });
    expect(shown.stdout).toContain(
      `Would change .github/workflows/review-vitals.yml:\n  @ on\n  +  ${line}\n`,
    );
    await runCli(['init', '--owner', 'acme', '--force'], { cwd: repository.folder });
    expect(parse(readFileSync(at('.github/workflows/review-vitals.yml'), 'utf8')).on.workflow_run).toEqual({
      workflows: ['CI'],
      types: ['completed'],
    });
    writeFileSync(at('.github/workflows/more.yml'), ci.replace('name: CI', 'name: "More: tests"'));
    await runCli(['init', '--owner', 'acme', '--force'], { cwd: repository.folder });
    expect(
      parse(readFileSync(at('.github/workflows/review-vitals.yml'), 'utf8')).on.workflow_run.workflows,
    ).toEqual(['CI', 'More: tests']);
  });
});
