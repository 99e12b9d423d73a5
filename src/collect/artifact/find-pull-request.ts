import type { CommitId } from '../../core/change.ts';
import { quoteName } from '../../core/quote-name.ts';
import type { GitHubClient } from '../github/create-client.ts';
import type { RepositoryAddress, WorkflowRun } from './workflow-run.ts';

/** A pull request that a run has tested, from GitHub's own answers. */
export interface TestedPullRequest {
  readonly number: number;
  readonly head: CommitId;
  readonly base: CommitId;
  readonly baseName: string;
  /** GitHub's own test merge of it. */
  readonly mergeCommit?: CommitId;
}

export interface FoundPullRequests {
  /** Those whose head is the tested commit: open ones, else the closed one that changed last. */
  readonly tested: readonly TestedPullRequest[];
  /** Why there is none, in one sentence. */
  readonly why: string;
}

interface PullAnswer {
  readonly number: number;
  readonly state: string;
  readonly head: {
    readonly ref: string;
    readonly sha: string;
    readonly repo: { readonly full_name: string } | null;
  };
  readonly base: { readonly sha: string; readonly ref: string };
  readonly merge_commit_sha: string | null;
}

/**
 * The pull requests behind a run, found by head repository, branch and commit: the event names none when the branch lives
 * in a fork. A head that has moved on since is left to the run of the newer commit.
 */
export async function findPullRequests(
  client: GitHubClient,
  { owner, name }: RepositoryAddress,
  run: WorkflowRun,
): Promise<FoundPullRequests> {
  const tests = `The tests of ${run.head.slice(0, 7)} are done`;
  if (run.repository === undefined)
    return none(`${tests}, and the repository that its branch lived in is gone; nothing was judged.`);
  const answer = await client.rest<readonly PullAnswer[]>('GET /repos/{owner}/{repo}/pulls', {
    owner,
    repo: name,
    head: `${run.repository.split('/')[0]}:${run.branch}`,
    state: 'all',
    sort: 'updated',
    direction: 'desc',
    per_page: 100,
  });
  if (!answer.ok)
    return none(`${tests}, and their pull request could not be looked up: ${answer.error.message}.`);
  const repository = run.repository.toLowerCase();
  const ofBranch = answer.data.filter(
    ({ head }) => head.ref === run.branch && head.repo?.full_name.toLowerCase() === repository,
  );
  const atHead = ofBranch.filter(({ head }) => head.sha === run.head);
  const open = atHead.filter(({ state }) => state === 'open');
  if (open.length > 0 || atHead.length > 0)
    return { tested: (open.length > 0 ? open : atHead.slice(0, 1)).map(testedOf), why: '' };
  const moved = ofBranch.find(({ state }) => state === 'open');
  return none(
    moved
      ? `${tests}, and pull request ${moved.number} is at ${moved.head.sha.slice(0, 7)} by now: nothing was posted for the older commit.`
      : `${tests}, and no pull request has this commit of ${quoteName(run.branch)} as its head; nothing was judged.`,
  );
}

function none(why: string): FoundPullRequests {
  return { tested: [], why };
}

function testedOf({ number, head, base, merge_commit_sha: mergeCommit }: PullAnswer): TestedPullRequest {
  return {
    number,
    head: head.sha,
    base: base.sha,
    baseName: base.ref,
    ...(mergeCommit && { mergeCommit }),
  };
}
