import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { court } from '../../src/entry/command-line/court.ts';

let folder: string;
let timelines: string;
let outcomes: string;

const day = (n: number) => new Date(Date.parse('2025-01-01T12:00:00Z') + n * 86_400_000).toISOString();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'court-command-'));
  timelines = join(folder, 'timelines.json');
  outcomes = join(folder, 'outcomes.json');
  // Forty pull requests; of those that only a machine approved half were fixed, of the others one.
  const pulls = Array.from({ length: 40 }, (_, n) => ({
    number: n + 1,
    title: `Change ${n + 1}`,
    author: 'u1',
    createdAt: day(n),
    mergedAt: day(n + 0.5),
    mergedBy: 'u1',
    additions: 40,
    deletions: 10,
    files: [{ path: 'src/auth/session.ts', additions: 40, deletions: 10 }],
    reviews: [
      { by: n % 2 === 0 ? 'coderabbitai[bot]' : 'u2', state: 'APPROVED', at: day(n + 0.2), words: 30 },
    ],
  }));
  writeFileSync(timelines, JSON.stringify({ schemaVersion: 1, repository: 'acme/shop', pulls }));
  const fixed = [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 2];
  writeFileSync(
    outcomes,
    JSON.stringify({
      schemaVersion: 1,
      observedUntil: day(400),
      outcomes: fixed.map((pullRequest) => ({ pullRequest, kind: 'fixed', at: day(pullRequest + 20) })),
    }),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the court on recorded pull requests', () => {
  it('counts what went badly where each rule spoke and where it passed', async () => {
    const { output, exitCode } = await court([
      '--timelines',
      timelines,
      '--outcomes',
      outcomes,
      '--format',
      'json',
    ]);
    expect(exitCode).toBe(0);
    const report = JSON.parse(output);
    expect(report).toMatchObject({
      repository: { name: 'acme/shop' },
      counts: { merged: 40, tooYoung: 0, tried: 40, wentBadly: 11, reverted: 0, fixed: 11 },
    });
    const trial = report.trials.find(
      ({ rule }: { rule: string }) => rule === 'review/approved-without-human',
    );
    expect(trial).toMatchObject({ spoke: 20, spokeWithOutcome: 10, passed: 20, passedWithOutcome: 1 });
    expect(trial.oddsRatio).toBeGreaterThan(3);
  });

  it('prints the same bytes for the same seed', async () => {
    const parameters = ['--timelines', timelines, '--outcomes', outcomes, '--seed', '5'];
    expect((await court(parameters)).output).toBe((await court(parameters)).output);
  });

  it('says as Markdown and in a terminal what it says as JSON', async () => {
    const parameters = ['--timelines', timelines, '--outcomes', outcomes, '--format'];
    expect((await court([...parameters, 'markdown'])).output).toContain(
      '| `review/approved-without-human` |',
    );
    expect((await court([...parameters, 'text'])).output).toContain('10 of 20 against 1 of 20');
  });
});

describe('what the court cannot do', () => {
  it.each([
    [['here'], 'court takes no "here".'],
    [['--format', 'sarif'], '--format is "sarif"'],
    [['--seed', '1.5'], '--seed is "1.5"; it can be a whole number from 0 to 4294967295.'],
    [['--most', '19'], '--most is "19"; it can be a whole number from 20 to 100000.'],
    [['--watch', '0'], '--watch is "0"; it can be a whole number from 1 to 3650.'],
    [['--since', '3y', '--repo', '.'], '--since is "3y"; it can be a day such as 2024-01-01.'],
    [['--outcomes', 'o.json'], '--outcomes belongs to --timelines: name both files.'],
    [['--timelines', '/nowhere.json'], 'no such file'],
    [['--repo', '/nowhere'], 'there is no such folder'],
  ])('%j is said in a sentence', async (parameters, sentence) => {
    await expect(court(parameters)).rejects.toThrow(sentence);
  });
});
