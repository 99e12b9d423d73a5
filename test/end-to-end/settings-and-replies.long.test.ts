import { describe, expect, it } from 'vitest';
import { startGitHub } from '../github/start-github.ts';
import {
  blockingMigration,
  expectNoViolations,
  judge,
  repository,
  scenarioOf,
  writes,
} from '../support/end-to-end.ts';

const migration = { 'db/migrations/0002_index.sql': blockingMigration };
const settings = (text: string) => ({ '.github/review-vitals.yml': text });

async function on(
  scenario: ReturnType<typeof scenarioOf>,
  work: (github: Awaited<ReturnType<typeof startGitHub>>) => Promise<void>,
): Promise<void> {
  const github = await startGitHub(scenario);
  try {
    await work(github);
    await expectNoViolations(github);
  } finally {
    await github.stop();
  }
}

describe.concurrent('settings', () => {
  it('on the base decide, and a change to them is tried beside', async () => {
    const base = settings('rules:\n  migrations/blocking-index: notice\n');
    const head = settings('rules:\n  migrations/blocking-index: failure\nfail-on: failure\n');
    await on(scenarioOf(base, { ...migration, ...head }), async (github) => {
      const run = await judge(github);
      expect(run.exitCode).toBe(0);
      expect(run.outputs).toMatchObject({ findings: '1', warnings: '0', conclusion: 'success' });
      expect(run.summary).toContain(
        'the change edits the settings; with them this run would have 1 finding (1 of level warning or failure) instead of 1 finding (0 of level warning or failure).',
      );
    });
  });

  it('make a gate of a rule, over what the workflow says', async () => {
    const base = settings('rules:\n  migrations/blocking-index: failure\nfail-on: failure\n');
    await on(scenarioOf(base, migration), async (github) => {
      const run = await judge(github, { inputs: { 'fail-on': 'never' } });
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toMatchObject({ failures: '1', conclusion: 'failure' });
    });
  });

  it('decide also where what the run leaves behind cannot be written', async () => {
    const base = settings('rules:\n  migrations/blocking-index: failure\nfail-on: failure\n');
    await on(scenarioOf(base, migration), async (github) => {
      const run = await judge(github, {
        inputs: { 'save-facts': 'no/such/folder/facts.json' },
      });
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toMatchObject({ failures: '1', conclusion: 'failure' });
      expect(run.stdout).toContain('::warning::The facts could not be written: ENOENT');
      expect(run.summary).toContain('### Review Vitals');
    });
  });

  it('that are broken are told with their line and silence nothing', async () => {
    await on(
      scenarioOf(settings('\nrules:\n  migrations/blocking-indx: off\n'), migration),
      async (github) => {
        const run = await judge(github);
        expect(run.outputs).toMatchObject({ findings: '1' });
        expect(run.summary).toContain(
          '.github/review-vitals.yml:3: rules.migrations/blocking-indx is no setting; migrations/blocking-index is',
        );
      },
    );
  });

  it('of the owner count where the repository has none, and what they extend is merged', async () => {
    const scenario = scenarioOf({}, migration);
    const files = (name: string, text: string) => ({
      name,
      git: [{ commit: 'Begin', by: 'ada', files: { '.github/review-vitals.yml': text } }],
    });
    const repositories = [
      ...(scenario.repositories ?? []),
      files('acme/.github', 'extends: acme/standards\nrules:\n  migrations/undocumented-migration: off\n'),
      files('acme/standards', 'extends: acme/.github\nrules:\n  migrations/blocking-index: off\n'),
    ];
    await on({ ...scenario, repositories }, async (github) => {
      const run = await judge(github);
      expect(run.outputs).toMatchObject({ findings: '0' });
      expect(run.summary).toContain('leads back to where it started; it was left out');
      expect(run.summary).toContain(
        '`migrations/blocking-index`: not applicable: it is switched off in the settings',
      );
    });
  });
});

describe.concurrent('replies', () => {
  it('of somebody who may write end a finding for this pull request, and others do not', async () => {
    await on(scenarioOf({}, migration), async (github) => {
      await judge(github);
      const id = /blocking-index=([\da-z]{6})/.exec(await github.snapshot(repository, 7))?.[1] ?? '';
      const comment = (by: string, body: string) =>
        github.apply({
          repositories: [{ name: repository, pullRequests: [{ number: 7, comments: [{ by, body }] }] }],
        });

      await comment('mallory', `/vitals waive ${id}: I say so`);
      await comment('mira', `> /vitals waive ${id}: quoted\n\n\`\`\`\n/vitals waive ${id}: fenced\n\`\`\``);
      const refused = await judge(github);
      expect(refused.outputs).toMatchObject({ findings: '1' });
      expect(refused.summary).toContain(
        `the reply \`/vitals waive\` for \`${id}\` was not followed: its account may not write to the repository`,
      );

      await comment(
        'mira',
        `The table is empty until the launch.\n\n/vitals waive ${id}: nobody writes to orders before the launch`,
      );
      const waived = await judge(github);
      expect(waived.outputs).toMatchObject({ findings: '0', conclusion: 'success' });
      const conversation = await github.snapshot(repository, 7);
      expect(conversation).toContain('Nothing is left to look at as of');
      expect(conversation).toContain(
        `Waived for this pull request: \`migrations/blocking-index\` at \`db/migrations/0002_index.sql:3\` <sub>${id}</sub> (nobody writes to orders before the launch)`,
      );
    });
  });

  it('that ask for an explanation get one answer', async () => {
    await on(scenarioOf({}, migration), async (github) => {
      await judge(github);
      const id = /blocking-index=([\da-z]{6})/.exec(await github.snapshot(repository, 7))?.[1] ?? '';
      await github.apply({
        repositories: [
          {
            name: repository,
            pullRequests: [{ number: 7, comments: [{ by: 'ada', body: `/vitals explain ${id}` }] }],
          },
        ],
      });
      const first = await judge(github);
      expect(writes(first)).toContain('POST /issues/N/comments');
      const second = await judge(github);
      expect(writes(second)).not.toContain('POST /issues/N/comments');
      expect(await github.snapshot(repository, 7)).toContain(
        'What it measures, its sources and when it stays quiet:',
      );
    });
  });
});
