import type { MergedPull } from '../../core/health-facts.ts';
import { isUnavailable, type Part, unavailable } from '../../core/part.ts';
import type { ReviewBaseline } from '../../core/review-baseline.ts';
import { baselineOfSamples, startOfLearning } from '../../review/measure/baseline.ts';
import { reviewSample } from '../../review/measure/review-sample.ts';
import type { GitHubClient } from '../github/create-client.ts';
import { mergedPullRequest } from '../history/merged-pull-request.ts';
import { pullsByNumberQuery } from '../history/merged-pulls-query.ts';
import {
  isWholePull,
  mergedPull,
  type Nullable,
  type PullNode,
  type PullReading,
  startReading,
} from '../history/pull-node.ts';
import { readRestOfPulls } from '../history/read-rest-of-pulls.ts';
import type { People } from '../people.ts';
import type { RecordedReviews } from './recorded-reviews.ts';

export interface ReviewSource {
  readonly client: GitHubClient;
  readonly address: { readonly owner: string; readonly name: string };
}

type NumberedNode = PullNode & {
  readonly body: string;
  readonly changedFiles: number;
  readonly labels: Nullable<{ readonly nodes: Nullable<readonly Nullable<{ readonly name: string }>[]> }>;
};

interface Answer {
  readonly repository: Nullable<
    { readonly pullRequestTemplates?: Nullable<readonly { readonly body: string | null }[]> } & Readonly<
      Record<`p${number}`, Nullable<NumberedNode>>
    >
  >;
}

/** As wide as GitHub serves such pages in most repositories. */
const batch = 20;

/**
 * Reviews and descriptions of merged pull requests by number, 20 a request. What was usual at each merge is learned from
 * these pull requests themselves, since no others are read. A number GitHub does not know is left out; when a request
 * fails, what was read before it stands, and nothing read is the reason.
 */
export async function readReviews(
  { client, address }: ReviewSource,
  numbers: readonly number[],
  people: People,
  learnedDays: number,
): Promise<Part<RecordedReviews>> {
  const readings: (PullReading & { readonly node: NumberedNode })[] = [];
  const templates = new Set<string>();
  for (let from = 0; from < numbers.length; from += batch) {
    const asked = numbers.slice(from, from + batch);
    const answer = await client.graphqlPartial<Answer>(pullsByNumberQuery(asked), { ...address });
    if (!answer.ok) {
      if (readings.length === 0) return unavailable(answer.error.message.replace(/\.$/, ''));
      break;
    }
    const { repository } = answer.data.data;
    for (const { body } of repository?.pullRequestTemplates ?? []) if (body) templates.add(body);
    for (const number of asked) {
      const node = repository?.[`p${number}`];
      if (node && isWholePull(node)) readings.push({ ...startReading(node), node });
    }
  }
  await readRestOfPulls(client, readings);
  const read = readings.flatMap(({ node, ...reading }) => {
    const pull = mergedPull({ ...reading, node }, people);
    return pull ? [{ node, pull }] : [];
  });
  const baselineAt = baselines(
    read.map(({ pull }) => pull),
    learnedDays,
  );
  return new Map(
    read.map(({ node, pull }) => {
      const { review, mergedAt, lines, number } = pull;
      return [
        number,
        {
          pullRequest: mergedPullRequest(node, [...templates], people, {
            baseBranch: node.baseRefName,
            headBranch: node.headRefName,
            labels: (node.labels?.nodes ?? []).flatMap((label) => label?.name ?? []),
          }),
          review: isUnavailable(review)
            ? review
            : {
                ...review,
                size: { lines, files: node.changedFiles },
                checks: unavailable('checks of past commits were not read'),
                familiarity: unavailable('who had worked on these files then was not read'),
                baseline: baselineAt(mergedAt),
              },
        },
      ] as const;
    }),
  );
}

/** What was usual on the day of a merge, for each day once. */
function baselines(pulls: readonly MergedPull[], learnedDays: number): (mergedAt: string) => ReviewBaseline {
  const samples = pulls.flatMap((pull) => reviewSample(pull) ?? []);
  const byDay = new Map<string, ReviewBaseline>();
  return (mergedAt) => {
    const day = `${mergedAt.slice(0, 10)}T00:00:00Z`;
    const known = byDay.get(day) ?? baselineOfSamples(samples, day, startOfLearning(day, learnedDays));
    byDay.set(day, known);
    return known;
  };
}
