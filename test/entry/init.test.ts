import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { init } from '../../src/entry/command-line/init.ts';
import { ciWorkflow } from '../support/ci-workflow.ts';
import { createGitRepository, type GitRepository } from '../support/git-repository.ts';

let repository: GitRepository;
const at = (path: string) => join(repository.folder, path);
const judging = () => readFileSync(at('.github/workflows/review-vitals.yml'), 'utf8');

beforeEach(() => {
  repository = createGitRepository();
  mkdirSync(at('.github/workflows'), { recursive: true });
});
afterEach(() => repository.remove());

it.each([
  ['git@git.corp.example:team/shop.git', false],
  ['https://github.com/acme/shop.git', true],
  ['ssh://git@ssh.github.com:443/acme/shop.git', true],
  ['https://acme.ghe.com/acme/shop', true],
  ['git@github-work:acme/shop.git', true],
])('from the origin %j it writes `queue: max`: %j', async (origin, knowsQueue) => {
  execFileSync('git', ['remote', 'add', 'origin', origin], { cwd: repository.folder });
  const { output } = await init(['--repo', repository.folder, '--owner', 'acme']);
  expect(judging().includes('  queue: max\n')).toBe(knowsQueue);
  expect(
    output.includes(
      '`origin` is on git.corp.example: the workflow leaves out `queue: max`, which a GitHub Enterprise Server may not know. The action has to be on that server too.',
    ),
  ).toBe(!knowsQueue);
});

it('keeps the line endings of the file it changes', async () => {
  writeFileSync(at('.github/workflows/ci.yml'), ciWorkflow.replaceAll('\n', '\r\n'));
  await init(['--repo', repository.folder, '--force']);
  const changed = readFileSync(at('.github/workflows/ci.yml'), 'utf8');
  expect(changed).toContain('      - uses: OWNER/review-vitals@v1\r\n        if: always()\r\n');
  expect(changed.replaceAll('\r\n', '')).not.toContain('\n');
});

it('leaves steps in brackets to whoever wrote them, and says what to add', async () => {
  const text = 'name: CI\non: push\njobs: { unit: { runs-on: x, steps: [{ run: npm test }] } }\n';
  writeFileSync(at('.github/workflows/ci.yml'), text);
  const { output } = await init(['--repo', repository.folder, '--owner', 'acme', '--force']);
  expect(readFileSync(at('.github/workflows/ci.yml'), 'utf8')).toBe(text);
  const sentence =
    'Not changed: the steps of unit (.github/workflows/ci.yml) stand in brackets. Add as the last one: { uses: acme/review-vitals@v1, if: always(), with: { mode: collect } }\n';
  expect(output).toContain(sentence);
  const again = await init(['--repo', repository.folder, '--owner', 'acme', '--force']);
  expect(again.output).toContain(sentence);
  expect(again.output).not.toContain('Everything is set up already.');
});
