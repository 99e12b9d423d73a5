import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { measuredInWorkspace } from '../../../src/collect/coverage/measured-in-workspace.ts';
import { openCoverageChain } from '../../../src/collect/coverage-history/coverage-chain.ts';
import { measuredRecord } from '../../../src/collect/coverage-history/measured-record.ts';
import { writeCoverageHistory } from '../../../src/publish/coverage-history/write-coverage-history.ts';
import { createCleanup, fingerprintOf, opened, present } from '../../collect/git/opened.ts';
import { coverageOfChange } from '../../support/coverage-of-change.ts';
import { serveGitRepository } from '../../support/git-http-server.ts';
import { createGitRepository, fixedGitEnvironment } from '../../support/git-repository.ts';

const cleanup = createCleanup();
afterEach(() => cleanup.run());

const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `statement number ${from + index};\n`).join('');

/** What actions/checkout leaves: one commit without history. */
function checkout(gitDirectory: string, commit: string, url: string): string {
  const folder = cleanup.folder();
  const git = (...args: readonly string[]) => {
    const { status, stderr } = spawnSync('git', args, { cwd: folder, env: fixedGitEnvironment });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  };
  git('init', '-q');
  git(
    'fetch',
    '-q',
    '--no-tags',
    '--depth=1',
    `file://${gitDirectory}`,
    `+${commit}:refs/remotes/pull/1/merge`,
  );
  git('checkout', '-q', '--force', 'refs/remotes/pull/1/merge');
  git('remote', 'add', 'origin', url);
  return folder;
}

function report(
  folder: string,
  records: Readonly<Record<string, readonly [ran: number, missed: number]>>,
): void {
  mkdirSync(join(folder, 'coverage'), { recursive: true });
  const text = Object.entries(records).map(([path, [ran, missed]]) => {
    const data = Array.from(
      { length: ran + missed },
      (_, index) => `DA:${index + 1},${index < ran ? 1 : 0}\n`,
    );
    return `SF:${path}\n${data.join('')}end_of_record\n`;
  });
  writeFileSync(join(folder, 'coverage/lcov.info'), text.join(''));
}

test('the default branch stores its coverage, and a pull request is compared with it from a checkout of depth 1', {
  timeout: 60_000,
}, async () => {
  const origin = cleanup.add(createGitRepository(), (repo) => repo.remove());
  origin.git('config', 'http.receivepack', 'true');
  const files = { 'packages/a/x.ts': lines(1, 60), 'packages/b/y.ts': lines(101, 160) };
  origin.commit({
    ...files,
    'package.json': '{ "workspaces": ["packages/*"] }',
    'packages/a/package.json': '{}',
    'packages/b/package.json': '{}',
  });
  const base = origin.id('main');
  origin.branch('change', 'main');
  const head = origin.commit({ 'packages/a/new.ts': lines(201, 230) }, { branch: 'change' });
  origin.branch('merged', 'main');
  const merge = origin.merge('merged', 'change');
  const token = 'token-of-the-run';
  const authorization = `basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  const server = cleanup.add(await serveGitRepository(origin.gitDirectory, { authorization }), (one) =>
    one.close(),
  );
  const remote = { url: server.url, token };

  // The tests of the default branch are done.
  const onMain = checkout(origin.gitDirectory, base, server.url);
  report(onMain, { 'packages/a/x.ts': [60, 0], 'packages/b/y.ts': [50, 10] });
  const main = await opened(cleanup, { checkout: onMain, remote });
  const measured = present(await measuredInWorkspace(main, { workspace: onMain, reports: [] }));
  const chain = present(await openCoverageChain({ remote, scratchFolder: cleanup.folder() }));
  const kept = await writeCoverageHistory({
    chain,
    ...present(await measuredRecord(main, measured)),
    run: '9/1',
  });
  await chain.close();
  expect(kept).toEqual({ done: `stored the coverage of ${base.slice(0, 7)}` });

  // The tests of the pull request ran on its merge commit.
  const onMerge = checkout(origin.gitDirectory, merge, server.url);
  report(onMerge, { 'packages/a/x.ts': [60, 0], 'packages/b/y.ts': [44, 16], 'packages/a/new.ts': [10, 20] });
  const before = fingerprintOf(join(onMerge, '.git'));
  const judged = await opened(cleanup, { checkout: onMerge, remote });
  const change = present(await judged.readChange({ base, head, baseName: 'main' }));
  const requests = server.requests.length;
  const question = { workspace: onMerge, reports: [], remote, scratchFolder: cleanup.folder() };
  const facts = present(await coverageOfChange(judged, change, question));
  expect(facts.base).toMatchObject({
    commit: base,
    run: '9/1',
    distance: 0,
    ledger: {
      base: { ran: 110, lines: 120 },
      head: { ran: 114, lines: 150 },
      added: { ran: 10, lines: 30 },
      indirect: { ran: -6, lines: 0 },
      elsewhere: { ran: 0, lines: 0 },
    },
    lostLines: [{ path: 'packages/b/y.ts', ranges: [{ start: 45, end: 50 }] }],
  });
  expect(
    facts.modules?.map(({ name, kind, ledger }) => [name, kind, ledger?.added.lines, ledger?.indirect.ran]),
  ).toEqual([
    ['packages/a', 'workspace', 30, 0],
    ['packages/b', 'workspace', 0, -6],
  ]);
  expect(facts.trend).toMatchObject([
    {
      commit: base,
      modules: [
        { name: 'packages/a', count: { ran: 60, lines: 60 } },
        { name: 'packages/b', count: { ran: 50, lines: 60 } },
      ],
    },
  ]);
  // Index, trees and blobs of the base, and what the judged repository still lacked.
  expect(server.requests.length - requests).toBeLessThanOrEqual(14);
  expect(new Set(server.authorizations)).toEqual(new Set([authorization]));
  expect(fingerprintOf(join(onMerge, '.git'))).toEqual(before);
});
