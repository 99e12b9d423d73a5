import { describe, expect, test } from 'vitest';
import type { Commit } from '../../../src/core/change.ts';
import {
  assessRationale,
  type RationaleAssessment,
} from '../../../src/migrations/rationale/assess-rationale.ts';
import { tellingCommits } from '../../../src/migrations/rationale/reason-texts.ts';
import { bot, changedFile, changeOf, commit, pullRequest, template } from './facts-of-text.ts';
import { type SceneName, scene } from './scenes.ts';

const reason = 'The importer was switched off in March and nobody reads the field.';

function assess(
  name: SceneName,
  commits: readonly Commit[],
  body: string,
  file: Partial<ReturnType<typeof scene>> = {},
): RationaleAssessment {
  const migration = { ...scene(name), ...file };
  const change = changeOf(commits, [changedFile(migration.path, { status: migration.status })]);
  return assessRationale(
    change,
    { files: [migration], decisionRecords: [] },
    pullRequest({ body, templates: [template] }),
    8,
  );
}

describe('places', () => {
  test('each question is answered by the first place that answers it', () => {
    const assessment = assess(
      'drop-column',
      [commit(`Drop users.legacy_id\n\n${reason}`)],
      `${reason}\n\nRollback: restore the nightly backup.`,
    );
    expect([...assessment.answered]).toEqual([
      ['why', 'commit messages'],
      ['way back', 'description'],
    ]);
    expect(assessment.reading).toBe('real');
  });

  test('a description that repeats the commit subjects adds nothing', () => {
    const commits = [
      commit('Add index on orders.status'),
      commit('Speed up the fraud report, it filters by status'),
    ];
    const listed = assess('index', commits.slice(0, 1), '- Add index on orders.status');
    expect(listed.reading).toBe('restates');
    expect([
      ...assess('index', commits, '- Speed up the fraud report, it filters by status').answered.values(),
    ]).toEqual(['commit messages']);
  });

  test('the subjects in a squash message are a list, its prose is not', () => {
    const list = '* speed up the fraud report, which is slow\n\n* fix review\n\n';
    expect(assess('index', [commit(`Add index on orders.status (#12)\n\n${list}`)], '').reading).toBe(
      'restates',
    );
    expect(
      assess(
        'index',
        [commit(`Add index on orders.status (#12)\n\n${list}The fraud report times out on big shops.`)],
        '',
      ).reading,
    ).toBe('partial');
  });

  test('an approach that a later commit undoes is no reason', () => {
    const undone = [
      commit('Keep refunds in yen, they no longer fit'),
      commit('Revert "Keep refunds in yen, they no longer fit"\n\nThis reverts commit 12345.'),
      commit('Alter payments.amount'),
    ];
    expect(tellingCommits(undone).map(({ subject }) => subject)).toEqual(['Alter payments.amount']);
    expect(assess('type-change', undone, '').reading).toBe('restates');
  });

  test('merge commits and machines are not read', () => {
    const merge = commit(`Merge branch main because ${reason}`, {
      parents: ['2'.repeat(40), '3'.repeat(40)],
    });
    expect(tellingCommits([merge, commit(reason, { author: bot })])).toEqual([]);
  });

  test('in an edited file only the comments that the change writes are read', () => {
    const comments = [
      { lines: { start: 30, end: 30 }, text: `-- ${reason} Restore the nightly backup to go back.` },
    ];
    const edited = { status: 'modified' as const, comments };
    expect(assess('drop-column', [], '', edited).reading).toBe('none');
    expect(
      assess('drop-column', [], '', {
        ...edited,
        comments: comments.map((c) => ({ ...c, lines: { start: 20, end: 20 } })),
      }).reading,
    ).toBe('real');
  });

  test('block comments are read without their marks', () => {
    const text =
      '/*\n * The importer was switched off in March and nobody reads the field.\n * Restore the nightly backup to go back.\n */';
    expect(assess('drop-column', [], '', { comments: [{ lines: { start: 1, end: 4 }, text }] }).reading).toBe(
      'real',
    );
  });

  test('a down step is the way back of a change that loses nothing', () => {
    const why = 'Refunds in yen fail because their value does not fit.';
    expect(assess('type-change', [], why, { wayBack: 'down-step' }).reading).toBe('real');
    expect(assess('drop-column', [], reason, { wayBack: 'down-step' }).open).toEqual(['undo']);
    expect(assess('type-change', [], why, { wayBack: 'unknown' }).open).toEqual(['undo']);
  });

  test('an older decision record counts when it names table and column, not the table alone', () => {
    const file = scene('drop-column');
    const text = (name: string): string =>
      `# 9. Leave the old shop\n\n${name} is no longer needed since the old shop is gone; a backup stays in the archive for a year.`;
    const read = (words: string) =>
      assessRationale(
        changeOf([], [changedFile(file.path)]),
        { files: [file], decisionRecords: [{ path: 'docs/adr/9.md', text: words, isInChange: false }] },
        pullRequest(),
        8,
      ).reading;
    expect(read(text('`users.legacy_id`'))).toBe('real');
    expect(read(text('The table users'))).toBe('none');
  });
});
