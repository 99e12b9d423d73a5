import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAction } from '../github/run-action.ts';
import { type GitHub, type Permissions, startGitHub } from '../github/start-github.ts';
import { expectNoViolations, repository } from '../support/end-to-end.ts';

const permissions: Permissions = {
  contents: 'write',
  pull_requests: 'write',
  checks: 'write',
  issues: 'write',
  actions: 'read',
};
const day = 24 * 60 * 60 * 1000;
/** Wednesday of the last whole ISO week, so that what happens then is the news of the week. */
const lastWeek = (() => {
  const now = new Date();
  const monday =
    Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()) - ((now.getUTCDay() + 6) % 7) * day;
  return (offset: number) => new Date(monday - 5 * day + offset * 60_000).toISOString();
})();

let github: GitHub;

beforeAll(async () => {
  github = await startGitHub({
    repositories: [
      {
        name: repository,
        collaborators: { ada: 'write', mira: 'write' },
        git: [{ commit: 'Begin', by: 'ada', at: lastWeek(0), files: { 'README.md': '# Shop\n' } }],
        pullRequests: Array.from({ length: 6 }, (_, index) => ({
          number: index + 1,
          title: `Change ${index + 1}`,
          author: 'ada',
          head: `change-${index + 1}`,
          base: 'main',
          at: lastWeek(10 + index),
          commits: [
            {
              commit: `Change ${index + 1}`,
              by: 'ada',
              at: lastWeek(10 + index),
              files: { [`src/file-${index + 1}.ts`]: 'export const a = 1;\n' },
            },
          ],
          ...(index < 4 && {
            reviews: [{ by: 'mira', state: 'APPROVED' as const, at: lastWeek(60 + index) }],
          }),
          merged: { by: 'ada', at: lastWeek(120 + index) },
        })),
      },
    ],
  });
});

afterAll(async () => {
  await expectNoViolations(github);
  await github.stop();
});

async function schedule(granted: Permissions = permissions) {
  const event = await github.event('schedule', { repository });
  const run = await runAction({ github, event, token: await github.token(granted), workspace: 'empty' });
  run.clean();
  return run;
}

const issues = async () =>
  Object.values((await github.state(repository)).issues).filter((issue) => !('headRef' in issue));

describe('the weekly issue', () => {
  it('says what it could not write, without failing the job, when the token may not', async () => {
    const run = await schedule({ contents: 'read', pull_requests: 'read', issues: 'read' });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('the token lacks issues: write');
    expect(run.summary).toContain('| Merged pull requests');
    expect(await issues()).toHaveLength(0);
  });

  it('is written once a week, with numbers and without anybody’s name', async () => {
    const run = await schedule();
    expect(run.exitCode).toBe(0);
    const [issue, ...others] = await issues();
    expect(others).toEqual([]);
    expect(issue?.title).toMatch(/^Repo health, week \d+: /);
    expect(issue?.body).toContain('| Merged pull requests');
    expect(issue?.body).not.toMatch(/\bada\b|\bmira\b/);
  });

  it('is left as it is by a second run in the same week', async () => {
    const [before] = await issues();
    const run = await schedule();
    expect(run.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/issues'))).toEqual(
      [],
    );
    expect(await issues()).toEqual([before]);
  });
});
