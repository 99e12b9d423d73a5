import type { ReviewQueue } from '../core/review-facts.ts';
import { accountOf } from './account-of.ts';
import type { PersonOf, RawOpenPull } from './timeline.ts';

/** Requests to single people are not looked at: how much waits for one of them is nobody's business here. */
export function queueOf(pulls: readonly RawOpenPull[], isCut: boolean, personOf: PersonOf): ReviewQueue {
  const open = pulls.filter(({ isDraft }) => !isDraft);
  const byTeam = new Map<string, number>();
  for (const { reviewRequests } of open) {
    const teams = (reviewRequests?.nodes ?? []).flatMap((request) => {
      const reviewer = request?.requestedReviewer;
      return reviewer?.__typename === 'Team' && reviewer.id ? [teamName(reviewer)] : [];
    });
    for (const team of new Set(teams)) byTeam.set(team, (byTeam.get(team) ?? 0) + 1);
  }
  return {
    waiting: open.filter((pull) => !hasHumanReview(pull, personOf)).length,
    open: open.length,
    byTeam: [...byTeam].map(([team, count]) => ({ team, open: count })),
    isCut,
  };
}

/** A bot reviews within minutes and ends nobody's wait. Where more reviews stand than were read, one by a human is likely. */
function hasHumanReview({ author, reviews }: RawOpenPull, personOf: PersonOf): boolean {
  const nodes = reviews?.nodes ?? [];
  if ((reviews?.totalCount ?? 0) > nodes.length) return true;
  const writer = personOf(accountOf(author)).key;
  return nodes.some((review) => {
    const by = personOf(accountOf(review?.author ?? null));
    return by.kind === 'human' && by.key !== writer;
  });
}

/** As CODEOWNERS writes it where GitHub tells ("@acme/payments"), so that the two can be compared; else its id. */
function teamName({
  id = '',
  combinedSlug,
}: {
  readonly id?: string;
  readonly combinedSlug?: string;
}): string {
  return combinedSlug ? `@${combinedSlug}` : id;
}
