import { expect } from 'vitest';
import { type RunOptions, type RunResult, runAction } from '../github/run-action.ts';
import type { GitHub, Permissions, Scenario } from '../github/start-github.ts';

export const repository = 'acme/shop';

/** What `permissions: { contents: read, pull-requests: write, checks: write }` gives. */
export const jobPermissions: Permissions = { contents: 'read', pull_requests: 'write', checks: 'write' };

/** A module of 30 lines whose last ones no test runs, and the report that says so. */
export const moduleText = lines(30, (line) => `export const value${line} = ${line};`);
export const moduleReport = report('src/refund.ts', 30, 21);

export function lines(count: number, line: (number: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index + 1)}\n`).join('');
}

/** An lcov report of a file in which the lines before `firstMissed` ran. */
export function report(path: string, count: number, firstMissed: number, offset = 0): string {
  return `TN:\nSF:${path}\n${lines(count, (line) => `DA:${line + offset},${line < firstMissed ? 1 : 0}`)}end_of_record\n`;
}

/** Blocks writes, and says why, how to undo it, and what waits meanwhile. */
export const blockingMigration = `-- Support needs to find open orders quickly; the list takes 8 seconds today.
-- Undo by dropping the index; writes wait about 2 seconds on 400k rows.
CREATE INDEX orders_status_idx ON orders (status);
`;

/** A repository with a pull request (number 7, by ada) that changes these files. */
export function scenarioOf(
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
  pullRequest: Partial<
    NonNullable<NonNullable<Scenario['repositories']>[number]['pullRequests']>[number]
  > = {},
): Scenario {
  return {
    now: '2026-11-16T09:00:00Z',
    repositories: [
      {
        name: repository,
        collaborators: { ada: 'write', mira: 'write' },
        git: [{ commit: 'Begin', by: 'ada', files: { 'README.md': '# Shop\n', ...base } }],
        pullRequests: [
          {
            number: 7,
            title: 'Change it',
            author: 'ada',
            authorAssociation: 'MEMBER',
            head: 'change',
            base: 'main',
            commits: [{ commit: 'Change it', by: 'ada', files: head }],
            ...pullRequest,
          },
        ],
      },
    ],
  };
}

/** Runs the built action on an event of pull request 7. */
export async function judge(
  github: GitHub,
  options: Partial<Omit<RunOptions, 'github' | 'event'>> & {
    readonly event?: string;
    readonly action?: string;
    readonly id?: number;
  } = {},
): Promise<RunResult> {
  const { event: name = 'pull_request', action = 'synchronize', id, ...rest } = options;
  const event = await github.event(name, { repository, number: 7, action, ...(id !== undefined && { id }) });
  const token = rest.token ?? (await github.token(jobPermissions));
  const run = await runAction({ ...rest, github, event, token });
  run.clean();
  return run;
}

/** Requests that changed something on GitHub: "POST /repos/…/reviews", or the name of a mutation. */
export function writes(run: RunResult): readonly string[] {
  return run.requests
    .filter(
      ({ method, path }) =>
        method !== 'GET' && !path.includes('git-upload-pack') && !path.includes('/graphql'),
    )
    .map(
      ({ method, path }) =>
        `${method} ${path.replace(/^\/(?:api\/v3\/)?repos\/acme\/shop/, '').replace(/\d+/g, 'N')}`,
    );
}

export async function expectNoViolations(github: GitHub): Promise<void> {
  expect(await github.violations()).toEqual([]);
}
