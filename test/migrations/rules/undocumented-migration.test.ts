import { describe, expect, test } from 'vitest';
import { evaluate as evaluateRules } from '../../../src/core/evaluate.ts';
import type { Facts } from '../../../src/core/facts.ts';
import type { Finding } from '../../../src/core/finding.ts';
import { notAvailable, type Outcome } from '../../../src/core/outcome.ts';
import { unavailable } from '../../../src/core/part.ts';
import { undocumentedMigration } from '../../../src/migrations/rules/undocumented-migration.ts';
import { blindNonReasons, blindReasons } from '../rationale/blind-corpus.ts';
import { corpus } from '../rationale/corpus.ts';
import {
  bot,
  changedFile,
  changeOf,
  commit,
  factsOfText,
  pullRequest,
  type TextFacts,
} from '../rationale/facts-of-text.ts';
import { migration, operation, scene } from '../rationale/scenes.ts';

function evaluate(parts: Partial<Pick<Facts, 'pullRequest'>> & Omit<TextFacts, 'pullRequest'>): Outcome {
  const facts: Facts = {
    schemaVersion: 1,
    now: '2026-03-01T10:00:00Z',
    seed: 1,
    repository: { name: 'acme/shop' },
    asked: {},
    settings: { settings: {}, from: [], problems: [] },
    pullRequest: pullRequest(),
    coverage: unavailable('not asked for'),
    review: unavailable('not asked for'),
    earlierResults: [],
    replies: [],
    remarks: [],
    ...parts,
  };
  return evaluateRules(facts, [undocumentedMigration])[0]?.outcome ?? notAvailable('no result');
}

function findingOf(verdict: Outcome): Finding {
  if (verdict.kind !== 'findings' || verdict.findings.length !== 1)
    throw new Error(`no single finding: ${JSON.stringify(verdict)}`);
  return verdict.findings[0] as Finding;
}

function textOf({ observation, impact, action }: Finding): string {
  return `${observation} ${impact} ${action}`;
}

function findingOn(text: Parameters<typeof factsOfText>[0]): Finding {
  return findingOf(evaluate(factsOfText(text)));
}

