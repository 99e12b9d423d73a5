import { describe, expect, test } from 'vitest';
import type { Commit } from '../../../src/core/change.ts';
import type { MigrationFacts } from '../../../src/core/migration-facts.ts';
import {
  assessRationale,
  type RationaleAssessment,
} from '../../../src/migrations/rationale/assess-rationale.ts';
import { tellingCommits } from '../../../src/migrations/rationale/commit-texts.ts';
import { reasonDepth } from '../../../src/migrations/rationale/reason-depth.ts';
import { bot, changedFile, changeOf, commit, pullRequest, template } from './facts-of-text.ts';
import { migration, operation, type SceneName, scene } from './scenes.ts';

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

/** The open questions of a change with these statements and commits; nothing else is written. */
function openAfter(
  file: Parameters<typeof migration>,
  commits: readonly Commit[],
  { others = 30, touchedBy }: { others?: number; touchedBy?: MigrationFacts['touchedBy'] } = {},
): readonly string[] {
  const one = migration(...file);
  const files = Array.from({ length: others }, (_, at) => changedFile(`src/part-${at}.ts`));
  const change = changeOf(commits, [changedFile(one.path), ...files]);
  const migrations = { files: [one], decisionRecords: [], ...(touchedBy && { touchedBy }) };
  return assessRationale(change, migrations, pullRequest(), 1).open;
}

describe('a branch whose commits are told apart', () => {
  const [asks, tells] = [
    commit('Add a column', { id: 'a'.repeat(40) }),
    commit(`Tidy the forms\n\n${reason}`),
  ];
  const file: Parameters<typeof migration> = [scene('add-column').operations];

  test('a commit that does not touch the migration gives no reason for it', () => {
    const touchedBy = [{ commit: asks.id, otherFiles: 0 }];
    expect(openAfter(file, [asks, tells], { others: 1 })).toEqual([]);
    expect(openAfter(file, [asks, tells], { others: 1, touchedBy })).toEqual(['why']);
  });

  test('unless it names it', () => {
    const touchedBy = [{ commit: asks.id, otherFiles: 0 }];
    const names = commit('Tidy the forms\n\nThe subscription is paused because couriers asked for it.');
    expect(openAfter(file, [asks, names], { touchedBy })).toEqual([]);
  });

  test('a commit that changes one file beside the migration is about it from end to end, one with two is not', () => {
    const both = commit(`Tidy the forms\n\n${reason}`, { id: 'b'.repeat(40) });
    const open = (otherFiles: number) =>
      openAfter([scene('backfill').operations], [both, asks], {
        touchedBy: [
          { commit: both.id, otherFiles },
          { commit: asks.id, otherFiles: 3 },
        ],
      });
    expect(open(1)).not.toContain('why');
    expect(open(2)).toContain('why');
  });
});

test('a picture before a subject says what its words would', () => {
  const table: Parameters<typeof migration> = [scene('new-table').operations];
  expect(openAfter(table, [commit('✨ Add pauses (#12)')])).toEqual([]);
  expect(openAfter(table, [commit('♻️ Add pauses (#12)')])).toEqual(['why']);
});

test('a word of the change’s own names is no way back', () => {
  const drop = operation('drop-column', 'block_reverts', 'ALTER TABLE block_reverts DROP COLUMN op', {
    column: 'op',
    destroysData: true,
  });
  const text = 'Drop op\n\nReverting a long chain of blocks was slow because of it.';
  expect(openAfter([[drop]], [commit(text)])).toEqual(['undo']);
  expect(openAfter([[drop]], [commit(`${text} To undo it, restore the dump.`)])).toEqual([]);
});

test('a title tells a way back in a second clause alone', () => {
  const drop: Parameters<typeof migration> = [scene('drop-column').operations];
  const small = { others: 1 };
  const why = '\n\nThe importer was switched off in March and nobody reads the field.';
  expect(
    openAfter(drop, [commit(`Rollback the sync of legacy_id into the backup (#12)${why}`)], small),
  ).toEqual(['undo']);
  expect(
    openAfter(drop, [commit(`Drop legacy_id; a copy is kept in users_legacy (#12)${why}`)], small),
  ).toEqual([]);
});

describe('dropping an index', () => {
  const drop: Parameters<typeof migration> = [scene('drop-index').operations];
  test('loses nothing, and that it is of no use is the whole reason', () => {
    expect(openAfter(drop, [commit('Remove redundant index on events')])).toEqual([]);
    expect(openAfter(drop, [commit('Remove index on events')])).toEqual(['why']);
  });
  test('a column is another matter', () => {
    expect(openAfter([scene('drop-column').operations], [commit('Remove redundant legacy_id')])).toEqual([
      'why',
      'undo',
    ]);
  });
});

test('rows that a constant picks are ordinary work: a purpose is enough', () => {
  const update = operation('update', 'mail_texts', "UPDATE mail_texts SET body = 'Hi' WHERE id = 'welcome'");
  const commits = [commit('Friendlier greeting for new customers')];
  expect(openAfter([[{ ...update, rows: 'chosen' }]], commits)).toEqual([]);
  expect(openAfter([[{ ...update, rows: 'all' }]], commits)).toContain('undo');
});

