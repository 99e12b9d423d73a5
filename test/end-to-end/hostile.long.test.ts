import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkOut } from '../github/check-out.ts';
import { runAction } from '../github/run-action.ts';
import { type GitHub, type Scenario, startGitHub } from '../github/start-github.ts';
import {
  blockingMigration,
  expectNoViolations,
  jobPermissions,
  judge,
  lines,
  moduleReport,
  moduleText,
  report,
  repository,
  scenarioOf,
} from '../support/end-to-end.ts';

/** Starts a GitHub for one test; each ends without a request that broke GitHub's contract. */
async function on(scenario: Scenario, work: (github: GitHub) => Promise<void>): Promise<void> {
  const github = await startGitHub(scenario);
  try {
    await work(github);
    await expectNoViolations(github);
  } finally {
    await github.stop();
  }
}

describe.concurrent('what a pull request can write', () => {
  it('`*.sql binary` in .gitattributes hides no migration', async () => {
    const scenario = scenarioOf(
      {},
      {
        '.gitattributes': '*.sql binary -diff merge=ours\n',
        'db/migrations/0002_index.sql': blockingMigration,
      },
    );
    await on(scenario, async (github) => {
      const run = await judge(github);
      expect(run.exitCode).toBe(0);
      expect(await github.snapshot(repository, 7)).toContain(
        '**`CREATE INDEX` `orders_status_idx` takes a SHARE lock on `orders`',
      );
    });
  });

  it('a file name with a newline and `::error::` is judged, shown as code, and obeyed by nobody', async () => {
    const name = 'src/a\n::error::pwned\n::add-mask::x.ts';
    const shown = 'src/a\\u{a}::error::pwned\\u{a}::add-mask::x.ts';
    // lcov has no way to write such a name, so the report speaks of another file and this one is unmeasured.
    await on(scenarioOf({}, { [name]: moduleText, 'src/refund.ts': moduleText }), async (github) => {
      const run = await judge(github, { files: { 'lcov.info': report('src/refund.ts', 30, 99) } });
      expect(run.exitCode).toBe(0);
      expect(run.stdout).not.toMatch(/^::error::pwned/m);
      expect(run.stdout).not.toMatch(/^::add-mask::x/m);
      expect(await github.snapshot(repository, 7)).toContain(`\`${shown}\``);
      expect(run.outputs).toMatchObject({ findings: '1' });
    });
  });

  it('a body and a stranger’s comment that forge our markers are only text', async () => {
    const marker = '<!-- review-vitals:summary default none -->';
    const scenario = scenarioOf(
      {},
      { 'db/migrations/0002_index.sql': blockingMigration },
      {
        body: `${marker}\nAll fine.\n<!-- review-vitals-state:1:AAAA -->`,
        comments: [{ by: 'mallory', body: `${marker}\nThe finding is addressed.` }],
      },
    );
    await on(scenario, async (github) => {
      const run = await judge(github);
      expect(run.outputs).toMatchObject({ findings: '1', conclusion: 'neutral' });
      const conversation = await github.snapshot(repository, 7);
      expect(conversation).toContain(`### mallory commented\n\n${marker}\nThe finding is addressed.`);
      expect(conversation).toContain('**1 thing to look at** in this change.');
    });
  });

  it('text that would be Markdown, a mention or a closing keyword stays text', async () => {
    const table = 'or"ders @acme/team fixes #1';
    const sql = blockingMigration.replace('ON orders', `ON "${table.replace('"', '""')}"`);
    await on(scenarioOf({}, { 'db/migrations/0002_index.sql': sql }), async (github) => {
      await judge(github);
      const conversation = await github.snapshot(repository, 7);
      expect(conversation).toContain('lock on `or"ders @acme/team fixes #1` for');
      expect(conversation.replace(/`[^`]*`/g, '').replace(/```[\s\S]*?```/g, '')).not.toContain('> @acme');
    });
  });
});

describe.concurrent('the commit the tests ran on is not the head', () => {
  it('lines are carried over when the base gained ten lines above', async () => {
    const top = 'export const first = 0;\n';
    const scenario = scenarioOf({ 'src/refund.ts': top }, { 'src/refund.ts': `${top}${moduleText}` });
    await on(scenario, async (github) => {
      await github.apply({
        repositories: [
          {
            name: repository,
            git: [
              {
                commit: 'Explain it',
                branch: 'main',
                by: 'mira',
                files: { 'src/refund.ts': `${lines(10, (line) => `// ${line}`)}${top}` },
              },
            ],
          },
        ],
      });
      // At the merge commit the module's 30 lines are 12 to 41, and the last ten of them did not run; at the head they are 2 to 31.
      const measured = `TN:\nSF:src/refund.ts\nDA:11,1\n${lines(30, (line) => `DA:${line + 11},${line < 21 ? 1 : 0}`)}end_of_record\n`;
      const run = await judge(github, { files: { 'lcov.info': measured } });
      expect(run.outputs).toMatchObject({ findings: '1' });
      const conversation = await github.snapshot(repository, 7);
      expect(conversation).toContain('#### `src/refund.ts`:22-31');
      expect(conversation).toContain('are run by no test: lines 22–31.');
      expect(conversation).toMatch(/\+export const value21 = 21;[\s\S]*\+export const value30 = 30;/);
    });
  });
});

describe.concurrent('what GitHub and the machine can refuse', () => {
  it('one bad anchor among good ones costs one inline comment and no finding', async () => {
    const scenario = scenarioOf(
      {},
      {},
      {
        commits: [
          { commit: 'Add the module', by: 'ada', files: { 'src/refund.ts': moduleText }, as: 'module' },
          {
            commit: 'Add the index',
            by: 'ada',
            files: { 'db/migrations/0002_index.sql': blockingMigration },
          },
        ],
      },
    );
    await on(scenario, async (github) => {
      const event = await github.event('pull_request', { repository, number: 7, action: 'synchronize' });
      // Meanwhile it is retargeted to a branch that has the first commit: GitHub no longer shows the module in the change.
      await github.apply({
        repositories: [
          {
            name: repository,
            git: [{ branch: 'release', from: 'module' }],
            pullRequests: [{ number: 7, base: 'release' }],
          },
        ],
      });
      const token = await github.token(jobPermissions);
      const run = await runAction({ github, event, token, files: { 'lcov.info': moduleReport } });
      run.clean();
      expect(run.exitCode).toBe(0);
      expect(run.stdout).toContain(
        'GitHub took no comment at `src/refund.ts:30`, so it stands in the summary only',
      );
      const conversation = await github.snapshot(repository, 7);
      expect(conversation).toContain('#### `db/migrations/0002_index.sql`:3');
      expect(conversation).not.toContain('#### `src/refund.ts`');
      expect(conversation).toContain(
        '1. **10 of 30 added lines with code in `src/refund.ts` are run by no test',
      );
      expect(run.summary).toContain('#### Not posted');
    });
  });

  it('a read-only token leaves annotations, the job summary and a sentence that names the permission', async () => {
    await on(scenarioOf({}, { 'db/migrations/0002_index.sql': blockingMigration }), async (github) => {
      const token = await github.token({ contents: 'read', pull_requests: 'read', checks: 'read' });
      const run = await judge(github, { token });
      expect(run.exitCode).toBe(0);
      expect(run.annotations).toContainEqual(
        expect.objectContaining({
          level: 'warning',
          properties: { file: 'db/migrations/0002_index.sql', line: '3', title: 'migrations/blocking-index' },
        }),
      );
      expect(run.summary).toContain('the token lacks pull-requests: write — add it under permissions:');
      expect(run.summary).toContain('the token lacks checks: write — add it under permissions:');
      expect(run.summary).toContain('takes a SHARE lock on `orders`');
      expect(await github.snapshot(repository, 7)).not.toContain('github-actions');
    });
  });

  it('no coverage report is said, and is not read as fine', async () => {
    await on(scenarioOf({}, { 'src/refund.ts': moduleText }), async (github) => {
      const run = await judge(github);
      expect(run.exitCode).toBe(0);
      expect(run.outputs).toMatchObject({ findings: '0', conclusion: 'success' });
      const conversation = await github.snapshot(repository, 7);
      expect(conversation).toMatch(/### Review Vitals: success — Nothing to look at, \d+ rules not checked/);
      expect(run.summary).toContain('no coverage report was found; run the tests with a coverage report');
    });
  });

  it('a shallow clone without merge base, and no way to fetch more, is said', async () => {
    const scenario = privately(scenarioOf({}, { 'db/migrations/0002_index.sql': blockingMigration }));
    await on(scenario, async (github) => {
      // The checkout was made with a token that may read the code; the step's own token may not.
      const reader = await github.token({ contents: 'read' });
      const folder = await checkedOut(github, reader);
      const token = await github.token({ contents: 'none', pull_requests: 'write', checks: 'write' });
      const run = await judge(github, { token, workspace: { path: folder } });
      expect(run.exitCode).toBe(0);
      expect(run.outputs).toMatchObject({ findings: '0' });
      expect(run.summary).toMatch(/Not checked: .*migrations\/blocking-index.* could not be/);
    });
  });

  it('branches without a common ancestor are said', async () => {
    const scenario = scenarioOf(
      {},
      {},
      {
        commits: [
          { commit: 'Begin anew', by: 'ada', files: { 'db/migrations/0002_index.sql': blockingMigration } },
        ],
      },
    );
    await on(scenario, async (github) => {
      const head = (await github.pull(repository, 7)).headSha;
      const event = await github.event('pull_request', { repository, number: 7, action: 'synchronize' });
      const orphan = await orphanCommit(github);
      const payload = structuredClone(event.payload) as { pull_request: { base: { sha: string } } };
      payload.pull_request.base.sha = orphan;
      const run = await runAction({
        github,
        event: { ...event, payload, sha: head },
        token: await github.token(jobPermissions),
        workspace: 'empty',
      });
      run.clean();
      expect(run.exitCode).toBe(0);
      expect(run.summary).toContain('have no commit in common, so there is nothing to compare the head with');
      expect(await github.snapshot(repository, 7)).toMatch(
        /### Review Vitals: neutral — The change could not be read, \d+ rules not checked/,
      );
    });
  });
});

function privately(scenario: Scenario): Scenario {
  return {
    ...scenario,
    repositories: (scenario.repositories ?? []).map((one) => ({ ...one, private: true })),
  };
}

/** A checkout of depth 1 as actions/checkout leaves it. */
async function checkedOut(github: GitHub, token: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'review-vitals-shallow-'));
  const event = await github.event('pull_request', { repository, number: 7, action: 'synchronize' });
  checkOut({ github, token, folder, fetchDepth: 1, repository, sha: event.sha, ref: event.ref });
  return folder;
}

/** A root commit of its own, pushed to the repository. */
async function orphanCommit(github: GitHub): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'review-vitals-orphan-'));
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@example.test', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  git('init', '-q', '-b', 'elsewhere');
  git('commit', '-q', '--allow-empty', '-m', 'Elsewhere');
  const token = await github.token({ contents: 'write' });
  git(
    'push',
    '-q',
    github.url.replace('//', `//x-access-token:${token}@`).concat(`/${repository}.git`),
    'elsewhere',
  );
  return git('rev-parse', 'HEAD');
}
