import { graphqlApiError } from '../collect/github/api-error.ts';
import { quoteName } from '../core/quote-name.ts';
import { reviewMarker } from '../render/marker.ts';
import type { ReviewComment } from '../render/review-comments.ts';
import { readExistingOutput } from './existing-output.ts';
import type { NewReview } from './post-review.ts';
import { postedReview } from './posted-review.ts';
import type { PullRequestTarget, Written } from './publish-conversation.ts';
import { removeDuplicates } from './remove-duplicates.ts';
import { withdrawReview } from './withdraw-review.ts';

interface Begun {
  readonly begin: {
    readonly pullRequestReview: { readonly id: string; readonly databaseId: number } | null;
  } | null;
  readonly [thread: `t${number}`]: { readonly thread: { readonly id: string } | null } | null;
}

const submit =
  'mutation Submit($id:ID!){submitPullRequestReview(input:{pullRequestReviewId:$id,event:COMMENT}){pullRequestReview{state}}}';

/**
 * Posts comments of which some are about a whole file, which REST does not take in a review: one document begins a review
 * and hangs the comments on it, a second one submits it. GraphQL drops an anchor that it does not know without a word,
 * so what it made is counted, and a review without any comment is withdrawn before anybody sees it. `refused`: GitHub took
 * nothing of it, for this reason, and whatever was begun is gone.
 */
export async function postReviewWithFiles(
  { comments, body }: NewReview,
  pullRequest: string,
  target: PullRequestTarget,
): Promise<readonly Written[] | { readonly refused: string }> {
  const { client, head, instance } = target;
  const answer = await client.graphqlPartial<Begun>(beginDocument(comments.length), {
    begin: {
      pullRequestId: pullRequest,
      commitOID: head,
      body: `${reviewMarker(instance)}\n${body}`,
    },
    ...Object.fromEntries(
      comments.map((comment, index) => [
        `t${index}`,
        { pullRequestId: pullRequest, ...threadInput(comment) },
      ]),
    ),
  });
  if (!answer.ok) {
    if (answer.error.mayHaveHappened) await withdrawWhatWasBegun(target);
    return { refused: answer.error.message };
  }
  const { data, errors } = answer.data;
  const review = data.begin?.pullRequestReview;
  if (!review) return { refused: errors[0] ? graphqlApiError(errors[0]).message : 'GitHub gave no reason' };
  const taken = comments.filter((_, index) => data[`t${index}`]?.thread);
  const refused = comments.filter((comment) => !taken.includes(comment)).map(refusal);
  if (taken.length === 0) {
    await withdrawReview(review.id, target);
    return refused;
  }
  const submitted = await client.graphql(submit, { id: review.id });
  if (!submitted.ok && !(await stands(review.id, taken, target))) {
    await withdrawReview(review.id, target);
    return { refused: submitted.error.message };
  }
  await removeDuplicates(
    review.databaseId,
    taken.map(({ fingerprint }) => fingerprint),
    target,
  );
  return [postedReview(taken), ...refused];
}

function beginDocument(count: number): string {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const inputs = numbers.map((n) => `$t${n}:AddPullRequestReviewThreadInput!`);
  const threads = numbers.map((n) => `t${n}:addPullRequestReviewThread(input:$t${n}){thread{id}}`);
  return `mutation Begin($begin:AddPullRequestReviewInput!,${inputs.join(',')}){
  begin:addPullRequestReview(input:$begin){pullRequestReview{id databaseId}}
  ${threads.join('\n  ')}
}`;
}

function threadInput({ anchor, body }: ReviewComment) {
  if (anchor.kind === 'file') return { path: anchor.path, subjectType: 'FILE', body };
  const { path, line, startLine, side } = anchor;
  return { path, line, side, body, ...(startLine !== undefined && { startLine, startSide: side }) };
}

function refusal({ anchor }: ReviewComment): Written {
  const place = anchor.kind === 'file' ? anchor.path : `${anchor.path}:${anchor.line}`;
  return { problem: `GitHub took no comment at ${quoteName(place)}, so it stands in the summary only` };
}

/** The answer was lost: a review that was begun and never submitted is seen by nobody, and stands in the way of the next. */
async function withdrawWhatWasBegun(target: PullRequestTarget): Promise<void> {
  const now = await readExistingOutput(target.client, target, target.instance);
  for (const id of now.ok ? now.data.unsubmitted : []) await withdrawReview(id, target);
}

/** Without a clear answer to the submission: whether the comments can be seen, from this review or from a run beside it. */
async function stands(
  review: string,
  comments: readonly ReviewComment[],
  target: PullRequestTarget,
): Promise<boolean> {
  const now = await readExistingOutput(target.client, target, target.instance);
  if (!now.ok || now.data.unsubmitted.includes(review)) return false;
  const there = new Set(now.data.threads.map(({ fingerprint }) => fingerprint));
  return comments.every(({ fingerprint }) => there.has(fingerprint));
}