test('a part that could not be analysed is no low risk, and asks for nothing more than what is known', () => {
  const file = { notAnalysed: [{ lines: { start: 9, end: 12 }, why: 'a DO block' }] };
  const operations = scene('add-column').operations;
  expect(reasonDepth([migration(operations)], new Set())).toMatchObject({
    risk: 'low',
    isPurposeEnough: true,
  });
  expect(reasonDepth([migration(operations, file)], new Set())).toMatchObject({
    risk: 'medium',
    isPurposeEnough: true,
    tellsWayBack: true,
  });
});

describe('where a way back brings everything back', () => {
  const commits = [commit('Group clients by the shop they order from')];
  test('a subject that names a purpose is enough', () => {
    const operations = scene('foreign-key').operations;
    expect(openAfter([operations], commits)).toEqual(['why', 'undo']);
    expect(openAfter([operations, { wayBack: 'down-step' }], commits)).toEqual([]);
  });
  test('it is not where data is lost', () => {
    const operations = scene('drop-table').operations;
    expect(openAfter([operations, { wayBack: 'down-step' }], commits)).toEqual(['why', 'undo']);
  });
});

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

  test('what COMMENT ON says is documentation, and no name of the change', () => {
    const plain = scene('add-column');
    const described = (text: string) => ({
      operations: [
        ...plain.operations,
        operation('comment', 'subscriptions', `COMMENT ON COLUMN subscriptions.paused_at IS '${text}'`),
      ],
    });
    expect(assess('add-column', [], '', described("When the customer''s holiday began")).reading).toBe(
      'real',
    );
    expect(assess('add-column', [], '', described('paused at')).open).toEqual(['why']);
  });

  test('subjects listed in a squash message may name a purpose where little can go wrong', () => {
    const list = commit('Subscriptions (#12)\n\n* let customers pause while they travel\n\n* fix lint');
    expect(assess('add-column', [list], '').reading).toBe('real');
    expect(assess('not-null', [list], '').open).toEqual(['why', 'undo']);
  });

  test('"fix:" above a trouble with the schema is a why, above a bare statement it is none', () => {
    const fix = (body: string) => [commit(`fix(orders): constraint\n\n${body}`)];
    expect(assess('not-null', fix('The constraint is incorrect on customer_id.'), '').open).toEqual(['undo']);
    expect(assess('not-null', fix('Add missing constraint.'), '').open).toEqual(['why', 'undo']);
  });

  test('a pasted query is code, a sentence that begins with its verb is not', () => {
    const takes = 'Select queries on orders time out (8 s), and merchants give up.';
    expect(assess('index', [], takes).open).toEqual(['undo']);
    expect(assess('index', [], "select * from orders where status = 'open' and shop = 'slow'").reading).toBe(
      'none',
    );
  });
});

describe('what has to be written', () => {
  const title = [commit('feat: agents may reassign an order')];

  test('a title that names a feature is enough for a nullable column, not for NOT NULL', () => {
    expect(assess('add-column', title, '').open).toEqual([]);
    expect(assess('not-null', title, '').open).toEqual(['why', 'undo']);
  });

  test('an index built concurrently needs a why and no way back', () => {
    const why = 'The courier page takes 9 s for big shops.';
    expect(assess('concurrent-index', [], why).open).toEqual([]);
    expect(assess('index', [], why).open).toEqual(['undo']);
    expect(assess('concurrent-index', title, '').open).toEqual(['why']);
  });

  test('statements that could not be analysed are asked for their reason only', () => {
    const opaque = { operations: [], notAnalysed: [{ lines: { start: 1, end: 9 }, why: 'a DO block' }] };
    expect(assess('not-null', [], 'Guest checkout left orders that nobody owns.', opaque).open).toEqual([]);
    expect(assess('not-null', [], '', opaque).open).toEqual(['why']);
  });

  test('in a large change, the name of a file that could not be read shows which words are about it', () => {
    const opaque = {
      ...scene('not-null'),
      path: 'db/migrations/20260301_extend_team_metrics_ttl.sql',
      operations: [],
      notAnalysed: [{ lines: { start: 1, end: 9 }, why: 'written for ClickHouse, which is not read' }],
    };
    const others = Array.from({ length: 30 }, (_, at) => changedFile(`src/part-${at}.ts`));
    const open = (body: string) =>
      assessRationale(
        changeOf([], [changedFile(opaque.path), ...others]),
        { files: [opaque], decisionRecords: [] },
        pullRequest({ body }),
        8,
      ).open;
    expect(open('Metrics are kept for a year now, because finance compares quarters.')).toEqual([]);
    expect(open('The login page is rendered on the server, because phones were slow.')).toEqual(['why']);
  });

  test('a down file of the same name is the way back where no framework is known to pair them', () => {
    const up = { ...scene('not-null'), path: 'db/V3.Orders.up.sql', wayBack: 'unknown' as const };
    const down = (path: string) => ({ ...up, path, direction: 'down' as const });
    const open = (path: string) =>
      assessRationale(
        changeOf([], [changedFile(up.path)]),
        { files: [up, down(path)], decisionRecords: [] },
        pullRequest({ body: 'Guest checkout left orders that nobody owns.' }),
        8,
      ).open;
    expect(open('db/V3.Orders.down.sql')).toEqual([]);
    expect(open('db/V2.Orders.down.sql')).toEqual(['undo']);
  });
});
