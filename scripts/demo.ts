import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkOut } from '../test/github/check-out.ts';
import { runAction } from '../test/github/run-action.ts';
import { startGitHub } from '../test/github/start-github.ts';
import { conversationPage } from './demo/conversation-page.ts';
import { afterwards, scenario } from './demo/scenario.ts';

/** The main job, on this machine: a pull request on a fake GitHub gets its review from the built `dist/action.js`. */
const root = fileURLToPath(new URL('..', import.meta.url));
const token = 'ghs_demo0000000000000000000000000000000000';
const target = { repository: 'acme/shop', number: 7 } as const;

const github = await startGitHub(scenario);
const folder = mkdtempSync(join(tmpdir(), 'review-vitals-demo-'));
try {
  await github.apply(afterwards);
  const event = await github.event('pull_request', { ...target, action: 'synchronize' });
  step(`A fake GitHub serves ${target.repository} with pull request ${target.number} at ${github.url}`);
  checkOut({
    github,
    token,
    folder,
    fetchDepth: 1,
    repository: target.repository,
    sha: event.sha,
    ref: event.ref,
  });
  step(`Checked out its merge commit ${event.sha.slice(0, 7)} at depth 1, as actions/checkout does`);
  runTests(folder);
  step('Ran the shop’s tests with coverage (node --test): lcov.info');
  const run = await runAction({ github, event, token, workspace: { path: folder } });
  step(
    `Ran dist/action.js in ${(run.milliseconds / 1000).toFixed(1)} s: exit code ${run.exitCode}, ${run.requests.length} requests to GitHub\n`,
  );
  const conversation = await github.snapshot(target.repository, target.number);
  // GitHub does not show the hidden markers by which the Action knows its own comments, and nor does this.
  console.log(conversation.replaceAll(/^(?:> )?<!-- review-vitals:[^\n]*-->\n(?:>? ?\n)?/gm, ''));
  const violations = await github.violations();
  if (run.exitCode !== 0 || violations.length > 0) {
    console.error([run.stdout, run.stderr, ...violations].join('\n'));
    process.exitCode = 1;
  }
  mkdirSync(join(root, '.demo'), { recursive: true });
  const page = join(root, '.demo/conversation.html');
  writeFileSync(page, conversationPage(conversation));
  run.clean();
  console.log(`\nThe same as a page: ${relative(process.cwd(), page)}`);
} finally {
  await github.stop();
  rmSync(folder, { recursive: true, force: true });
}

function runTests(cwd: string): void {
  const reporter = ['--test-reporter=lcov', '--test-reporter-destination=lcov.info'];
  // The tests of the sample are no part of the run that may have started this one.
  const { NODE_TEST_CONTEXT: _, NODE_V8_COVERAGE: __, ...env } = process.env;
  execFileSync(
    process.execPath,
    ['--test', '--experimental-test-coverage', '--test-coverage-exclude=**/*.test.js', ...reporter],
    { cwd, env },
  );
}

function step(text: string): void {
  console.log(`· ${text}`);
}
