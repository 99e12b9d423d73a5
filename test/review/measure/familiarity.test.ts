import { describe, expect, test } from 'vitest';
import type { PersonKey } from '../../../src/core/people.ts';
import type { FileKnowledge, ReviewQueue } from '../../../src/core/review-facts.ts';
import { groupFamiliarity } from '../../../src/review/measure/familiarity.ts';
import { queueLoad } from '../../../src/review/measure/queue-load.ts';
import { secondLook } from '../../../src/review/measure/second-look.ts';
import { another, author, ghost, review, reviewer, reviewFacts, robot } from '../review-facts.ts';

function file(path: string, known: readonly string[], teams: readonly string[] = []): FileKnowledge {
  return { path, known: known as readonly PersonKey[], teams };
}

const lines = new Map([
  ['a.ts', 30],
  ['b.ts', 60],
  ['new.ts', 500],
]);
const of = (files: readonly FileKnowledge[], by = [reviewer]) =>
  groupFamiliarity(
    { since: '2026-01-01T00:00:00Z', files },
    lines,
    reviewFacts(by.map((who, n) => review(who, 'approved', `10:0${n}`))),
  );

describe('the familiarity of those who reviewed, as one group', () => {
  test('is the share of lines in files that one of them has worked on', () => {
    const found = of([file('a.ts', ['reviewer']), file('b.ts', ['another'])]);
    expect(found).toMatchObject({
      lines: 90,
      familiar: 30,
      share: 1 / 3,
      strange: [{ path: 'b.ts', lines: 60 }],
    });
  });

  test('adds up over several reviewers', () => {
    expect(of([file('a.ts', ['reviewer']), file('b.ts', ['another'])], [reviewer, another])?.share).toBe(1);
  });

  test('leaves out files that nobody but the author knows, new ones above all', () => {
    expect(of([file('a.ts', ['reviewer']), file('b.ts', ['author']), file('new.ts', [])])).toMatchObject({
      lines: 30,
      share: 1,
    });
  });

  test.each([
    ['nobody has reviewed', []],
    ['only a bot has', [robot]],
    ['only the author has', [author]],
    ['only a deleted account has', [ghost]],
  ])('is unknown while %s', (_, by) => {
    expect(of([file('a.ts', ['reviewer'])], by)).toBeUndefined();
  });

  test('is unknown where no changed file has a history', () => {
    expect(of([file('new.ts', [])])).toBeUndefined();
  });
});

describe('where a second look could come from', () => {
  const queue: ReviewQueue = { waiting: 3, open: 9, byTeam: [{ team: '@acme/busy', open: 5 }], isCut: false };
  const strange = [
    { ...file('src/a.ts', ['x'], ['@acme/busy']), lines: 100 },
    { ...file('src/web/b.ts', ['x'], ['@acme/web']), lines: 40 },
  ];

  test('owners with the most lines come first', () => {
    expect(secondLook(strange, undefined, 2)).toEqual([
      { from: 'team', name: '@acme/busy', lines: 100 },
      { from: 'team', name: '@acme/web', lines: 40 },
    ]);
  });

  test('owners with much to do come later', () => {
    expect(secondLook(strange, queue, 1)).toEqual([{ from: 'team', name: '@acme/web', lines: 40 }]);
  });

  test('without owners the folders that others know are named', () => {
    const unowned = strange.map((one) => ({ ...one, teams: [] }));
    expect(secondLook([...unowned, { ...file('Makefile', ['x']), lines: 1 }], queue, 9)).toEqual([
      { from: 'folder', name: 'src', lines: 100 },
      { from: 'folder', name: 'src/web', lines: 40 },
      { from: 'folder', name: 'Makefile', lines: 1 },
    ]);
  });

  test('the load is that of the team, or of the repository', () => {
    expect(queueLoad(queue, '@acme/busy')).toEqual({ waiting: 3, open: 5 });
    expect(queueLoad(queue, '@acme/idle')).toEqual({ waiting: 3, open: 0 });
    expect(queueLoad(queue)).toEqual({ waiting: 3, open: 9 });
  });
});
