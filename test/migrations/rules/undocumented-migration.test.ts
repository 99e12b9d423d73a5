import { describe, expect, test } from 'vitest';
import { evaluate as evaluateRules } from '../../../src/core/evaluate.ts';
import type { Facts } from '../../../src/core/facts.ts';
import type { Finding } from '../../../src/core/finding.ts';
import { notAvailable, type Outcome } from '../../../src/core/outcome.ts';
import { unavailable } from '../../../src/core/part.ts';
import { undocumentedMigration } from '../../../src/migrations/rules/undocumented-migration.ts';
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
    pullRequest: pullRequest(),
    coverage: unavailable('not asked for'),
    review: unavailable('not asked for'),
    earlierResults: [],
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
      '`db/migrations/0142_change.sql`: drop column on `users`. No reason was found in file comments, commit messages, description or decision records. What it removes cannot be brought back from the SQL alone. One sentence on why this is needed, and how to undo it or what waits meanwhile would do, in the file’s first comment, a `Schema-Why:` trailer, the description or a decision record.',
    );
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
      '`db/migrations/0142_change.sql`: change type on `payments`. Written: why (commit messages); not found in file comments, commit messages, description or decision records: a way back or the impact. If the deploy stalls, whoever is on call has only the SQL to decide by. One sentence on how to undo it or what waits meanwhile would do, in the file’s first comment, a `Schema-Rollback:` trailer, the description or a decision record.',
    );
  });

  test('a pointer for a change that only adds', () => {
    expect(textOf(findingOn({ scene: 'add-column', place: 'body', text: 'Closes #812' }))).toBe(
      '`db/migrations/0142_change.sql`: add column on `subscriptions`. Only a pointer elsewhere was found in file comments, commit messages, description or decision records, so the reason lives outside the repository. The SQL alone will not tell the next reader what this was for. One sentence on why this is needed would do, in the file’s first comment, a `Schema-Why:` trailer, the description or a decision record.',
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
      '`db/migrations/0142_change.sql`: create index on `orders`. The text says the index is built concurrently; the statement on `orders` has no `CONCURRENTLY`. Whoever deploys this would plan with the sentence, not with the statement. Which of the two is meant, the sentence or the statement?',
    );
  });

  test.each(Object.entries(corpus))('%s: at most 80 words, one question, no scolding', (_title, sample) => {
    const verdict = evaluate(factsOfText(sample));
    if (verdict.kind !== 'findings') return;
    const text = textOf(findingOf(verdict));
    expect(text.split(/\s+/).length).toBeLessThanOrEqual(80);
    expect(text.split('?').length - 1).toBeLessThanOrEqual(1);
    expect(text).not.toMatch(/!|\b(?:you|your|please|simply|just|should|violation|author)\b/i);
  });

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
      '`db/migrations/0142_change.sql`: create index on `orders`. No reason was found in file comments, commit messages or decision records (the description was not read).',
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

  test('a squash that drops data is asked about', () => {
    const deleted = [1, 2, 3].map((at) => changedFile(`db/migrations/000${at}.sql`, { status: 'deleted' }));
    expect(evaluate({ ...silent, change: changeOf([], deleted) }).kind).toBe('findings');
  });

  test('a file that could not be analysed is asked about', () => {
    const opaque = migration([], { notAnalysed: [{ lines: { start: 3, end: 4 }, why: 'a DO block' }] });
    const finding = findingOf(evaluate({ ...silent, migrations: { files: [opaque], decisionRecords: [] } }));
    expect(finding.observation).toMatch(
      /^`db\/migrations\/0142_change\.sql`: statements that could not be analysed\./,
    );
    expect(finding.place).toEqual({ path: 'db/migrations/0142_change.sql', line: 3 });
  });
});
