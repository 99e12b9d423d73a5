import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitHub, startGitHub } from '../github/start-github.ts';
import {
  blockingMigration,
  expectNoViolations,
  judge,
  repository,
  scenarioOf,
  writes,
} from '../support/end-to-end.ts';

const index = (table: string) => blockingMigration.replaceAll('orders', table);
const settings = `instances:
  backend: [services/api/**]
  frontend: [services/web/**]
`;

let github: GitHub;

beforeAll(async () => {
  github = await startGitHub(
    scenarioOf(
      { '.github/review-vitals.yml': settings },
      {
        'services/api/migrations/0002_index.sql': index('orders'),
        'services/web/migrations/0002_index.sql': index('sessions'),
      },
    ),
  );
});

afterAll(async () => {
  await expectNoViolations(github);
  await github.stop();
});

const run = (id: string) => judge(github, { inputs: { id } });
const head = async () => (await github.pull(repository, 7)).headSha;
const checkRuns = async () => {
  const sha = await head();
  const state = await github.state(repository);
  return state.checkRuns
    .filter((checkRun) => checkRun.headSha === sha)
    .map(({ name, conclusion }) => `${name}: ${conclusion}`)
    .toSorted();
};
const summaries = async () => (await github.pull(repository, 7)).comments.map(({ body }) => body);
const threads = async () =>
  (await github.pull(repository, 7)).threads
    .filter(({ resolvedBy }) => resolvedBy === null)
    .map(({ path, comments }) => `${/finding (\w+) /.exec(comments[0]?.body ?? '')?.[1]} ${path}`)
    .toSorted();

describe('two instances in one repository, each with its paths', () => {
  it('post a check run, a summary and comments of their own', async () => {
    expect(writes(await run('backend'))).toEqual([
      'POST /check-runs',
      'POST /pulls/N/reviews',
      'POST /issues/N/comments',
    ]);
    expect(writes(await run('frontend'))).toEqual([
      'POST /check-runs',
      'POST /pulls/N/reviews',
      'POST /issues/N/comments',
    ]);
    expect(await checkRuns()).toEqual([
      'Review Vitals (backend): neutral',
      'Review Vitals (frontend): neutral',
    ]);
    expect(await threads()).toEqual([
      'backend services/api/migrations/0002_index.sql',
      'frontend services/web/migrations/0002_index.sql',
    ]);
    const [backend = '', frontend = '', ...more] = await summaries();
    expect(more).toEqual([]);
    expect(backend).toContain('`orders`');
    expect(backend).not.toContain('`sessions`');
    expect(frontend).toContain('`sessions`');
    expect(frontend).not.toContain('`orders`');
  });

  it('leave each other alone on the next run', async () => {
    const before = [await summaries(), await threads(), await checkRuns()];
    expect(writes(await run('frontend'))).toEqual(['PATCH /check-runs/N']);
    expect(writes(await run('backend'))).toEqual(['PATCH /check-runs/N']);
    expect([await summaries(), await threads(), await checkRuns()]).toEqual(before);
  });

  it('and so when what one of them spoke of is gone', async () => {
    const [, frontend] = await summaries();
    await github.apply({
      repositories: [
        {
          name: repository,
          pullRequests: [
            {
              number: 7,
              pushes: [
                {
                  commits: [
                    {
                      commit: 'Without the index',
                      by: 'ada',
                      files: { 'services/api/migrations/0002_index.sql': null, 'services/api/a.ts': 'x\n' },
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    await run('backend');
    await run('frontend');
    expect(await threads()).toEqual(['frontend services/web/migrations/0002_index.sql']);
    const [backendNow = '', frontendNow = ''] = await summaries();
    expect(backendNow).toContain('The finding is addressed as of');
    expect(frontendNow.replaceAll(/`[0-9a-f]{7}`|blob\/[0-9a-f]{40}/g, '')).toBe(
      frontend?.replaceAll(/`[0-9a-f]{7}`|blob\/[0-9a-f]{40}/g, ''),
    );
    expect(await checkRuns()).toEqual([
      'Review Vitals (backend): success',
      'Review Vitals (frontend): neutral',
    ]);
  });

  it('an instance that the settings do not know is told, and sees everything', async () => {
    const other = await run('fronted');
    expect(other.summary).toContain(
      'the settings give the instance `fronted` no paths, so it looks after all of them; those with paths are `backend`, `frontend`',
    );
    expect(other.outputs).toMatchObject({ findings: '1' });
  });
});
