import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/core/migration-facts.ts';
import { assessRationale } from '../../../src/migrations/rationale/assess-rationale.ts';
import { changedFile, changeOf, commit, pullRequest } from './facts-of-text.ts';
import { migration, operation } from './scenes.ts';

const pausedAt = operation(
  'add-column',
  'subscriptions',
  'ALTER TABLE subscriptions ADD COLUMN paused_at timestamptz',
  {
    column: 'paused_at',
  },
);
const timeout = operation('add-column', 'jobs', 'ALTER TABLE jobs ADD COLUMN timeout integer', {
  column: 'timeout',
});
const feedback = operation('create-table', 'chat_feedback', 'CREATE TABLE chat_feedback (id bigint)', {
  onTableOfThisChange: true,
});
const exportKind = operation(
  'add-enum-value',
  '',
  "ALTER TYPE activity_kind ADD VALUE 'INVOICE_EXPORT' -- couriers asked",
  {
    name: 'activity_kind',
  },
);
const copied = operation(
  'create-table',
  'order_summaries',
  'CREATE TABLE order_summaries AS SELECT * FROM orders',
  { onTableOfThisChange: true },
);

/** A change that adds little and says what `message` says, in a large change and nowhere else. */
function openAfter(...parameters: Parameters<typeof assess>) {
  return assess(...parameters).open;
}

function assess(message: string, statement: Operation, file: Parameters<typeof migration>[1] = {}) {
  const one = migration([statement], file);
  const others = Array.from({ length: 30 }, (_, at) => changedFile(`src/part-${at}.ts`));
  const change = changeOf([commit(message)], [changedFile(one.path), ...others]);
  return assessRationale(change, { files: [one], decisionRecords: [] }, pullRequest(), 1);
}

describe('a subject that names what the change is for', () => {
  test.each([
    ['Chat feedback backend (#513)', feedback],
    ['Notes and themes', pausedAt],
    ['Add invoice export', exportKind],
    ['materialize the order_summaries view for performance', copied],
    ['Feature/travel pauses (#12)', pausedAt],
    ['Avoid double billing', pausedAt],
    ['Support pausedAt and travel', pausedAt],
    ['add a setting to show paused subscriptions', pausedAt],
    ['feat: add travel indexing', pausedAt],
    ['feat: adding support for v2 API', pausedAt],
  ])('%s', (message, statement) => {
    expect(openAfter(message, statement)).toEqual([]);
  });
});

describe('a subject that tells the statement again', () => {
  test.each([
    ['add paused at to subscriptions', pausedAt],
    ['Refactor/add paused at to subscriptions (#12)', pausedAt],
    ['Add a timeout to jobs', timeout],
    ['20177 jobs and their timeout column', timeout],
    ['add db migrations for v2', pausedAt],
    ['Add missing files in r22289', pausedAt],
    ['Add missing files of 7af16bd', pausedAt],
    ['Populate paused_at', pausedAt],
    ['Replace paused_at', pausedAt],
    ['[web] Set subscriptions to paused', pausedAt],
    ['AB-CD-240: Subscriptions', pausedAt],
    ['New paused fields to subscription', pausedAt],
    ['fix: dropped the paused dates', pausedAt],
  ])('%s', (message, statement) => {
    expect(openAfter(message, statement)).toEqual(['why']);
  });
});

test('four letters of a script in which two are a word may hold a purpose', () => {
  expect(assess('暂停订阅', pausedAt).reading).toBe('not-judged');
  expect(assess('пауза', pausedAt).reading).toBe('none');
});

describe('beside a subject that says nothing', () => {
  test.each([
    'Add tests for the pause helpers of subscriptions',
    'Subscriptions\n\n🤖 Generated with [a subscriptions tool](https://example.org)',
  ])('%j is no purpose', (text) => {
    expect(openAfter(`Update schema\n\n${text}`, pausedAt)).toEqual(['why']);
  });

  test('what a squash lists counts where it names something of the change', () => {
    const squash = (listed: string) => `Update schema (#12)\n\n* ${listed}\n\n* fix lint`;
    expect(openAfter(squash('filter pill styling'), pausedAt)).toEqual(['why']);
    expect(openAfter(squash('couriers see paused subscriptions'), pausedAt)).toEqual([]);
  });
});

