import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let copy: string;

/** The tree as it stands, in a folder of its own: what `npm run new-rule` writes is tried there. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'new-rule-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  });
  for (const path of listed.toString().split('\0').filter(Boolean)) {
    cpSync(join(root, path), join(copy, path), { errorOnExist: false });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('a new rule of any subject is green as it is written, once it is registered and built', () => {
  for (const subject of ['coverage', 'review', 'migrations'])
    run('scripts/new-rule.ts', `${subject}/example-of-${subject}`);
  run('scripts/generate.ts');
  run('scripts/build.ts');
  run('scripts/check.ts');
  run('node_modules/vitest/vitest.mjs', 'run', '-t', 'example', 'test/cases.test.ts', 'example-of-');
});

test('what is no rule id, or is taken, is refused and nothing is written', () => {
  expect(refused('coverage/Example')).toContain('"coverage/Example" is no rule id.');
  expect(refused('health/example')).toContain('"health/example" is no rule id.');
  expect(refused('coverage/changed-lines-not-run')).toContain(
    'src/coverage/rules/changed-lines-not-run.ts exists already',
  );
  expect(refused('review/changed-lines-not-run')).toContain('There is a rule coverage/changed-lines-not-run');
});

function run(script: string, ...parameters: readonly string[]): void {
  const { status, output } = started(script, parameters);
  expect(`${script} ended with ${status}\n${status === 0 ? '' : output}`).toBe(`${script} ended with 0\n`);
}

function refused(id: string): string {
  const { status, output } = started('scripts/new-rule.ts', [id]);
  expect(status).toBe(2);
  return output;
}

function started(script: string, parameters: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...parameters], {
    cwd: copy,
    encoding: 'utf8',
    env: { PATH: [join(copy, 'node_modules/.bin'), process.env.PATH].join(delimiter), HOME: copy },
  });
  return { status, output: stdout + stderr };
}
