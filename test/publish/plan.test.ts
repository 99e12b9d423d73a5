import { describe, expect, it } from 'vitest';
import { unavailable } from '../../src/core/part.ts';
import type { ExistingThread } from '../../src/publish/existing-output.ts';
import { commentSteps, reviewSteps, type Standing, type Step } from '../../src/publish/plan.ts';
import { type Conversation, conversation } from '../../src/render/conversation.ts';
import { readSummaryMarker } from '../../src/render/marker.ts';
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
    isEditedByOthers: false,
    ...parts,
  };
}

/** All writes, where GitHub takes every comment. */
function plan(conversation: Conversation, standing: Standing): readonly Step[] {
  const review = reviewSteps(conversation, standing);
  const posted = review.flatMap((step) => (step.kind === 'post-review' ? step.comments : []));
  return [
    ...review,
    ...commentSteps(
      conversation,
      standing,
      posted.map(({ fingerprint }) => fingerprint),
    ),
  ];
}

const shown = [{ rule, fingerprint: 'a7f3kq' }];
const summary = {
  id: 1,
  body: wanted.summary({ shown, ended: [] }, new Set(['a7f3kq'])) ?? '',
  shown,
  ended: [],
};
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

describe('a review comment that a person deleted', () => {
  const deleted: Standing = {
    ...nothing,
    summaries: [
      {
        id: 1,
        body: wanted.summary(undefined, new Set(['a7f3kq'])) ?? '',
        shown: [{ rule, fingerprint: 'a7f3kq', isCommented: true }],
        ended: [],
      },
    ],
  };

  it('stays deleted while its finding is open: the summary remembers that it was posted', () => {
    expect(plan(wanted, deleted)).toEqual([]);
  });

  it('is remembered from the run that posted it', () => {
    expect(plan(wanted, nothing)).toMatchObject([
      { kind: 'post-review' },
      {
        kind: 'create-summary',
        body: expect.stringMatching(
          /^<!-- review-vitals:summary default coverage\/changed-lines-not-run=a7f3kq=commented -->/,
        ),
      },
    ]);
  });

  it('is not remembered where GitHub took no comment: the next run tries again', () => {
    const [summary] = commentSteps(wanted, nothing, []);
    expect(summary).toMatchObject({
      body: expect.stringMatching(
        /^<!-- review-vitals:summary default coverage\/changed-lines-not-run=a7f3kq -->/,
      ),
    });
  });

  it('comes back with a finding that was addressed meanwhile', () => {
    const [deletedOne] = deleted.summaries;
    const body = clean.summary(deletedOne) ?? '';
    const addressed = {
      ...nothing,
      summaries: [{ id: 1, body, shown: [], ended: [], ...readSummaryMarker(body) }],
    };
    expect(kinds(plan(wanted, addressed))).toEqual(['post-review', 'edit-summary']);
  });

  it('leaves its place among the five empty', () => {
    const many = conversation(
      reportWith(Array.from({ length: 8 }, (_, n) => finding({ fingerprint: `a7f3k${n}` }))),
      facts(),
      settings,
    );
    const first = { rule, fingerprint: 'a7f3k0', isCommented: true } as const;
    const steps = plan(many, { ...nothing, summaries: [{ id: 1, body: '', shown: [first], ended: [] }] });
    expect(steps[0]).toMatchObject({
      kind: 'post-review',
      comments: ['a7f3k1', 'a7f3k2', 'a7f3k3', 'a7f3k4'].map((fingerprint) => ({ fingerprint })),
    });
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
        /^<!-- review-vitals:summary default coverage\/changed-lines-not-run=a7f3kq=commented -->/,
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

it('a review comment that a person edited stays as they left it', () => {
  const [edited] = [thread({ body: `${thread().body.split('\n')[0]}\nSee #12.`, isEditedByOthers: true })];
  expect(plan(wanted, { ...nothing, summaries: [summary], threads: [edited] })).toEqual([]);
});

describe('a question about an id that this instance does not know', () => {
  const asked = { ...clean, answers: [{ commentId: 41, body: 'There is no finding', unknown: 'b8f3kq' }] };
  const others = { fingerprints: new Set<string>(), answered: new Set<number>() };

  it('is answered where no other instance knows it either', () => {
    expect(kinds(plan(asked, { ...nothing, others }))).toEqual(['answer']);
  });

  it('is left to the instance that knows it', () => {
    expect(plan(asked, { ...nothing, others: { ...others, fingerprints: new Set(['b8f3kq']) } })).toEqual([]);
  });

  it('is answered by one instance of several that do not know it', () => {
    expect(plan(asked, { ...nothing, others: { ...others, answered: new Set([41]) } })).toEqual([]);
  });
});

it('the sixth question of a pull request is answered too, at most five in one run', () => {
  const answers = Array.from({ length: 12 }, (_, n) => ({ commentId: n, body: `Answer ${n}` }));
  const next = (answered: readonly number[]) =>
    plan({ ...clean, answers }, { ...nothing, answered: new Set(answered) }).map((step) =>
      step.kind === 'answer' ? step.body : '',
    );
  expect(next([])).toEqual(['Answer 0', 'Answer 1', 'Answer 2', 'Answer 3', 'Answer 4']);
  expect(next([0, 1, 2, 3, 4])[0]).toBe('Answer 5');
});
