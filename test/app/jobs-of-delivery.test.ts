import { describe, expect, it } from 'vitest';
import { type Job, jobKey } from '../../src/app/queue/jobs.ts';
import type { Payload } from '../../src/app/webhooks/delivery.ts';
import { jobsOfDelivery } from '../../src/app/webhooks/jobs-of-delivery.ts';

const place = { installation: { id: 5 }, repository: { id: 9 } };
const head = 'a'.repeat(40);

function jobs(event: string, payload: Payload): readonly Job[] {
  return jobsOfDelivery({ id: 'guid', event, payload: { ...place, ...payload } });
}

const judge7: Job = { kind: 'judge', installation: 5, repository: 9, number: 7 };

describe('what an event asks for', () => {
  it.each([
    'opened',
    'reopened',
    'synchronize',
    'edited',
    'ready_for_review',
    'converted_to_draft',
    'closed',
  ])('a pull request that was %s is judged', (action) => {
    expect(jobs('pull_request', { action, pull_request: { number: 7 } })).toEqual([judge7]);
  });

  it.each(['labeled', 'assigned', 'review_requested', 'locked', undefined])(
    'a pull request that was %s is left alone',
    (action) => {
      expect(jobs('pull_request', { action, pull_request: { number: 7 } })).toEqual([]);
    },
  );

  it.each(['submitted', 'edited', 'dismissed'])(
    'a review that was %s has its pull request judged',
    (action) => {
      expect(jobs('pull_request_review', { action, pull_request: { number: 7 } })).toEqual([judge7]);
    },
  );

  it("a machine's remarks are no reason to judge again; its approval is", () => {
    const review = { action: 'submitted', pull_request: { number: 7 }, sender: { type: 'Bot' } };
    expect(jobs('pull_request_review', { ...review, review: { state: 'commented' } })).toEqual([]);
    expect(jobs('pull_request_review', { ...review, review: { state: 'approved' } })).toEqual([judge7]);
    const person = { ...review, sender: { type: 'User' }, review: { state: 'commented' } };
    expect(jobs('pull_request_review', person)).toEqual([judge7]);
  });

  it('a comment with a command has its pull request judged', () => {
    const issue = { number: 7, pull_request: {} };
    const comment = { body: 'Thanks.\n/vitals waive a7f3kq: the table has three rows' };
    expect(jobs('issue_comment', { action: 'created', issue, comment })).toEqual([judge7]);
  });

  it.each([
    ['without a command', { number: 7, pull_request: {} }, 'I like /vitals a lot'],
    ['that only begins like one', { number: 7, pull_request: {} }, '/vitalsigns'],
    ['on an issue', { number: 7 }, '/vitals waive a7f3kq'],
  ])('a comment %s asks for nothing', (_case, issue, body) => {
    expect(jobs('issue_comment', { action: 'created', issue, comment: { body } })).toEqual([]);
  });

  it('a workflow run that is done may have left coverage', () => {
    expect(jobs('workflow_run', { action: 'completed', workflow_run: { id: 3 } })).toEqual([
      { kind: 'coverage-run', installation: 5, repository: 9, run: 3 },
    ]);
    expect(jobs('workflow_run', { action: 'requested', workflow_run: { id: 3 } })).toEqual([]);
  });

  it.each(['check_run', 'check_suite'] as const)(
    'a %s that somebody runs again has its pull requests judged',
    (event) => {
      const checked = { pull_requests: [{ number: 7 }, { number: 8 }] };
      expect(jobs(event, { action: 'rerequested', [event]: checked })).toEqual([
        judge7,
        { ...judge7, number: 8 },
      ]);
      expect(jobs(event, { action: 'completed', [event]: checked })).toEqual([]);
      for (const none of [[], null, [null], undefined])
        expect(jobs(event, { action: 'rerequested', [event]: { pull_requests: none } })).toEqual([]);
    },
  );

  it('a merge group that waits is answered', () => {
    const group = { head_sha: head, head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${head}` };
    expect(jobs('merge_group', { action: 'checks_requested', merge_group: group })).toEqual([
      { kind: 'merge-group', installation: 5, repository: 9, head, number: 7 },
    ]);
    const branch = { head_sha: head, head_ref: 'refs/heads/pr-7-or-so' };
    expect(jobs('merge_group', { action: 'checks_requested', merge_group: branch })).toEqual([
      { kind: 'merge-group', installation: 5, repository: 9, head, number: 0 },
    ]);
    expect(jobs('merge_group', { action: 'destroyed', merge_group: group })).toEqual([]);
  });

  it.each(['created', 'deleted', 'suspend', 'unsuspend', 'new_permissions_accepted'])(
    'an installation that was %s is looked at anew',
    (action) => {
      expect(jobs('installation', { action })).toEqual([{ kind: 'installation', installation: 5 }]);
    },
  );

  it.each(['added', 'removed'])('an installation whose repositories were %s is looked at anew', (action) => {
    expect(jobs('installation_repositories', { action })).toEqual([
      { kind: 'installation', installation: 5 },
    ]);
  });

  it.each(['renamed', 'transferred', 'deleted'])(
    'an installation with a %s repository is looked at anew',
    (action) => {
      expect(jobs('repository', { action })).toEqual([{ kind: 'installation', installation: 5 }]);
    },
  );

  it('a repository that was starred changes nothing', () => {
    expect(jobs('repository', { action: 'edited' })).toEqual([]);
    expect(jobs('star', { action: 'created' })).toEqual([]);
  });
});

describe('a payload that is not as it should be', () => {
  it.each<[string, Payload]>([
    ['no installation', { installation: null }],
    ['an installation without a number', { installation: { id: '5' } }],
    ['no repository', { repository: null }],
    ['no pull request', { pull_request: null }],
    ['a number below one', { pull_request: { number: 0 } }],
    ['a fraction', { pull_request: { number: 1.5 } }],
    ['text for a number', { pull_request: { number: '7; DROP TABLE' } }],
    ['a number no computer holds exactly', { pull_request: { number: 2 ** 60 } }],
  ])('with %s asks for nothing', (_case, payload) => {
    expect(jobs('pull_request', { action: 'opened', pull_request: { number: 7 }, ...payload })).toEqual([]);
  });

  it.each(['', 'main', `${head}0`, head.toUpperCase(), 7])('a merge group at %j asks for nothing', (sha) => {
    expect(jobs('merge_group', { action: 'checks_requested', merge_group: { head_sha: sha } })).toEqual([]);
  });
});

describe('jobs that are the same', () => {
  it('are those of one pull request, whatever its head', () => {
    expect(jobKey(judge7)).toBe('5/9/7');
  });

  it('are told apart by installation: a job of the old one does not stand for the new one after a move', () => {
    expect(jobKey({ ...judge7, installation: 6 })).not.toBe(jobKey(judge7));
  });

  it('are told apart by repository, number, run and head', () => {
    expect(jobKey({ ...judge7, repository: 90 })).not.toBe(jobKey({ ...judge7, number: 70 }));
    expect(jobKey({ kind: 'coverage-run', installation: 5, repository: 9, run: 3 })).toBe('5/9/3');
    expect(jobKey({ kind: 'merge-group', installation: 5, repository: 9, head, number: 7 })).toBe(
      `5/9/${head}`,
    );
  });
});
