import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/core/part.ts';
import type { ExistingThread } from '../../src/publish/existing-output.ts';
import { plan, type Standing } from '../../src/publish/plan.ts';
import { conversation } from '../../src/render/conversation.ts';
import { facts, finding, pullRequest, report, reportWith } from '../support/facts.ts';

const settings = { comment: 'on-findings', failOn: 'never', instance: 'default' } as const;
const nothing: Standing = { summaries: [], threads: [], answered: new Set() };
const wanted = conversation(reportWith([finding()]), facts(), settings);
const rule = 'coverage/changed-lines-not-run';
const clean = conversation(
  report({ results: [{ rule, level: 'warning', outcome: { kind: 'pass', seen: '4 of 4' } }] }),
  facts(),
  settings,
);
const blind = conversation(
  report({ results: [{ rule, level: 'warning', outcome: { kind: 'not-available', reason: 'no report' } }] }),
  facts(),
  settings,
);

function thread(parts: Partial<ExistingThread> = {}): ExistingThread {
  return {
    id: 'T1',
    commentId: 11,
    body: wanted.comments[0]?.body ?? '',
    fingerprint: 'a7f3kq',
    rule,
    isResolved: false,
    wasResolvedByUs: false,
    canBeResolved: true,
    hasReplies: false,
    isAddressed: false,
    ...parts,
  };
}

const shown = [{ rule, fingerprint: 'a7f3kq' }];
const summary = { id: 1, body: wanted.summary({ shown, ended: [] }) ?? '', shown, ended: [] };
const kinds = (steps: ReturnType<typeof plan>) => steps.map(({ kind }) => kind);

describe('a run that could not read the change', () => {
  it('leaves everything as it stands', () => {
    const { mergeBase: _, ...unread } = report({
      results: [{ rule, level: 'warning', outcome: { kind: 'not-available', reason: 'git fetch failed' } }],
    });
    const known = facts({ change: unavailable('git fetch failed') });
    const steps = plan(conversation(unread, known, { ...settings, comment: 'always' }), {
      ...nothing,
      summaries: [summary],
      threads: [thread()],
    });
    expect(steps).toEqual([]);
  });
});

describe('the first run', () => {
  it('posts one review and one summary', () => {
    expect(kinds(plan(wanted, nothing))).toEqual(['post-review', 'create-summary']);
  });

  it('posts nothing when there is nothing to say', () => {
    expect(plan(clean, nothing)).toEqual([]);
  });

  it.each([
    ['a draft', { isDraft: true }],
    ['a closed pull request', { state: 'closed' }],
  ] as const)('posts nothing on %s', (_, parts) => {
    expect(
      plan(
        conversation(reportWith([finding()]), facts({ pullRequest: pullRequest(parts) }), settings),
        nothing,
      ),
    ).toEqual([]);
  });

  it('writes a summary even without findings when comment is always', () => {
    const always = conversation(report({ results: [] }), facts(), { ...settings, comment: 'always' });
    expect(kinds(plan(always, nothing))).toEqual(['create-summary']);
  });

  it('writes no comment when comment is never', () => {
    expect(
      plan(conversation(reportWith([finding()]), facts(), { ...settings, comment: 'never' }), nothing),
    ).toEqual([]);
  });
});

describe('a second run on the same head', () => {
  it('writes nothing', () => {
    expect(plan(wanted, { answered: new Set(), summaries: [summary], threads: [thread()] })).toEqual([]);
  });

  it('writes nothing when GitHub has changed line endings and blanks at the end', () => {
    const crlf = (body: string) => `${body.replaceAll('\n', '\r\n')}\r\n`;
    expect(
      plan(wanted, {
        answered: new Set(),
        summaries: [{ ...summary, body: crlf(summary.body) }],
        threads: [thread({ body: crlf(thread().body) })],
      }),
    ).toEqual([]);
  });

  it('removes a second summary that a race left', () => {
    expect(
      kinds(
        plan(wanted, {
          answered: new Set(),
          summaries: [summary, { ...summary, id: 2 }],
          threads: [thread()],
        }),
      ),
    ).toEqual(['delete-summary']);
  });

  it('leaves a thread alone that a person resolved', () => {
    expect(
      plan(wanted, { answered: new Set(), summaries: [summary], threads: [thread({ isResolved: true })] }),
    ).toEqual([]);
  });
});

