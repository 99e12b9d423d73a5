import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeSettings } from '../../src/config/merge-settings.ts';
import { parseSettings } from '../../src/config/parse-settings.ts';
import { rules } from '../../src/rules.ts';

const read = (text: string) => parseSettings(text, '.github/review-vitals.yml', rules);

describe('a settings file', () => {
  it('that is right is read whole', () => {
    expect(
      read(
        [
          'extends: acme/.github',
          'comment: always',
          'fail-on: failure',
          'rules:',
          '  migrations/blocking-index: failure',
          '  coverage/changed-lines-not-run: { level: notice, smallChange: 30 }',
          'ignore: ["vendor/**"]',
          'postgres: 16',
          'waivers:',
          '  - { rule: migrations/blocking-index, path: "db/old/**", reason: The table has forty rows., until: 2026-12-31 }',
        ].join('\n'),
      ),
    ).toEqual({
      extends: ['acme/.github'],
      problems: [],
      settings: {
        comment: 'always',
        failOn: 'failure',
        rules: {
          'migrations/blocking-index': { level: 'failure' },
          'coverage/changed-lines-not-run': { level: 'notice', thresholds: { smallChange: 30 } },
        },
        ignore: ['vendor/**'],
        postgres: 16,
        waivers: [
          {
            rule: 'migrations/blocking-index',
            path: 'db/old/**',
            reason: 'The table has forty rows.',
            until: '2026-12-31',
          },
        ],
      },
    });
  });

  it.each(['', '# nothing yet\n', '---\n'])('that is empty (%j) changes nothing', (text) => {
    expect(read(text)).toEqual({ settings: {}, extends: [], problems: [] });
  });

  it.each([
    ['fail_on: warning', 'review-vitals.yml:1: fail_on is no setting; fail-on is'],
    [
      'rules:\n  migrations/blocking-indx: off',
      'review-vitals.yml:2: rules.migrations/blocking-indx is no setting; migrations/blocking-index is',
    ],
    [
      'rules:\n  coverage/changed-lines-not-run:\n    smallChage: 5',
      'review-vitals.yml:3: rules.coverage/changed-lines-not-run.smallChage is no setting; smallChange is',
    ],
    [
      'rules:\n  coverage/changed-lines-not-run:\n    largestUnmapped: 80',
      'review-vitals.yml:3: rules.coverage/changed-lines-not-run.largestUnmapped is 80; at most 1 is expected (a ratio, 0.8 for 80 %)',
    ],
    [
      'comment: sometimes',
      'review-vitals.yml:1: comment is "sometimes"; it can be on-findings, always, never',
    ],
    ['\n\nsprint: 3', 'review-vitals.yml:3: sprint is 3; a mapping is expected'],
    [
      'waivers:\n  - rule: migrations/blocking-index\n    reason: short\n    until: 2026-12-31',
      'review-vitals.yml:3: waivers.0.reason is "short"; a reason of at least ten characters is expected',
    ],
    ['- a list', 'review-vitals.yml:1: the file is ["a list"]; a mapping is expected'],
    ['comment: [', 'review-vitals.yml:1:'],
    ['comment: !!js/function "x"', 'review-vitals.yml:1: Unresolved tag'],
    [
      `a: &a [x]\n${Array.from({ length: 9 }, (_, level) => `b${level}: &b${level} [${Array(20).fill(level === 0 ? '*a' : `*b${level - 1}`)}]`).join('\n')}`,
      'the file refers to itself too often',
    ],
    [
      'ignore: &a [x]\nmodules:\n  api: *b',
      'review-vitals.yml:3: nothing before this line is called &b; the default settings are used',
    ],
    [
      'rules:\n  blocking-index: off',
      'review-vitals.yml:2: rules.blocking-index is no setting; migrations/blocking-index is',
    ],
    [
      'waivers:\n  - rule: migrations/blocking-indx',
      'review-vitals.yml:2: waivers.0.rule is "migrations/blocking-indx"; migrations/blocking-index is one',
    ],
    [
      'rules:\n  coverage/changed-lines-not-run:\n    smallChange: .inf',
      'review-vitals.yml:3: rules.coverage/changed-lines-not-run.smallChange is Infinity; a number is expected',
    ],
    [
      'ignore: ["!src/**"]',
      'review-vitals.yml:1: ignore.0 is "!src/**"; a path or a glob is expected, and none that begins with an exclamation mark',
    ],
    [
      'sprint: { start: 2026-02-31, days: 14 }',
      'review-vitals.yml:1: sprint.start is "2026-02-31"; the calendar has no such day',
    ],
    [
      'sprint: { start: 2026-13-45, days: 14 }',
      'review-vitals.yml:1: sprint.start is "2026-13-45"; the calendar has no such day',
    ],
  ])('%j is told with its line and what was meant', (text, problem) => {
    expect(read(text).problems.join('\n')).toContain(problem);
  });

  it('names the version of a MySQL or MariaDB server as a number or as a text', () => {
    expect(read('mysql: 8.4\nmariadb: 10.11.6').settings).toEqual({ mysql: '8.4', mariadb: '10.11.6' });
    expect(read('mysql: eight').problems).toEqual([
      '.github/review-vitals.yml:1: mysql is "eight"; a version like 8.0 or 10.11.6 is expected',
    ]);
  });

  it('knows 10.10 from 10.1, which YAML takes for one number', () => {
    expect(read('mariadb: 10.10').settings).toEqual({ mariadb: '10.10' });
    expect(read('mariadb: 10.1').settings).toEqual({ mariadb: '10.1' });
    expect(read('mysql: 8').settings).toEqual({ mysql: '8' });
    expect(read('mysql: 4.1').problems).toEqual([
      '.github/review-vitals.yml:1: mysql is "4.1"; a version like 8.0 or 10.11.6 is expected',
    ]);
    expect(read('mysql: 5.0').problems).toEqual([]);
  });

  it('is told once of what is wrong, and not of what is missing without it', () => {
    expect(read('sprint: { start: "5.1.2026", days: 3.5, length: 1 }').problems).toEqual([
      '.github/review-vitals.yml:1: sprint.start is "5.1.2026"; a day as YYYY-MM-DD is expected',
      '.github/review-vitals.yml:1: sprint.days is 3.5; a whole number is expected',
      '.github/review-vitals.yml:1: sprint.length is no setting; here it can be start, days',
    ]);
    expect(read('sprint: { start: 2026-01-05 }').problems).toEqual([
      '.github/review-vitals.yml:1: sprint.days is missing; a number is expected',
    ]);
  });

  it('that is wrong in one place is used in the others', () => {
    expect(
      read(
        'comment: sometimes\npostgres: 16\nwaivers:\n  - reason: x\n  - { rule: migrations/blocking-index, reason: The table is tiny., until: 2026-12-31 }',
      ).settings,
    ).toEqual({
      postgres: 16,
      waivers: [{ rule: 'migrations/blocking-index', reason: 'The table is tiny.', until: '2026-12-31' }],
    });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        read(text);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('settings that build on others', () => {
  it('win key by key, and replace lists', () => {
    expect(
      mergeSettings(
        { rules: { a: { level: 'off' } }, ignore: ['x'] },
        {
          comment: 'never',
          rules: { a: { level: 'warning', thresholds: { n: 1 } }, b: { level: 'notice' } },
          ignore: ['y', 'z'],
        },
      ),
    ).toEqual({
      comment: 'never',
      rules: { a: { level: 'off', thresholds: { n: 1 } }, b: { level: 'notice' } },
      ignore: ['x'],
    });
  });
});

describe('instances', () => {
  it('have their paths by name, in the order of the file', () => {
    const { settings, problems } = read(
      'instances:\n  web: [services/web/**]\n  api: [services/api/**, db/**]\n',
    );
    expect(problems).toEqual([]);
    expect(Object.entries(settings.instances ?? {})).toEqual([
      ['web', ['services/web/**']],
      ['api', ['services/api/**', 'db/**']],
    ]);
  });

  it.each([
    [
      'Back End: [x]',
      'instances.Back End is no name here; an `id` of 1 to 40 small letters, digits and hyphens is expected',
    ],
    ['back: []', 'instances.back is []; at least 1 is expected'],
    ['back: x', 'instances.back is "x"; a list is expected'],
  ])('that cannot be meant (%s) are told, and the others hold', (line, problem) => {
    expect(read(`instances:\n  ${line}\n  ok: [y]\n`)).toMatchObject({
      settings: { instances: { ok: ['y'] } },
      problems: [`.github/review-vitals.yml:2: ${problem}`],
    });
  });

  it('of the nearer file come first', () => {
    const merged = mergeSettings({ instances: { web: ['a'] } }, { instances: { api: ['b'], web: ['c'] } });
    expect(Object.entries(merged.instances ?? {})).toEqual([
      ['web', ['a']],
      ['api', ['b']],
    ]);
  });
});

it('English is the one language so far; another one is a problem to tell', () => {
  expect(parseSettings('lang: en\n', 'f.yml', rules).problems).toEqual([]);
  expect(parseSettings('lang: de\n', 'f.yml', rules).problems).toEqual([
    'f.yml:1: lang is "de"; it can be en',
  ]);
});
