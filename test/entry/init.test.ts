import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { doctor } from '../../src/entry/command-line/doctor.ts';
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
  expect(changed).toContain('      - uses: review-vitals/review-vitals@v1\r\n        if: always()\r\n');
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

it('says when a step judges already that should leave its data to the workflow which it wrote', async () => {
  writeFileSync(
    at('.github/workflows/ci.yml'),
    `name: CI\non: pull_request\npermissions: { contents: read, pull-requests: write, checks: write }\njobs:\n  unit:\n    runs-on: x\n    steps:\n      - run: npm test\n      - uses: acme/review-vitals@v1\n        if: always()\n`,
  );
  expect((await doctor(['--repo', repository.folder])).output).toContain(
    'ok      unit (.github/workflows/ci.yml) has the step\n',
  );
  const { output } = await init(['--repo', repository.folder, '--owner', 'acme']);
  expect(output).toContain(
    'Not changed: the step of unit (.github/workflows/ci.yml) judges by itself. Add to it: with: { mode: collect }\n',
  );
  expect((await doctor(['--repo', repository.folder])).output).toContain(
    'to do   unit (.github/workflows/ci.yml) judges too, so every pull request is judged twice\n          add to its step: with: { mode: collect }\n',
  );
});

it('what cannot be read or written is said, and is no fault of the program', async () => {
  writeFileSync(at('.github/review-vitals.yml'), '');
  rmSync(at('.github/workflows'), { recursive: true });
  writeFileSync(at('.github/workflows'), 'no folder');
  expect((await doctor(['--repo', repository.folder])).output).toContain(
    'to do   .github/workflows cannot be read (ENOTDIR)\n',
  );
  await expect(init(['--repo', repository.folder])).rejects.toThrow(
    /^\.github\/workflows\/review-vitals\.yml was not written: E/,
  );
});

it('adds to the workflow that judges whatever its name, or says what to add where its form is another', async () => {
  writeFileSync(at('.github/workflows/ci.yml'), ciWorkflow);
  await init(['--repo', repository.folder, '--owner', 'acme', '--force']);
  const written = judging();
  rmSync(at('.github/workflows/review-vitals.yml'));
  writeFileSync(at('.github/workflows/vitals.yml'), written);
  expect((await init(['--repo', repository.folder])).output).toContain('Everything is set up already.');
  expect(existsSync(at('.github/workflows/review-vitals.yml'))).toBe(false);

  const line = '  workflow_run: { workflows: ["CI"], types: [completed] }';
  expect(written).toContain(line);
  writeFileSync(
    at('.github/workflows/vitals.yml'),
    written.replace(line, '  workflow_run:\n    workflows: [Old]\n    types: [completed]'),
  );
  const { output } = await init(['--repo', repository.folder, '--force']);
  expect(output).toContain(
    'Not changed: the events of .github/workflows/vitals.yml are written in another form. Put under on: workflow_run: { workflows: ["Old", "CI"], types: [completed] }\n',
  );
  expect(output).not.toContain('Everything is set up already.');
});
