import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAction } from '../github/run-action.ts';
import { type GitHub, startGitHub } from '../github/start-github.ts';
import {
  expectNoViolations,
  jobPermissions,
  judge,
  lines,
  repository,
  scenarioOf,
} from '../support/end-to-end.ts';

let github: GitHub;
const before = lines(60, (line) => `export const before${line} = ${line};`);
const added = lines(40, (line) => `export const added${line} = ${line};`);
const report = (...ran: readonly (readonly [path: string, lines: number, ran: number])[]) =>
  ran
    .map(
      ([path, count, hit]) =>
        `SF:${path}\n${lines(count, (line) => `DA:${line},${line <= hit ? 1 : 0}`)}end_of_record\n`,
    )
    .join('');

beforeAll(async () => {
  github = await startGitHub(
    scenarioOf({ 'src/billing/tax.ts': before }, { 'src/billing/refund.ts': added }),
  );
});

afterAll(async () => {
  await expectNoViolations(github);
  await github.stop();
});

describe('the coverage of the default branch', () => {
  it('is stored when its tests are done', async () => {
    const event = await github.event('push', { repository, extra: { ref: 'refs/heads/main' } });
    const token = await github.token({ ...jobPermissions, contents: 'write' });
    const run = await runAction({
      github,
      event,
      token,
      files: { 'lcov.info': report(['src/billing/tax.ts', 60, 60]) },
    });
    run.clean();
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('Kept: stored the coverage of');
  });

  it('is what a pull request is compared with', async () => {
    const run = await judge(github, {
      files: { 'lcov.info': report(['src/billing/tax.ts', 60, 45], ['src/billing/refund.ts', 40, 10]) },
    });
    expect(run.summary).toContain('coverage/unchanged-lines-lost-coverage');
    expect(run.stdout).toMatch(/15 (?:unchanged )?lines/);
  });

  it('is not stored without the permission, which is said and fails nothing', async () => {
    const event = await github.event('push', { repository, extra: { ref: 'refs/heads/main' } });
    const run = await runAction({
      github,
      event,
      token: await github.token(jobPermissions),
      files: { 'lcov.info': report(['src/billing/tax.ts', 60, 59]) },
    });
    run.clean();
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('The coverage of this commit was not stored');
  });
});
