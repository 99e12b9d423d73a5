import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type GitHub, type Permissions, startGitHub } from '../github/start-github.ts';
import {
  blockingMigration,
  expectNoViolations,
  judge,
  moduleReport,
  moduleText,
  scenarioOf,
} from '../support/end-to-end.ts';
import { acceptedOptions, commandFiles, root, textOf } from './program.ts';

const readme = textOf('README.md');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'test/github/README.md',
  'test/cases/README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path}`),
];

describe.each(documents)('%s', (path) => {
  const text = textOf(path);

  it('links only to what is there', () => {
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^(?:https?:|mailto:|#)/.test(target));
    const missing = targets.filter(
      (target) => !existsSync(join(root, dirname(path), target.replace(/#.*/, ''))),
    );
    expect(missing).toEqual([]);
  });

  it('names only npm scripts that package.json has', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(textOf('package.json'));
    const named = [...text.matchAll(/\bnpm run (?:--\S+ )?([a-z][a-z:-]*)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names only commands and options that the program has', () => {
    const calls = [...text.matchAll(/(?:node dist\/cli\.js|`review-vitals) ([a-z]+)((?: [^`\n]*)?)/g)];
    const wrong = calls.flatMap(([call, name = '', parameters = '']) => {
      const file = commandFiles().get(name);
      if (file === undefined) return [call];
      const options = [...parameters.matchAll(/ --([a-z-]+)/g)].map(([, option = '']) => option);
      return options
        .filter((option) => !acceptedOptions(file).includes(option))
        .map((option) => `${call}: --${option}`);
    });
    expect(wrong).toEqual([]);
  });
});

describe('the set-up in the README', () => {
  let github: GitHub | undefined;
  afterAll(() => github?.stop());

  const job: { permissions: Record<string, 'read' | 'write'>; steps: readonly Record<string, unknown>[] } =
    parse(/```yaml\n(.*?)```/s.exec(readme)?.[1] ?? '');

  it('is one step without inputs that also runs when tests have failed', () => {
    expect(job.steps).toEqual([{ uses: 'review-vitals/review-vitals@v1', if: 'always()' }]);
  });

  it('with exactly its permissions, review, summary and check run are posted', async () => {
    const permissions: Permissions = Object.fromEntries(
      Object.entries(job.permissions).map(([name, level]) => [name.replace('-', '_'), level]),
    );
    github = await startGitHub(
      scenarioOf({}, { 'src/refund.ts': moduleText, 'db/migrations/002_index.sql': blockingMigration }),
    );
    const token = await github.token(permissions);
    const run = await judge(github, { token, files: { 'coverage/lcov.info': moduleReport } });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('Posted: wrote the check run');
    expect(run.stdout).toContain('Posted: posted a review');
    expect(run.stdout).toContain('Posted: posted the summary comment');
    expect(run.stdout).not.toContain('the token lacks');
    await expectNoViolations(github);
  });
});

describe('action.yml', () => {
  const action: {
    inputs: Record<string, { description: string }>;
    outputs: Record<string, { description: string }>;
    runs: { main: string };
  } = parse(textOf('action.yml'));
  const entries = readdirSync(join(root, 'src/entry'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('command-line'))
    .map((path) => textOf(`src/entry/${path}`))
    .join('\n');

  it('declares the inputs that the program reads, and no other', () => {
    expect(Object.keys(action.inputs).toSorted()).toEqual(namesIn(/\bgetInput\('([a-z-]+)'\)/g, entries));
  });

  it('declares the outputs that the program sets, and no other', () => {
    expect(Object.keys(action.outputs).toSorted()).toEqual(namesIn(/\bsetOutput\('([a-z-]+)'/g, entries));
  });

  it('starts a bundle that is there', () => {
    expect(existsSync(join(root, action.runs.main))).toBe(true);
  });
});

describe('docs/how-it-works.md', () => {
  it('names only files and folders that are there', () => {
    const named = [
      ...textOf('docs/how-it-works.md').matchAll(/`((?:src|test|docs|scripts|bench)\/[\w./-]*)`/g),
    ];
    const missing = named.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  it('names only files of a room that are there', () => {
    const rooms = 'entry|collect|render|publish|config|core|app|coverage|review|migrations|health';
    const named = [
      ...textOf('docs/how-it-works.md').matchAll(new RegExp(`\`((?:${rooms})/[\\w./-]*)\``, 'g')),
    ];
    const missing = named.map(([, path = '']) => path).filter((path) => !existsSync(join(root, 'src', path)));
    expect(missing).toEqual([]);
  });
});

function namesIn(pattern: RegExp, text: string): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].toSorted();
}
