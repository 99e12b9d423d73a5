import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HealthChain, healthRef, openHealthChain } from '../../../src/collect/history/health-chain.ts';
import { encodeHealthRecord, type HealthRecord } from '../../../src/core/health-record.ts';
import { isUnavailable } from '../../../src/core/part.ts';
import { keepHealthRecord } from '../../../src/publish/weekly/health-chain.ts';
import { createGitRepository, type GitRepository } from '../../support/git-repository.ts';

let scratchFolder: string;
let remote: GitRepository;
const chains: HealthChain[] = [];

beforeEach(() => {
  scratchFolder = mkdtempSync(join(tmpdir(), 'review-vitals-chain-'));
  remote = createGitRepository({ bare: true });
  remote.commit({ 'README.md': 'shop\n' });
});

afterEach(async () => {
  for (const chain of chains.splice(0)) await chain.close();
  rmSync(scratchFolder, { recursive: true, force: true });
  remote.remove();
});

async function open(url = `file://${remote.folder}`): Promise<HealthChain> {
  const chain = await openHealthChain({ remote: { url }, scratchFolder });
  if (isUnavailable(chain)) throw new Error(chain.unavailable);
  chains.push(chain);
  return chain;
}

function record(week: string, merged = 40): HealthRecord {
  return {
    week,
    baselines: [{ measure: 'lead-time', n: merged, quantiles: [0.5, 1, 6.25, 40, 90] }],
    suggested: [{ about: 'without-human-review', times: 1 }],
    uptake: { made: 2, takenUp: 1 },
    usefulness: [],
    run: '123456/1',
  };
}

test('where nothing has been kept there are no records', async () => {
  expect(await (await open()).read()).toEqual({ records: [] });
});

test('what one run keeps the next one reads, newest first', async () => {
  const chain = await open();
  expect(await keepHealthRecord(record('2026-W46'), chain)).toEqual({
    done: 'kept the health record of 2026-W46',
  });
  expect(await keepHealthRecord(record('2026-W47'), chain)).toEqual({
    done: 'kept the health record of 2026-W47',
  });
  expect(await (await open()).read()).toMatchObject({ records: [record('2026-W47'), record('2026-W46')] });
  expect(remote.git('rev-list', '--count', healthRef)).toBe('2');
});

test('a second run of the week keeps nothing when it learned nothing new', async () => {
  await keepHealthRecord(record('2026-W47'), await open());
  expect(await keepHealthRecord({ ...record('2026-W47'), run: '123456/2' }, await open())).toEqual({
    done: 'the health record of 2026-W47 is kept already',
  });
  expect(remote.git('rev-list', '--count', healthRef)).toBe('1');
});

test('a second run that learned more is added, and the newest is read first', async () => {
  await keepHealthRecord(record('2026-W47', 40), await open());
  await keepHealthRecord(record('2026-W47', 41), await open());
  const state = await (await open()).read();
  expect(isUnavailable(state) ? state : state.records.map(({ baselines }) => baselines[0]?.n)).toEqual([
    41, 40,
  ]);
});

test('five writers at once lose nothing, also when the ref does not exist yet', async () => {
  const opened = await Promise.all([1, 2, 3, 4, 5].map(() => open()));
  const weeks = opened.map((_, n) => `2026-W4${n}`);
  const results = await Promise.all(
    opened.map((chain, n) => keepHealthRecord(record(weeks[n] ?? ''), chain, { pause: 30 })),
  );
  expect(results).toEqual(weeks.map((week) => ({ done: `kept the health record of ${week}` })));
  const state = await (await open()).read();
  expect(isUnavailable(state) ? [] : state.records.map(({ week }) => week).toSorted()).toEqual(weeks);
  expect(remote.git('rev-list', '--count', healthRef)).toBe('5');
}, 60_000);

test('a writer whose tip is old is told that another was first, and nothing is overwritten', async () => {
  const [first, second] = [await open(), await open()];
  const message = encodeHealthRecord(record('2026-W46'));
  expect(await first.append(message, undefined)).toBe('written');
  expect(await second.append(encodeHealthRecord(record('2026-W47')), undefined)).toBe('moved');
  expect(remote.git('rev-list', '--count', healthRef)).toBe('1');
});

test('a hook that refuses ends the trying with its words', async () => {
  remote.git('config', 'core.hooksPath', join(scratchFolder, 'hooks'));
  spawnSync(
    'sh',
    ['-c', `mkdir hooks && printf '#!/bin/sh\\nexit 1\\n' > hooks/pre-receive && chmod +x hooks/pre-receive`],
    {
      cwd: scratchFolder,
    },
  );
  expect((await keepHealthRecord(record('2026-W47'), await open())).problem).toBe(
    'The health record was not kept: the server refused it ([remote rejected] (pre-receive hook declined)) (it needs contents: write; without it every run starts from the pull requests anew)',
  );
});

test('records that somebody else wrote into the ref are left out, the others are read', async () => {
  await keepHealthRecord(record('2026-W46'), await open());
  const tip = remote.git('rev-parse', healthRef);
  const tree = remote.git('rev-parse', `${tip}^{tree}`);
  let forged = tip;
  for (const message of [
    'health 2026-W99\n\nformat: 1\n',
    'health 2026-W47\n\nformat: 2\n',
    'wip',
    `health 2026-W47\n\nformat: 1\nrun: ${'9'.repeat(40_000)}\n`,
  ]) {
    forged = remote.git('commit-tree', tree, '-p', forged, '-m', message);
  }
  remote.git('update-ref', healthRef, forged);
  const state = await (await open()).read();
  expect(isUnavailable(state) ? state : state.records).toEqual([record('2026-W46')]);
});

test('a ref that leads to no commit is said and breaks nothing', async () => {
  remote.git('update-ref', healthRef, remote.git('rev-parse', 'main:README.md'));
  const state = await (await open()).read();
  expect(state).toEqual({ unavailable: 'refs/review-vitals/health at the remote leads to no commit' });
});

test('a repository with SHA-256 ids has a chain too', async () => {
  const other = createGitRepository({ bare: true, objectFormat: 'sha256' });
  try {
    other.commit({ 'README.md': 'shop\n' });
    const chain = await open(`file://${other.folder}`);
    expect(await keepHealthRecord(record('2026-W47'), chain)).toEqual({
      done: 'kept the health record of 2026-W47',
    });
    expect(await chain.read()).toMatchObject({ records: [record('2026-W47')] });
  } finally {
    other.remove();
  }
});

test('a remote that cannot be reached is a reason, and no folder is left behind', async () => {
  const chain = await openHealthChain({ remote: { url: `file://${scratchFolder}/nowhere` }, scratchFolder });
  if (isUnavailable(chain)) throw new Error(chain.unavailable);
  const state = await chain.read();
  expect(isUnavailable(state) && state.unavailable).toMatch(/^git ls-remote ended with 128: /);
  await chain.close();
  expect(readdirSync(scratchFolder)).toEqual([]);
});
