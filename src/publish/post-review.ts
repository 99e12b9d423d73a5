import type { ApiResult } from '../collect/github/create-client.ts';
import { quoteName } from '../core/quote-name.ts';
import { reviewMarker } from '../render/marker.ts';
import type { LineAnchor } from '../render/placement.ts';
import type { ReviewComment } from '../render/review-comments.ts';
import { type ExistingOutput, readExistingOutput } from './existing-output.ts';
import { postReviewWithFiles } from './post-review-with-files.ts';
import { postedReview } from './posted-review.ts';
import type { PullRequestTarget, Written } from './publish-conversation.ts';
import { removeDuplicates } from './remove-duplicates.ts';

/**
 * Posts the comments as one review, by REST where all of them hang on lines. GitHub refuses the whole review for one anchor it does not know and does not say
 * which, so after such a refusal the comments go one by one and only those it refuses again are left to the summary.
 */
export async function postReview(
  { comments, body }: NewReview,
  target: PullRequestTarget,
  existing: Pick<ExistingOutput, 'id' | 'isOtherReviewPending'>,
): Promise<readonly Written[]> {
  const aboutLines = comments.flatMap(onLines);
  if (aboutLines.length === comments.length) return postLines(aboutLines, body, target);
  const written =
    existing.id === undefined || existing.isOtherReviewPending
      ? { refused: 'another review of the same account is pending' }
      : await postReviewWithFiles({ comments, body }, existing.id, target);
  if (!('refused' in written)) return written;
  const files = comments.filter(({ anchor }) => anchor.kind === 'file');
  return [
    ...(aboutLines.length > 0 ? await postLines(aboutLines, body, target) : []),
    ...files.map(({ anchor }) => ({
      problem: `GitHub took no comment about the file ${quoteName(anchor.path)}, so it stands in the summary only: ${written.refused}`,
    })),
  ];
}

/** Comments, and the words above them. */
export interface NewReview {
  readonly comments: readonly ReviewComment[];
  readonly body: string;
}

interface LineComment extends ReviewComment {
  readonly anchor: LineAnchor;
}

function onLines(comment: ReviewComment): readonly LineComment[] {
  const { anchor } = comment;
  return anchor.kind === 'lines' ? [{ ...comment, anchor }] : [];
}

async function postLines(
  comments: readonly LineComment[],
  text: string,
  target: PullRequestTarget,
): Promise<readonly Written[]> {
  const posted = await createReview(comments, text, target);
  if (posted.ok) {
    const fingerprints = comments.map(({ fingerprint }) => fingerprint);
    await removeDuplicates(posted.data.id, fingerprints, target);
    return [postedReview(comments)];
  }
  if (posted.error.mayHaveHappened) return afterDoubt(comments, text, target);
  if (posted.error.status !== 422)
    return [{ problem: `The review comments could not be posted: ${posted.error.message}` }];
  return oneByOne(comments, target);
}

function createReview(
  comments: readonly LineComment[],
  text: string,
  target: PullRequestTarget,
): Promise<ApiResult<{ readonly id: number }>> {
  return target.client.rest('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    owner: target.owner,
    repo: target.name,
    pull_number: target.number,
    commit_id: target.head,
    event: 'COMMENT',
    body: `${reviewMarker(target.instance)}\n${text}`,
    comments: comments.map(({ anchor, body }) => ({ ...anchorFields(anchor), body })),
  });
}

/** The answer was lost: what stands on the pull request says whether the review was made. */
async function afterDoubt(
  comments: readonly LineComment[],
  text: string,
  target: PullRequestTarget,
): Promise<readonly Written[]> {
  const now = await readExistingOutput(target.client, target, target.instance);
  if (!now.ok)
    return [{ problem: `It is not known whether the review comments were posted: ${now.error.message}` }];
  const there = new Set(now.data.threads.map(({ fingerprint }) => fingerprint));
  const missing = comments.filter(({ fingerprint }) => !there.has(fingerprint));
  if (missing.length === 0) return [postedReview(comments)];
  const again = await createReview(missing, text, target);
  return again.ok
    ? [postedReview(comments)]
    : [{ problem: `The review comments could not be posted: ${again.error.message}` }];
}

async function oneByOne(
  comments: readonly LineComment[],
  target: PullRequestTarget,
): Promise<readonly Written[]> {
  const results: Written[] = [];
  for (const { anchor, body, fingerprint } of comments) {
    const posted = await target.client.rest('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
      owner: target.owner,
      repo: target.name,
      pull_number: target.number,
      commit_id: target.head,
      ...anchorFields(anchor),
      body,
    });
    results.push(
      posted.ok
        ? { done: `posted the comment of ${fingerprint}`, commented: [fingerprint] }
        : {
            problem: `GitHub took no comment at ${quoteName(`${anchor.path}:${anchor.line}`)}, so it stands in the summary only: ${posted.error.message}`,
          },
    );
  }
  return results;
}

function anchorFields({ path, line, startLine, side }: LineAnchor) {
  return { path, line, side, ...(startLine !== undefined && { start_line: startLine, start_side: side }) };
}