test('two statements of which one is the other’s cause are a reason, of words of the schema too', () => {
  const drop = { ...pausedAt, kind: 'drop-default', scan: true, blocks: 'reads' } as const;
  const open = (text: string) => openAfter(`Update schema\n\n${text}`, drop);
  expect(
    open('The default of subscriptions is now set in the model, so we can drop it from the column.'),
  ).toEqual(['undo']);
  expect(open('The default of subscriptions is now set in the model, so it is.')).toEqual(['why', 'undo']);
  expect(open('Drop the default of subscriptions because the default of subscriptions.')).toEqual([
    'why',
    'undo',
  ]);
});

test('a migration that takes a while tells its impact', () => {
  const drop = { ...pausedAt, kind: 'drop-column', destroysData: true };
  const open = (text: string) =>
    openAfter(
      `Drop the date\n\nThe importer was switched off in March and nobody reads the paused date. ${text}`,
      drop,
    );
  expect(open('The migration might take some time.')).toEqual([]);
  expect(open('The talk might take some time.')).toEqual(['undo']);
});

describe('comments', () => {
  const at = (line: number, text: string) => ({ lines: { start: line, end: line }, text });

  test('names in code say nothing', () => {
    expect(openAfter('Update schema', pausedAt, { comments: [at(2, 'courseEnd courseStart')] })).toEqual([
      'why',
    ]);
  });

  test.each([
    'empty message',
    'This migration comes from active_storage (originally 20190112182829)',
    '-- Up Migration',
    '-- Down Migration',
  ])('%s is generated', (text) => {
    expect(openAfter('Update schema', pausedAt, { comments: [at(1, text)] })).toEqual(['why']);
  });

  test('a transaction that starts is no purpose', () => {
    expect(openAfter('Update schema', pausedAt, { comments: [at(1, '-- start a transaction')] })).toEqual([
      'why',
    ]);
  });

  test('one inside the statement is not compared with itself', () => {
    const text = 'Couriers drove to addresses nobody had ordered from';
    const sql = `ALTER TABLE subscriptions\n-- ${text}, it's said\nALTER COLUMN paused_at SET NOT NULL`;
    const required = { ...pausedAt, kind: 'set-not-null', scan: true, blocks: 'reads', sql } as const;
    expect(openAfter('Update schema', required, { comments: [at(6, `-- ${text}`)] })).toEqual(['undo']);
  });

  test('below the step forward of a program they speak of the step back', () => {
    const why = 'Couriers lose the date because older apps cannot read it';
    const file = (path: string, line: number) => ({
      path,
      wayBack: 'down-step' as const,
      comments: [at(line, why)],
    });
    expect(openAfter('Update schema', pausedAt, file('app/versions/1_a.py', 4))).toEqual([]);
    expect(openAfter('Update schema', pausedAt, file('app/versions/1_a.py', 9))).toEqual(['why']);
    expect(openAfter('Update schema', pausedAt, file('db/migrations/1_a.sql', 9))).toEqual([]);
  });

  test('they may tell the way back there', () => {
    const drop = { ...pausedAt, kind: 'drop-column', destroysData: true };
    const message =
      'Drop the date\n\nThe importer was switched off in March and nobody reads the paused date.';
    const file = (text: string) => ({
      path: 'app/versions/1_a.py',
      wayBack: 'down-step' as const,
      comments: [at(9, text)],
    });
    expect(openAfter(message, drop, file('Dates are gone'))).toEqual(['undo']);
    expect(openAfter(message, drop, file('Restore the dates from the nightly backup'))).toEqual([]);
  });
});
