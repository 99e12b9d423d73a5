import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitRepository, type GitRepository } from '../support/git-repository.ts';
import { machineNode, runCli } from '../support/run-cli.ts';

let repository: GitRepository;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'review-vitals-cli-'));
  repository = createGitRepository();
  repository.commit({
    'db/migrations/001_orders.sql': 'CREATE TABLE orders (id bigint PRIMARY KEY, status text);\n',
    'src/refund.ts': 'export const a = 1;\n',
  });
  repository.branch('index', 'main');
  repository.commit(
    {
      'db/migrations/002_orders_status.sql': 'CREATE INDEX orders_status_idx ON orders (status);\n',
      'src/refund.ts': `export const a = 1;\n${Array.from({ length: 24 }, (_, line) => `export const b${line} = ${line};`).join('\n')}\n`,
    },
    { branch: 'index', message: 'Index the status of orders' },
  );
  repository.checkout('index');
  const lines = Array.from({ length: 25 }, (_, line) => `DA:${line + 1},${line < 15 ? 1 : 0}`);
  writeFileSync(
    join(repository.folder, 'lcov.info'),
    `TN:\nSF:src/refund.ts\n${lines.join('\n')}\nend_of_record\n`,
  );
});

afterAll(() => {
  repository.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('review-vitals check', () => {
  it('judges a local branch without a token and accounts for every rule', async () => {
    const { exitCode, stdout, stderr } = await runCli(['check', '--base', 'main'], {
      cwd: repository.folder,
    });
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('against main · 2 files, 1 migration');
    expect(stdout).toContain('warning  src/refund.ts:16   coverage/changed-lines-not-run');
    expect(stdout).toContain('warning  db/migrations/002_orders_status.sql:1   migrations/blocking-index');
    expect(stdout).toMatch(
      /Not checked: .*review\/changed-after-approval.* \(a local branch has no pull request to read; name one with --pull, or let the GitHub Action read it\)/,
    );
  });

  it('ends with 1 when a finding is at or above --fail-on, and with 0 below', async () => {
    const [at, above] = await Promise.all([
      runCli(['check', '--base', 'main', '--fail-on', 'warning'], { cwd: repository.folder }),
      runCli(['check', '--base', 'main', '--fail-on', 'failure'], { cwd: repository.folder }),
    ]);
    expect([at.exitCode, above.exitCode]).toEqual([1, 0]);
  });

  it('gives the same bytes from saved facts, in every format', async () => {
    const file = join(folder, 'facts.json');
    const saved = join(folder, 'again.json');
    const live = await runCli(['check', '--base', 'main', '--save-facts', file, '--format', 'json'], {
      cwd: repository.folder,
    });
    const replayed = await runCli(['check', '--facts', file, '--save-facts', saved, '--format', 'json'], {
      cwd: folder,
    });
    expect(replayed.stdout).toBe(live.stdout);
    expect(readFileSync(saved)).toEqual(readFileSync(file));
    expect(JSON.parse(live.stdout)).toMatchObject({ schemaVersion: 1, changedFiles: 2, migrations: 1 });
  });

  it('prints JSON that its published schema describes', async () => {
    const { stdout } = await runCli(['check', '--base', 'main', '--format', 'json'], {
      cwd: repository.folder,
    });
    const schema = JSON.parse(
      readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8'),
    );
    const validate = new Ajv({ strict: false }).compile(schema);
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...JSON.parse(stdout), surprise: 1 })).toBe(false);
  });

  it('prints the same bytes twice', async () => {
    const run = () => runCli(['check', '--base', 'main', '--format', 'markdown'], { cwd: repository.folder });
    const [first, second] = [await run(), await run()];
    expect(second.stdout).toBe(first.stdout);
  });

  it('writes nothing into the clone', async () => {
    const before = repository.git('status', '--porcelain=v2', '--branch', '--ignored');
    await runCli(['check', '--base', 'main'], { cwd: repository.folder });
    expect(repository.git('status', '--porcelain=v2', '--branch', '--ignored')).toBe(before);
  });

  it('on the base itself says that there was nothing to judge, and facts that cannot be saved are no fault of ours', async () => {
    const { stdout, stderr, exitCode } = await runCli(['check', '--head', 'main'], {
      cwd: repository.folder,
    });
    expect([exitCode, stderr]).toEqual([
      0,
      'No file differs between the base and what is committed at the head: there was nothing to judge.\n',
    ]);
    expect(stdout).toContain('No findings · 0 rules passed');
    const unsaved = await runCli(['check', '--save-facts', '/nowhere/facts.json'], {
      cwd: repository.folder,
    });
    expect([unsaved.exitCode, unsaved.stderr]).toEqual([
      2,
      'The facts were not saved: /nowhere/facts.json does not exist.\n',
    ]);
  });

  it.each([
    ['a base that does not exist', ['--base', 'nowhere'], 'nowhere'],
    ['an unknown option', ['--bse', 'main'], '--bse'],
    [
      'an unknown level',
      ['--fail-on', 'wrning'],
      '--fail-on is "wrning"; it can be never, notice, warning, failure.',
    ],
    ['a folder that is no clone', ['--repo', tmpdir()], tmpdir()],
    ['facts that are none', ['--facts', 'lcov.info'], 'lcov.info holds no saved facts'],
  ])('%s is one sentence and exit code 2', async (_, parameters, sentence) => {
    const { exitCode, stdout, stderr } = await runCli(['check', ...parameters], { cwd: repository.folder });
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
  });
});

describe('review-vitals', () => {
  it('names its commands, each with an example', async () => {
    const { stdout, exitCode } = await runCli(['--help']);
    expect(exitCode).toBe(0);
    for (const command of stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)) {
      const help = await runCli([command[1] ?? '', '--help']);
      expect(help.stdout).toContain('Example: review-vitals');
      expect(help.exitCode).toBe(0);
    }
  });

  it('ends with 2 on a command it does not know', async () => {
    const { exitCode, stderr } = await runCli(['chekc']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('There is no command `chekc`.');
  });

  it('explains every rule it lists', async () => {
    const { stdout } = await runCli(['rules', '--format', 'json']);
    const { rules }: { rules: readonly { id: string; question: string }[] } = JSON.parse(stdout);
    for (const { id, question } of rules) {
      const explained = await runCli(['explain', id]);
      expect(explained.stdout).toContain(question);
    }
  });

  it('starts under the machine’s own Node too, from any folder', async ({ skip }) => {
    const node = machineNode();
    if (!node) return skip('there is no Node besides the dev dependency');
    const { exitCode, stdout } = await runCli(['check', '--repo', repository.folder, '--base', 'main'], {
      cwd: folder,
      node: node.path,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('migrations/blocking-index');
  });
});
