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

describe('review-vitals init', () => {
  it('writes what is new, shows what it would change, and leaves existing files alone', async () => {
    const { stdout, exitCode } = await runCli(['init'], { cwd: repository.folder });
    expect(exitCode).toBe(0);
    expect(readFileSync(at('.github/workflows/ci.yml'), 'utf8')).toBe(ci);
    expect(stdout).toContain(
      '2 jobs that run tests: unit (.github/workflows/ci.yml), e2e (.github/workflows/ci.yml)',
    );
    expect(stdout).toContain('  +      - uses: review-vitals/review-vitals@v1');
    expect(parse(readFileSync(at('.github/workflows/review-vitals.yml'), 'utf8'))).toMatchObject({
      on: { workflow_run: { workflows: ['CI'], types: ['completed'] }, merge_group: null },
      permissions: {
        contents: 'write',
        'pull-requests': 'write',
        checks: 'write',
        issues: 'write',
        actions: 'read',
      },
      jobs: { vitals: { steps: [{ uses: 'review-vitals/review-vitals@v1' }] } },
    });
  });

  it('adds the step to each job that runs tests when told to, and nothing twice', async () => {
    await runCli(['init', '--force'], { cwd: repository.folder });
    const changed = readFileSync(at('.github/workflows/ci.yml'), 'utf8');
    const step = { uses: 'review-vitals/review-vitals@v1', if: 'always()', with: { mode: 'collect' } };
    const { jobs } = parse(changed);
    expect([jobs.unit.steps.at(-1), jobs.lint.steps.length, jobs.e2e.steps.at(-1)]).toEqual([step, 1, step]);
    const { stdout } = await runCli(['init', '--force'], { cwd: repository.folder });
    expect(stdout).toContain('Everything is set up already.');
    expect(readFileSync(at('.github/workflows/ci.yml'), 'utf8')).toBe(changed);
  });
});

describe('review-vitals doctor', () => {
  it('says what is missing and the exact line to add', async () => {
    const { stdout, exitCode } = await runCli(['doctor'], { cwd: repository.folder });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('to do   no workflow uses Review Vitals\n          run: review-vitals init\n');
    expect(stdout).toContain('to do   no coverage report lies here by a well-known name\n');
  });

  it('is content when nothing is', async () => {
    await runCli(['init', '--force', '--owner', 'acme'], { cwd: repository.folder });
    writeFileSync(at('lcov.info'), 'SF:a.js\nDA:1,1\nend_of_record\n');
    const { stdout, exitCode } = await runCli(['doctor'], { cwd: repository.folder });
    expect(stdout).not.toContain('to do');
    expect(stdout).toContain('ok      lcov.info is read (lcov, 1 file)');
    expect(exitCode).toBe(0);
  });

  it('names the permissions that the one-step form lacks', async () => {
    writeFileSync(at('.github/workflows/ci.yml'), `${ci}    - uses: acme/review-vitals@v1\n`);
    const { stdout } = await runCli(['doctor'], { cwd: repository.folder });
    expect(stdout).toContain(
      'the token of e2e (.github/workflows/ci.yml) lacks pull-requests: write and checks: write',
    );
    expect(stdout).toContain(
      'add to the job: permissions: { contents: read, pull-requests: write, checks: write }',
    );
  });

  it('reads the settings as a run would', async () => {
    writeFileSync(at('.github/review-vitals.yml'), 'fail_on: warning\n');
    const { stdout } = await runCli(['doctor'], { cwd: repository.folder });
    expect(stdout).toContain('to do   .github/review-vitals.yml:1: fail_on is no setting; fail-on is');
  });
});