describe('texts', () => {
  test('no reason anywhere for a drop', () => {
    expect(textOf(findingOn({ scene: 'drop-column', place: 'body', text: '' }))).toBe(
      'No reason is written down for `DROP COLUMN` on `users` (looked in the file and the description). What it removes cannot be brought back from the SQL alone. One sentence at the head of this file would do: why it is needed, and how to undo it or what waits meanwhile.',
    );
  });

  test('no reason for an index, with the number of commit messages', () => {
    const facts = factsOfText({ scene: 'index', place: 'commit', text: 'wip' });
    const change = { ...facts.change, commits: [commit(''), commit('')] };
    expect(textOf(findingOf(evaluate({ ...facts, change })))).toBe(
      'No reason is written down for `CREATE INDEX` on `orders` (looked in the file, 2 commit messages and the description). Writes to `orders` wait while it runs; the SQL does not say why. One sentence at the head of this file would do: why it is needed, and how to undo it or what waits meanwhile.',
    );
  });

  test('hangs where the statement stands that it names', () => {
    const facts = factsOfText({ scene: 'drop-column', place: 'body', text: '' });
    const first = migration(
      [operation('create-table', 'notes', 'CREATE TABLE notes ()', { onTableOfThisChange: true })],
      { path: 'a/1_a.sql' },
    );
    const migrations = { ...facts.migrations, files: [first, ...facts.migrations.files] };
    const { observation, place } = findingOf(evaluate({ ...facts, migrations }));
    expect(observation).toContain('for `DROP COLUMN` on `users` and 1 more change');
    expect(place).toMatchObject({ path: facts.migrations.files[0]?.path });
  });

  test('a why without a way back', () => {
    expect(
      textOf(
        findingOn({
          scene: 'type-change',
          place: 'commit',
          text: 'Widen amounts\n\nRefunds in yen fail because their value does not fit.',
        }),
      ),
    ).toBe(
      'The reason for `ALTER COLUMN TYPE` on `payments` is written (commit messages); how it is undone, or what waits meanwhile, is not. Reads and writes of `payments` wait while it runs; whoever is on call has only the SQL. One sentence at the head of this file would do: how to undo it or what waits meanwhile.',
    );
  });

  test('an impact without a why', () => {
    expect(
      textOf(
        findingOn({
          scene: 'index',
          place: 'file',
          text: 'Blocks writes on orders for about 90 seconds at 12 million rows.',
        }),
      ),
    ).toBe(
      'The impact of `CREATE INDEX` on `orders` is written down, the reason is not (looked in the file and the description). Writes to `orders` wait while it runs; the SQL does not say why. One sentence at the head of this file would do: why it is needed.',
    );
  });

  test('a title that names a feature, above a step that can go wrong', () => {
    expect(
      textOf(findingOn({ scene: 'not-null', place: 'commit', text: 'feat: custom invoices for agents' })),
    ).toBe(
      'What is written about `SET NOT NULL` on `orders` names a purpose, not why this step is needed (looked in the file, 1 commit message and the description). Reads and writes of `orders` wait while it runs; the SQL does not say why. One sentence at the head of this file would do: why it is needed, and how to undo it or what waits meanwhile.',
    );
  });

  test('a pointer for a change that only adds', () => {
    expect(textOf(findingOn({ scene: 'add-column', place: 'body', text: 'Closes #812' }))).toBe(
      'For `ADD COLUMN` on `subscriptions` there is a link or a number, no reason (looked in the file and the description). The SQL alone will not tell the next reader what it was for. One sentence at the head of this file would do: what it is for.',
    );
  });

  test('a paraphrase', () => {
    expect(
      textOf(findingOn({ scene: 'new-table', place: 'commit', text: 'Create subscription_pauses table' })),
    ).toBe(
      'What is written about `CREATE TABLE` on `subscription_pauses` repeats the SQL (looked in the file, 1 commit message and the description). The SQL alone will not tell the next reader what it was for. One sentence at the head of this file would do: what it is for.',
    );
  });

  test('an edited migration is not asked for a comment: its hash may be checked', () => {
    const facts = factsOfText({ scene: 'add-column', place: 'body', text: '' });
    const edited = facts.migrations.files.map((file) => ({ ...file, status: 'modified' as const }));
    const parts = { ...facts, migrations: { files: edited, decisionRecords: [] } };
    expect(findingOf(evaluate(parts)).action).toBe(
      'One sentence in the description would do: what it is for.',
    );
    expect(findingOf(evaluate({ ...parts, pullRequest: unavailable('no token') })).action).toBe(
      'One sentence in the commit message would do: what it is for.',
    );
  });

  test('a contradiction is a finding although everything is written', () => {
    expect(
      textOf(
        findingOn({
          scene: 'index',
          place: 'commit',
          text: 'Index orders by status\n\nThe dashboard times out on big shops. The index is created concurrently, so no writes wait.',
        }),
      ),
    ).toBe(
      'The text says the index on `orders` is built concurrently; the statement has no `CONCURRENTLY`. Whoever deploys this would plan with the sentence, not with the statement. Which of the two is meant, the sentence or the statement?',
    );
  });

  test.each(Object.entries({ ...corpus, ...blindReasons, ...blindNonReasons }))(
    '%s: at most 60 words, one question, no scolding',
    (_title, sample) => {
      const verdict = evaluate(factsOfText(sample));
      if (verdict.kind !== 'findings') return;
      const text = textOf(findingOf(verdict));
      expect(text.split(/\s+/).length).toBeLessThanOrEqual(60);
      expect(text.split('?').length - 1).toBeLessThanOrEqual(1);
      expect(text).not.toMatch(/!|\b(?:you|your|please|simply|just|should|violation|author)\b/i);
    },
  );

  test('hostile names stay one word between backticks', () => {
    const name = `orders\` [x](http://evil) \n::error:: ${'very long '.repeat(40)}\u202e`;
    const file = migration([operation('drop-table', name, 'DROP TABLE x', { destroysData: true })], {
      path: `db/${name}.sql`,
    });
    const text = textOf(
      findingOf(
        evaluate({
          change: changeOf([], [changedFile(file.path)]),
          migrations: { files: [file], decisionRecords: [] },
        }),
      ),
    );
    expect(text.split(/\s+/).length).toBeLessThanOrEqual(80);
    expect(text).not.toMatch(/[\n\u202e]/);
    expect(text.split('`').length % 2).toBe(1);
  });
});

