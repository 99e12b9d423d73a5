import type { GitHubClient } from '../collect/github/create-client.ts';
import type { Finding } from '../core/finding.ts';
import { findingsOf, isAtLeast, type Report } from '../core/report.ts';
import type { Conversation } from '../render/conversation.ts';
import { createSummary } from './create-summary.ts';
import { type ExistingOutput, readExistingOutput } from './existing-output.ts';
import { commentSteps, reviewSteps, type Step } from './plan.ts';
import { postReview } from './post-review.ts';
import { closeThread, reopenThread } from './threads.ts';
import { withdrawReview } from './withdraw-review.ts';
import { writeCheckRun } from './write-check-run.ts';

/** Where and as whom to write. */
export interface Publisher {
  readonly client: GitHubClient;
  readonly owner: string;
  readonly name: string;
  readonly instance: string;
  /** Why a token that lacks a permission cannot be given it here: said once, in place of every refusal. */
  readonly whyReadOnly?: string;
}

export interface PullRequestTarget extends Publisher {
  readonly number: number;
  readonly head: string;
}

export interface Published {
  /** What was written, in words, for the log. Empty: nothing had to be. */
  readonly written: readonly string[];
  /** What could not be written, and what to do about it. */
  readonly problems: readonly string[];
  /** Findings that no comment shows because comments could not be posted. */
  readonly unposted: readonly Finding[];
  readonly jobSummary: string;
  readonly conclusion: 'success' | 'neutral' | 'failure';
}

/** Outcome of one write. */
export interface Written {
  readonly done?: string;
  readonly problem?: string;
  /** Findings whose review comment stands now. */
  readonly commented?: readonly string[];
}

/**
 * Brings the pull request to what the conversation wants, one write at a time. A write that fails is a problem to tell,
 * never an error: the report itself is not lost, it stands in the job summary too.
 */
export async function publishConversation(
  wanted: Conversation,
  report: Report,
  publisher: Publisher,
): Promise<Published> {
  let conversation = wanted;
  const loud = findingsOf(report).filter(({ level }) => isAtLeast(level, 'warning'));
  if (report.pullRequest === undefined || report.head === undefined) {
    const problem = 'Nothing was posted: there is no pull request whose head could be read';
    return {
      written: [],
      problems: [problem],
      unposted: loud,
      jobSummary: conversation.jobSummary([problem]),
      conclusion: conversation.checkRun.conclusion,
    };
  }
  const target: PullRequestTarget = { ...publisher, number: report.pullRequest, head: report.head };
  const existing = await readExistingOutput(publisher.client, target, publisher.instance);
  if (existing.ok && existing.data.head !== undefined && existing.data.head !== target.head) {
    const problem = `Nothing was posted for ${short(target.head)}: the pull request is at ${short(existing.data.head)} by now, and the run of that commit brings its own result`;
    return {
      written: [],
      problems: [problem],
      unposted: [],
      jobSummary: conversation.jobSummary([problem]),
      conclusion: conversation.checkRun.conclusion,
    };
  }
  const results: Written[] = [await writeCheckRun(conversation.checkRun, target)];
  let isReviewPosted = true;
  if (publisher.whyReadOnly !== undefined && results.some(isRefused)) {
    // The first refusal proves it: asking for the others would only be refused again.
    isReviewPosted = false;
  } else if (!existing.ok) {
    results.push({
      problem: `Comments were neither read nor written: ${forWriting(existing.error.message)}`,
    });
    isReviewPosted = false;
  } else {
    for (const id of existing.data.unsubmitted) await withdrawReview(id, target);
    conversation = respectingDeletion(conversation, existing.data);
    const commented: string[] = [];
    for (const step of reviewSteps(conversation, existing.data)) {
      const result = await carryOut(step, target, existing.data);
      results.push(...result);
      commented.push(...result.flatMap((written) => written.commented ?? []));
      if (step.kind === 'post-review' && result.every(({ done }) => done === undefined))
        isReviewPosted = false;
    }
    for (const step of commentSteps(conversation, existing.data, commented))
      results.push(...(await carryOut(step, target, existing.data)));
  }
  const problems = withReason(
    results.flatMap(({ problem }) => problem ?? []),
    publisher.whyReadOnly,
  );
  return {
    written: results.flatMap(({ done }) => done ?? []),
    problems,
    unposted: isReviewPosted || conversation.silence !== undefined ? [] : loud,
    jobSummary: conversation.jobSummary(problems, conversation.silence),
    conclusion: conversation.checkRun.conclusion,
  };
}

/**
 * A summary comment that somebody deleted stays deleted, and nothing new is said beside it: without the summary it is not
 * known which review comments were deleted with it.
 */
function respectingDeletion(conversation: Conversation, existing: ExistingOutput): Conversation {
  const isDeleted =
    existing.summaries.length === 0 &&
    existing.isCommentDeleted &&
    (existing.hasSpoken || conversation.hasSpoken);
  return isDeleted && conversation.silence === undefined
    ? { ...conversation, silence: 'the summary comment was deleted here, and it stays deleted' }
    : conversation;
}

/** What is read here is read to be written: the lesser permission would only lead to the next refusal. */
function forWriting(message: string): string {
  return message.replace('pull-requests: read', 'pull-requests: write');
}

function short(commit: string): string {
  return commit.slice(0, 7);
}

function isRefused({ problem }: Written): boolean {
  return problem?.includes('the token lacks ') === true;
}

/** A permission that nobody can grant is no advice. */
function withReason(problems: readonly string[], whyReadOnly: string | undefined): readonly string[] {
  const lacking = problems.filter((problem) => isRefused({ problem }));
  if (whyReadOnly === undefined || lacking.length === 0) return problems;
  return [whyReadOnly, ...problems.filter((problem) => !lacking.includes(problem))];
}

async function carryOut(
  step: Step,
  target: PullRequestTarget,
  existing: ExistingOutput,
): Promise<readonly Written[]> {
  const { client, owner, name } = target;
  switch (step.kind) {
    case 'post-review':
      return postReview(step, target, existing);
    case 'close-thread':
      return [await closeThread(step.thread, target)];
    case 'reopen-thread':
      return [await reopenThread(step.thread, target)];
    case 'answer': {
      const answered = await client.rest('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
        owner,
        repo: name,
        issue_number: target.number,
        body: step.body,
      });
      return [
        answered.ok
          ? { done: 'answered a question' }
          : { problem: `A question could not be answered: ${answered.error.message}` },
      ];
    }
    case 'create-summary':
      return [await createSummary(step.body, target)];
    case 'edit-review-comment': {
      const edited = await client.rest('PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}', {
        owner,
        repo: name,
        comment_id: step.thread.commentId,
        body: step.body,
      });
      return [
        edited.ok
          ? { done: `edited the comment of ${step.thread.fingerprint}` }
          : { problem: `A review comment could not be edited: ${edited.error.message}` },
      ];
    }
    case 'edit-summary': {
      const edited = await client.rest('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
        owner,
        repo: name,
        comment_id: step.summary.id,
        body: step.body,
      });
      return [
        edited.ok
          ? { done: 'edited the summary comment' }
          : { problem: `The summary comment could not be edited: ${edited.error.message}` },
      ];
    }
    case 'delete-summary': {
      const deleted = await client.rest('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', {
        owner,
        repo: name,
        comment_id: step.summary.id,
      });
      return [
        deleted.ok
          ? { done: 'deleted a second summary comment' }
          : { problem: `A second summary comment could not be deleted: ${deleted.error.message}` },
      ];
    }
  }
}
