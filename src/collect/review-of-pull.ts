import type { Change } from '../core/change.ts';
import { isUnavailable, type Part } from '../core/part.ts';
import type { ReviewFacts } from '../core/review-facts.ts';
import { approvedCommitOf } from '../review/measure/last-human-approval.ts';
import type { CollectRequest, PullRequestQuestion } from './collect-facts.ts';
import type { JudgedRepository } from './git/judged-repository.ts';
import { completeReview } from './github/complete-review.ts';
import type { PullRequestReading } from './github/read-pull-request.ts';
import { storedBaseline } from './history/stored-baseline.ts';
import type { People } from './people.ts';

/** What reviewers did, with what is usual here and what was changed after the last human approval. */
export async function reviewOfPull(
  { now, remote, chains, scratchFolder }: CollectRequest,
  question: PullRequestQuestion,
  people: People,
  reading: PullRequestReading,
  repository: JudgedRepository,
  change: Change,
): Promise<Part<ReviewFacts>> {
  const { review: read, pullRequest } = reading;
  if (isUnavailable(read)) return read;
  const { client, owner, name } = question;
  const usual = storedBaseline({
    pullRequest,
    now,
    ...(remote && { remote }),
    ...(chains && { chain: chains.health }),
    scratchFolder,
  });
  const [review, tail] = await Promise.all([
    usual.then((baseline) =>
      completeReview({
        review: read,
        pullRequest,
        change,
        repository,
        client,
        address: { owner, name },
        people,
        now,
        ...(baseline && { baseline }),
      }),
    ),
    tailOf(read, repository, change),
  ]);
  return { ...review, ...tail };
}

async function tailOf(
  review: ReviewFacts,
  repository: JudgedRepository,
  change: Change,
): Promise<Pick<ReviewFacts, 'tail'>> {
  const approved = approvedCommitOf(review);
  if (!approved) return {};
  if (isUnavailable(approved)) return { tail: approved };
  const tail = await repository.unreviewedTail({
    base: change.base,
    head: change.head,
    approved: approved.commit,
  });
  return {
    tail: isUnavailable(tail) ? tail : { ...tail, approvedCommit: approved.commit, approvedAt: approved.at },
  };
}
