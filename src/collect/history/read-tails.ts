import type { MergedPull } from '../../core/health-facts.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import type { ReviewFacts } from '../../core/review-facts.ts';
import { approvedCommitOf } from '../../review/measure/last-human-approval.ts';
import type { JudgedRepository } from '../git/judged-repository.ts';
import { readAttributes } from '../github/read-attributes.ts';

/** So many pull requests, the newest, are compared: each takes git about a tenth of a second. */
const mostCompared = 150;

/**
 * Adds to every pull request with a standing human approval the lines that were changed after it. Where the approved
 * commit is the one that was merged there are none, and git need not be asked. What the branch's attributes said of their
 * files at the merge comes with them, as in a check.
 */
export async function readTails(
  pulls: readonly MergedPull[],
  repository: Part<JudgedRepository>,
): Promise<readonly MergedPull[]> {
  const changed = pulls.filter(
    (pull) => approvedCommit(pull) !== undefined && approvedCommit(pull) !== pull.head,
  );
  const compared = new Set(changed.slice(-mostCompared));
  if (!isUnavailable(repository)) {
    await repository.ensureCommits(
      [...compared].flatMap((pull) =>
        [pull.head, approvedCommit(pull), pull.mergeCommit].flatMap((id) => id ?? []),
      ),
    );
  }
  const done: MergedPull[] = [];
  for (const pull of pulls) {
    if (isUnavailable(pull.review)) done.push(pull);
    else done.push({ ...pull, review: await withTail(pull, pull.review, repository, compared.has(pull)) });
  }
  return done;
}

async function withTail(
  pull: MergedPull,
  review: ReviewFacts,
  repository: Part<JudgedRepository>,
  isCompared: boolean,
): Promise<ReviewFacts> {
  const approved = approvedCommitOf(review);
  if (!approved) return review;
  if (isUnavailable(approved)) return { ...review, tail: approved };
  const common = { approvedCommit: approved.commit, approvedAt: approved.at };
  if (approved.commit === pull.head) {
    return { ...review, tail: { ...common, addedLines: 0, deletedLines: 0, files: [], method: 'replayed' } };
  }
  if (isUnavailable(repository)) return { ...review, tail: repository };
  if (!isCompared) {
    return {
      ...review,
      tail: unavailable(`only the newest ${mostCompared} such pull requests are compared`),
    };
  }
  if (!pull.mergeCommit) return { ...review, tail: unavailable('GitHub does not name the merge commit') };
  const parents = await repository.parentsOf(pull.mergeCommit);
  if (isUnavailable(parents)) return { ...review, tail: parents };
  const base = parents[0] ?? pull.mergeCommit;
  const tail = await repository.unreviewedTail({ base, head: pull.head, approved: approved.commit });
  if (isUnavailable(tail)) return { ...review, tail };
  const attributes = await readAttributes(repository, { mergeBase: base, files: tail.files });
  return { ...review, tail: { ...common, ...tail }, ...(attributes.length > 0 && { attributes }) };
}

function approvedCommit({ review }: MergedPull): string | undefined {
  if (isUnavailable(review)) return undefined;
  const approved = approvedCommitOf(review);
  return approved && !isUnavailable(approved) ? approved.commit : undefined;
}
