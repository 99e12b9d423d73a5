import { describe, expect, it } from 'vitest';
import { withoutIgnored } from '../../src/core/apply-settings.ts';
import { evaluateInstance } from '../../src/core/evaluate-instance.ts';
import { pass } from '../../src/core/outcome.ts';
import { defineRule, type Rule } from '../../src/core/rule.ts';
import { timeline } from '../../src/review/timeline.ts';
import { change, changedFile, facts, person } from '../support/facts.ts';

const docs = { triggered: '', why: '', fix: '', quietWhen: '' };
const common = { since: '0.1.0', level: 'warning', question: '', docs, sources: [], thresholds: {} } as const;
const seeing: Rule = defineRule({
  ...common,
  id: 'coverage/seeing',
  needs: ['change'],
  identity: () => [],
  evaluate: (given) => pass(given.change.files.map(({ path }) => path).join(' ')),
});
const whole: Rule = defineRule({
  ...common,
  id: 'review/whole',
  needs: ['change', 'review'],
  identity: () => [],
  evaluate: (given) => pass(`${given.change.files.length} files`),
});
const review = timeline(
  {
    createdAt: '2026-11-20T12:00:00Z',
    mergedAt: null,
    author: null,
    mergedBy: null,
    reviews: [],
    commits: [],
    events: [],
  },
  () => person('ada'),
);
const instances = { backend: ['api/**', 'db/**'], frontend: ['web/**'] };

function seenBy(instance: string | undefined, paths: readonly string[]) {
  const given = facts({
    change: change({ files: paths.map((path) => changedFile({ path })) }),
    review,
    settings: { settings: { instances }, from: [], problems: [], ...(instance && { instance }) },
  });
  return evaluateInstance(given, [whole, seeing], given.settings.settings).map(({ rule, outcome }) => [
    rule,
    'seen' in outcome ? outcome.seen : 'reason' in outcome ? outcome.reason : '',
  ]);
}

const both = ['api/a.ts', 'db/1.sql', 'web/b.ts', 'docs/c.md'];

describe('an instance', () => {
  it('sees its own paths, and the first that the change touches tells of the whole', () => {
    expect(seenBy('backend', both)).toEqual([
      ['coverage/seeing', 'api/a.ts db/1.sql'],
      ['review/whole', '4 files'],
    ]);
    expect(seenBy('frontend', both)).toEqual([
      ['coverage/seeing', 'web/b.ts'],
      ['review/whole', 'the instance `backend` tells what is about the whole pull request'],
    ]);
  });

  it('tells of the whole where the change touches its paths alone', () => {
    expect(seenBy('frontend', ['web/b.ts', 'docs/c.md'])).toEqual([
      ['coverage/seeing', 'web/b.ts'],
      ['review/whole', '2 files'],
    ]);
  });

  it('has nothing to say where the change touches none of its paths', () => {
    const reason = 'the change touches none of the paths of the instance `frontend`';
    expect(seenBy('frontend', ['api/a.ts'])).toEqual([
      ['coverage/seeing', reason],
      ['review/whole', reason],
    ]);
  });

  it.each([undefined, 'mobile', 'constructor'])('without paths (%s) sees everything', (instance) => {
    expect(seenBy(instance, both)).toEqual([
      ['coverage/seeing', both.join(' ')],
      ['review/whole', '4 files'],
    ]);
  });
});

it('an ignored path is left out of tests too', () => {
  const tests = {
    files: [],
    pragmas: [
      { path: 'vendor/a.ts', more: 1 },
      { path: 'src/a.ts', more: 1 },
    ],
    thresholds: [],
    notRead: [],
  };
  expect(withoutIgnored(facts({ tests }), { ignore: ['vendor/**'] }).tests).toMatchObject({
    pragmas: [{ path: 'src/a.ts' }],
  });
});