describe('place, identity and confidence', () => {
  test('the finding stands on the first statement that the change adds', () => {
    const first = migration(
      [operation('add-column', 'users', 'ALTER TABLE users ADD x int', { isOld: true })],
      { path: 'db/1.sql' },
    );
    const second = migration(
      [operation('drop-table', 'b', 'DROP TABLE b', { destroysData: true, lines: { start: 9, end: 9 } })],
      { path: 'db/2.sql' },
    );
    const change = changeOf([], [changedFile('db/1.sql'), changedFile('db/2.sql')]);
    const finding = findingOf(
      evaluate({ change, migrations: { files: [first, second], decisionRecords: [] } }),
    );
    expect(finding.place).toEqual({ path: 'db/2.sql', line: 9 });
    expect(undocumentedMigration.identity(finding)).toEqual(['change']);
    expect(finding.measurements).toEqual([
      { name: 'questions answered', value: 0, unit: 'reasons', base: 2 },
    ]);
  });

  test('empty places are sure, weighed words less so, an unread description least', () => {
    const none = { scene: 'index', place: 'commit', text: '' } as const;
    expect(findingOn(none).confidence).toBe('high');
    expect(findingOn({ ...none, text: 'Add index on orders.status' }).confidence).toBe('medium');
    const unread = findingOf(evaluate({ ...factsOfText(none), pullRequest: unavailable('no token') }));
    expect(unread.confidence).toBe('low');
    expect(unread.observation).toBe(
      'No reason is written down for `CREATE INDEX` on `orders` (looked in the file and 1 commit message; the description was not read).',
    );
  });
});

describe('quiet', () => {
  const silent = factsOfText({ scene: 'drop-column', place: 'body', text: '' });
  const file = scene('drop-column');

  test('a written reason passes and says where it stands', () => {
    expect(
      evaluate(
        factsOfText({
          scene: 'index',
          place: 'file',
          text: 'Needed so the fraud job stops scanning every order; takes a SHARE lock for roughly 20 s at our size.',
        }),
      ),
    ).toEqual({
      kind: 'pass',
      seen: 'written down: why (file comments), impact (file comments)',
    });
  });

  test('another language is said and not warned about', () => {
    expect(
      evaluate(
        factsOfText({
          scene: 'drop-column',
          place: 'body',
          text: 'Die Spalte wird nicht mehr gelesen, seit der alte Shop abgeschaltet ist.',
        }),
      ),
    ).toEqual({
      kind: 'pass',
      seen: 'a reason may be written in a language that is not judged',
    });
  });

  test.each<[string, Parameters<typeof evaluate>[0]]>([
    ['the change has no migration', { ...silent, migrations: { files: [], decisionRecords: [] } }],
    [
      'only down steps change',
      { ...silent, migrations: { files: [{ ...file, direction: 'down' }], decisionRecords: [] } },
    ],
    ['a machine account opened the pull request', { ...silent, pullRequest: pullRequest({ author: bot }) }],
    [
      'every commit comes from a machine account',
      {
        ...silent,
        change: changeOf([commit('Bump', { author: bot })], silent.change.files),
        pullRequest: unavailable('no token'),
      },
    ],
    [
      'no statement is added: migrations are only renamed, or their comments edited',
      {
        ...silent,
        migrations: {
          files: [{ ...file, operations: file.operations.map((each) => ({ ...each, isOld: true })) }],
          decisionRecords: [],
        },
      },
    ],
    [
      'older migrations are squashed into one',
      {
        ...silent,
        change: changeOf(
          [],
          [1, 2, 3].map((at) => changedFile(`db/migrations/000${at}.sql`, { status: 'deleted' })),
        ),
        migrations: { files: [scene('new-table')], decisionRecords: [] },
      },
    ],
  ])('%s', (reason, facts) => {
    expect(evaluate(facts)).toEqual({ kind: 'not-applicable', reason });
  });

  test('a first schema needs no reason, unless it touches what it did not create', () => {
    const first = { ...scene('new-table'), path: 'prisma/migrations/20260301_init/migration.sql' };
    const parts = { ...silent, migrations: { files: [first], decisionRecords: [] } };
    expect(evaluate(parts)).toEqual({ kind: 'not-applicable', reason: 'a project’s first schema' });
    const more = { ...first, operations: [...first.operations, ...file.operations] };
    expect(evaluate({ ...parts, migrations: { files: [more], decisionRecords: [] } }).kind).toBe('findings');
  });

  test('a squash that drops data is asked about', () => {
    const deleted = [1, 2, 3].map((at) => changedFile(`db/migrations/000${at}.sql`, { status: 'deleted' }));
    expect(evaluate({ ...silent, change: changeOf([], deleted) }).kind).toBe('findings');
  });

  test('a file that could not be analysed is asked about', () => {
    const opaque = migration([], { notAnalysed: [{ lines: { start: 3, end: 4 }, why: 'a DO block' }] });
    const finding = findingOf(evaluate({ ...silent, migrations: { files: [opaque], decisionRecords: [] } }));
    expect(finding.observation).toBe(
      'No reason is written down for statements that could not be analysed (looked in the file and the description).',
    );
    expect(finding.place).toEqual({ path: 'db/migrations/0142_change.sql', line: 3 });
  });
});