describe('when a finding is gone', () => {
  it('its thread is closed and the summary shrinks to one line', () => {
    const steps = plan(clean, { answered: new Set(), summaries: [summary], threads: [thread()] });
    expect(kinds(steps)).toEqual(['close-thread', 'edit-summary']);
    expect(steps[1]).toMatchObject({
      body: '<!-- review-vitals:summary default none coverage/changed-lines-not-run=a7f3kq=addressed -->\nThe finding is addressed as of `bbbbbbb`.',
    });
  });

  it('nothing more is written on the next run', () => {
    const addressed = { id: 1, body: clean.summary({ shown, ended: [] }) ?? '', shown: [], ended: [] };
    expect(
      plan(clean, {
        answered: new Set(),
        summaries: [addressed],
        threads: [thread({ isResolved: true, wasResolvedByUs: true })],
      }),
    ).toEqual([]);
    expect(
      plan(clean, { answered: new Set(), summaries: [addressed], threads: [thread({ isAddressed: true })] }),
    ).toEqual([]);
  });

  it('it is also cleared on a pull request that has become a draft', () => {
    const draft = { ...clean, silence: 'the pull request is a draft' };
    expect(kinds(plan(draft, { answered: new Set(), summaries: [summary], threads: [thread()] }))).toEqual([
      'close-thread',
      'edit-summary',
    ]);
  });
});

describe('when its rule could not look', () => {
  it('a finding is not gone: its thread stays, and so does its line in the summary', () => {
    const steps = plan(blind, { answered: new Set(), summaries: [summary], threads: [thread()] });
    expect(kinds(steps)).toEqual(['edit-summary']);
    expect(steps[0]).toMatchObject({
      body: expect.stringContaining(
        '- Still open from an earlier commit, not looked at again: `coverage/changed-lines-not-run` <sub>a7f3kq</sub>',
      ),
    });
    expect(steps[0]).toMatchObject({
      body: expect.stringMatching(
        /^<!-- review-vitals:summary default coverage\/changed-lines-not-run=a7f3kq -->/,
      ),
    });
  });
});

describe('when a finding comes back', () => {
  it('the thread that we had resolved is opened again', () => {
    expect(
      kinds(
        plan(wanted, {
          answered: new Set(),
          summaries: [summary],
          threads: [thread({ isResolved: true, wasResolvedByUs: true })],
        }),
      ),
    ).toEqual(['reopen-thread']);
  });

  it('the comment that we had marked as addressed is put right', () => {
    expect(
      kinds(
        plan(wanted, {
          answered: new Set(),
          summaries: [summary],
          threads: [thread({ isAddressed: true, body: 'old' })],
        }),
      ),
    ).toEqual(['edit-review-comment']);
  });
});

it('at most five comments stand open', () => {
  const many = Array.from({ length: 9 }, (_, index) => finding({ fingerprint: `a7f3k${index}` }));
  const [first] = plan(conversation(reportWith(many), facts(), settings), nothing);
  expect(first?.kind === 'post-review' && first.comments.length).toBe(5);
  expect(first).toMatchObject({
    body: '5 places in this change to look at. 4 more findings stand in the summary.',
  });
});

it('what lies on no changed file is told above the comments', () => {
  const elsewhere = finding({ fingerprint: 'zzzzzz', place: { path: 'elsewhere.ts' } });
  const [first] = plan(conversation(reportWith([finding(), elsewhere]), facts(), settings), nothing);
  expect(first).toMatchObject({
    body: '1 place in this change to look at. 1 more finding stands in the summary.',
  });
});

describe('why nothing is said stands in the job summary', () => {
  const silent = facts({ pullRequest: pullRequest({ isLocked: true }) });

  it('where there was something to say', () => {
    expect(conversation(reportWith([finding()]), silent, settings).jobSummary([])).toContain(
      '#### Not posted\n\n- No comment beside the check run: the conversation is locked',
    );
  });

  it('and not where there was nothing', () => {
    expect(conversation(report({ results: [] }), silent, settings).jobSummary([])).not.toContain(
      'Not posted',
    );
  });
});
