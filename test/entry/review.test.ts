import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { review } from '../../src/entry/command-line/review.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'review-vitals-review-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** One pull request that only a machine approved. */
const recording = {
  schemaVersion: 1,
  repository: 'acme/shop',
  pulls: [
    {
      number: 7,
      title: 'Refund an order in parts',
      author: 'u2',
      createdAt: '2026-03-02T09:00:00Z',
      additions: 240,
      deletions: 31,
      reviews: [{ by: 'coderabbitai[bot]', state: 'APPROVED', at: '2026-03-02T09:03:00Z' }],
    },
    {
      number: 8,
      title: 'Fix a typo',
      author: 'u3',
      createdAt: '2026-03-02T09:00:00Z',
      additions: 1,
      deletions: 1,
    },
  ],
};

function file(content: unknown): string {
  const path = join(folder, 'timeline.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('findings are printed with their pull request, and all are counted', async () => {
  const { output, exitCode } = await review([file(recording)]);
  expect(exitCode).toBe(0);
  expect(output).toContain('#7 acme/shop');
  expect(output).toContain(
    '1 approval, by an AI reviewer, for 271 lines; no human other than its authors has reviewed the',
  );
  expect(output.trimEnd().split('\n').at(-1)).toBe('2 pull requests judged, 1 with a finding.');
});

test('as JSON every pull request stands there, with the review rules alone', async () => {
  const { output } = await review([file(recording), '--format', 'json']);
  const answer = JSON.parse(output);
  expect(answer.schemaVersion).toBe(1);
  expect(answer.pulls.map(({ pullRequest }: { pullRequest: number }) => pullRequest)).toEqual([7, 8]);
  const named = answer.pulls[0].rules.map(({ rule }: { rule: string }) => rule);
  expect(named).toContain('review/approved-without-human');
  expect(named.filter((rule: string) => !rule.startsWith('review/'))).toEqual([]);
});

test('the same file gives the same bytes', async () => {
  const path = file(recording);
  expect((await review([path, '--format', 'json'])).output).toBe(
    (await review([path, '--format', 'json'])).output,
  );
});

test.each([
  ['never', 0],
  ['notice', 1],
  ['warning', 1],
  ['failure', 0],
] as const)('--fail-on %s exits with %i', async (level, exitCode) => {
  expect((await review([file(recording), '--fail-on', level])).exitCode).toBe(exitCode);
});

test.each([
  [[], 'Name at least one file of recorded timelines.'],
  [['missing.json'], 'no such file'],
  [['x.json', '--days', '0'], '--days is "0"; it can be a whole number of days from 1 on.'],
  [['x.json', '--format', 'xml'], '--format is "xml"; it can be text, json.'],
])('%j cannot run and says why', async (parameters, message) => {
  await expect(review(parameters)).rejects.toThrow(message);
});

test('a file that is none is refused with the place', async () => {
  const broken = { ...recording, pulls: [{ ...recording.pulls[0], number: 'seven' }] };
  await expect(review([file(broken)])).rejects.toThrow('pulls[0].number: ');
});
